"""What the letter of a week tells, section by section, and why: for editors, or as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from portail.agenda.weeks import Week
from portail.cli.terminal import WIDTH, safe, wrap
from portail.model.issue import Group, Issue, Line
from portail.newsletter.picks import Left
from portail.outputs.newsletter.issues import draft_of
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import plain, typographie

_INDENT = "  "
_ASIDE = 20
"""How many contents left aside are named; data have them all."""


def state_of(site: Site, week: Week) -> str:
    """« En préparation : elle partira jeudi 30 septembre 2021. », or when it was frozen."""
    frozen = site.envois.get(week.slug)
    if frozen:
        return f"Figée le {jour(frozen.fige_le, semaine=False)}\u00a0: elle ne change plus."
    day = jour(week.thursday, semaine=False)
    verb = "partira" if site.day.date <= week.thursday else "devait partir"
    return f"En préparation\u00a0: elle {verb} jeudi {day}."


def _issue(site: Site, week: Week, code: str) -> tuple[Issue | None, Sequence[Left]]:
    """The issue of an edition, and what it leaves aside; a frozen week says no more."""
    frozen = site.envois.get(week.slug)
    if frozen:
        return frozen.editions.get(code), ()
    edition = site.config.lettre.edition(code)
    assert edition is not None
    draft = draft_of(site, week, edition)
    return (draft.issue if draft.full else None), draft.selection.laisses


def as_json(site: Site, week: Week, codes: Sequence[str]) -> str:
    """Editions as data: each issue (``null``: nothing to tell), and what is left aside."""
    editions = {}
    for code in codes:
        issue, aside = _issue(site, week, code)
        editions[code] = {
            "numero": issue.model_dump(mode="json") if issue else None,
            "laisses": [{"ref": one.ref, "raison": one.raison} for one in aside],
        }
    told = {
        "semaine": week.slug,
        "jour": week.thursday.isoformat(),
        "figee": week.slug in site.envois,
        "editions": editions,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_text(site: Site, week: Week, codes: Sequence[str]) -> str:
    """Editions for a terminal, in at most ``WIDTH`` columns."""
    lines: list[str] = []
    for code in codes:
        lines += _edition(site, week, code)
    lines += ["", *_others(site, week, codes)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _edition(site: Site, week: Week, code: str) -> Iterator[str]:
    edition = site.config.lettre.edition(code)
    name = edition.nom if edition else code
    issue, aside = _issue(site, week, code)
    yield from _wrapped(f"La lettre du jeudi {jour(week.thursday, semaine=False)} · {name}", "")
    yield from _wrapped(f"{week.slug}. {state_of(site, week)}", "")
    if issue is None:
        yield ""
        yield "Rien à dire cette semaine : cette édition ne part pas."
    else:
        yield ""
        yield from _wrapped(f"Objet\u00a0: {issue.sujet}", "")
        yield from _wrapped(f"Aperçu\u00a0: {issue.apercu or '–'}", "")
        yield from _sections(issue)
    yield from _aside(aside)


def _sections(issue: Issue) -> Iterator[str]:
    if issue.errata:
        yield from _title("Erratum", len(issue.errata))
        for one in issue.errata:
            yield from _wrapped(f"{one.mot}\u00a0: {_plain(one.titre)}, {one.texte}", _INDENT)
    for section in issue.sections:
        yield from _title(section.titre, len(section.lignes))
        for group in section.groupes:
            yield from _group(group)
    if issue.chiffre:
        yield from _title("Le chiffre")
        yield from _wrapped(f"{issue.chiffre.valeur} {issue.chiffre.libelle}", _INDENT)
    if issue.contributeurs:
        yield from _title("Ont contribué")
        yield from _wrapped(", ".join(issue.contributeurs), _INDENT)


def _group(group: Group) -> Iterator[str]:
    if group.titre:
        yield from _wrapped(group.titre if group.lignes else f"{group.titre}\u00a0: rien", _INDENT)
    for line in group.lignes:
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    label = f" [{line.etiquette}]" if line.etiquette else ""
    yield from _wrapped(f"• {_plain(line.titre)}{label}", _INDENT, hanging=2)
    yield from _wrapped(line.ref, _INDENT * 2)
    if line.details:
        yield from _wrapped(line.details, _INDENT * 2)
    yield from _wrapped(f"→ {line.raison}", _INDENT * 2, hanging=2)


def _aside(aside: Sequence[Left]) -> Iterator[str]:
    """What is left aside, the reasons that hold for several said once."""
    if not aside:
        return
    yield from _title("Laissés de côté", len(aside))
    reasons: dict[str, list[str]] = {}
    for one in aside[:_ASIDE]:
        reasons.setdefault(one.raison, []).append(one.ref)
    for reason, refs in reasons.items():
        yield from _wrapped(reason, _INDENT)
        for ref in refs:
            yield from _wrapped(ref, _INDENT * 2)
    if len(aside) > _ASIDE:
        yield from _wrapped(
            f"… et {len(aside) - _ASIDE} autres (--format json les donne).", _INDENT
        )


def _others(site: Site, week: Week, codes: Sequence[str]) -> Iterator[str]:
    """The editions that are not shown, and how much they tell."""
    rows = []
    for edition in site.config.lettre.editions:
        if edition.code not in codes:
            issue, _ = _issue(site, week, edition.code)
            count = len(issue.lignes) if issue else 0
            told = f"{count} ligne{'s' * (count > 1)}" if count else "rien"
            rows.append(f"{edition.code} ({told})")
    if rows:
        yield from _wrapped(f"Autres éditions\u00a0: {', '.join(rows)}.", "")
        yield from _wrapped(f"Pour en voir une : portail newsletter {week.slug} --edition CODE", "")


def _title(text: str, number: int | None = None) -> Iterator[str]:
    told = f"{text} ({number})" if number is not None else text
    yield ""
    yield told
    yield "-" * min(len(told), WIDTH)


def _plain(title: str) -> str:
    return typographie(plain(title))


def _wrapped(text: str, indent: str, *, hanging: int = 0) -> Iterator[str]:
    """``text`` cut at the width of the terminal, nothing in it able to drive one."""
    # No-break spaces are no danger, and ``safe`` would spell them out.
    clean = " ".join(safe(word) for word in text.replace("\u00a0", " ").split(" "))
    for rank, line in enumerate(wrap(clean, WIDTH - len(indent) - hanging)):
        yield f"{indent}{' ' * hanging if rank else ''}{line}"
