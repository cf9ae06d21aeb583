"""The newsletter of a week with its reasons, section by section, for editors or as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from portail.agenda.weeks import Week
from portail.cli.terminal import WIDTH, counted, safe, wrap
from portail.model.issue import Issue, Line
from portail.newsletter.picks import Left
from portail.outputs.newsletter.issues import draft_of
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import plain, typographie

_INDENT = "  "
_ASIDE = 20
"""Most contents left out that are named; data have them all."""


def state_of(site: Site, week: Week) -> str:
    """« En préparation : elle partira jeudi 30 septembre 2021. », or when it was frozen."""
    frozen = site.envois.get(week.slug)
    if frozen:
        return f"Figée le {jour(frozen.fige_le, semaine=False)}\u00a0: elle ne change plus."
    day = jour(week.thursday, semaine=False)
    verb = "partira" if site.day.date <= week.thursday else "devait partir"
    return f"En préparation\u00a0: elle {verb} jeudi {day}."


def _issue(site: Site, week: Week, code: str) -> tuple[Issue | None, Sequence[Left]]:
    """The issue of an edition and the contents left out, unknown for a frozen week."""
    frozen = site.envois.get(week.slug)
    if frozen:
        return frozen.editions.get(code), ()
    edition = site.config.lettre.edition(code)
    assert edition is not None
    draft = draft_of(site, week, edition)
    return (draft.issue if draft.full else None), draft.selection.laisses


def as_json(site: Site, week: Week, codes: Sequence[str]) -> str:
    """Editions as data: each issue (``null`` when empty) and the contents left out."""
    editions = {}
    for code in codes:
        issue, aside = _issue(site, week, code)
        editions[code] = {
            "numero": issue.model_dump(mode="json") if issue else None,
            "laisses": [left._asdict() for left in aside],
        }
    document = {
        "semaine": week.slug,
        "jour": week.thursday.isoformat(),
        "figee": week.slug in site.envois,
        "editions": editions,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_text(site: Site, week: Week, codes: Sequence[str]) -> str:
    """Editions for a terminal, in at most ``WIDTH`` columns."""
    lines = [line for code in codes for line in _edition(site, week, code)]
    return "\n".join([*lines, "", *_others(site, week, codes)]).rstrip("\n") + "\n"


def _edition(site: Site, week: Week, code: str) -> Iterator[str]:
    edition = site.config.lettre.edition(code)
    name = edition.nom if edition else code
    issue, aside = _issue(site, week, code)
    yield from _wrapped(f"La lettre du jeudi {jour(week.thursday, semaine=False)} · {name}", "")
    yield from _wrapped(f"{week.slug}. {state_of(site, week)}", "")
    yield ""
    if issue is None:
        yield "Rien à dire cette semaine : cette édition ne part pas."
    else:
        yield from _wrapped(f"Objet\u00a0: {issue.sujet}", "")
        yield from _wrapped(f"Aperçu\u00a0: {issue.apercu or '–'}", "")
        yield from _sections(issue)
    yield from _aside(aside)


def _sections(issue: Issue) -> Iterator[str]:
    if issue.errata:
        yield from _title("Erratum", len(issue.errata))
        for event in issue.errata:
            text = f"{event.mot}\u00a0: {_plain(event.titre)}, {event.texte}"
            yield from _wrapped(text, _INDENT)
    for section in issue.sections:
        yield from _title(section.titre, len(section.lignes))
        for group in section.groupes:
            if group.titre:
                title = group.titre if group.lignes else f"{group.titre}\u00a0: rien"
                yield from _wrapped(title, _INDENT)
            for line in group.lignes:
                yield from _line(line)
    if issue.chiffre:
        yield from _title("Le chiffre")
        yield from _wrapped(f"{issue.chiffre.valeur} {issue.chiffre.libelle}", _INDENT)
    if issue.contributeurs:
        yield from _title("Ont contribué")
        yield from _wrapped(", ".join(issue.contributeurs), _INDENT)


def _line(line: Line) -> Iterator[str]:
    label = f" [{line.etiquette}]" if line.etiquette else ""
    yield from _wrapped(f"• {_plain(line.titre)}{label}", _INDENT, hanging=2)
    yield from _wrapped(line.ref, _INDENT * 2)
    if line.details:
        yield from _wrapped(line.details, _INDENT * 2)
    yield from _wrapped(f"→ {line.raison}", _INDENT * 2, hanging=2)


def _aside(aside: Sequence[Left]) -> Iterator[str]:
    """Contents left out, by reason."""
    if not aside:
        return
    yield from _title("Laissés de côté", len(aside))
    reasons: dict[str, list[str]] = {}
    for left in aside[:_ASIDE]:
        reasons.setdefault(left.raison, []).append(left.ref)
    for reason, refs in reasons.items():
        yield from _wrapped(reason, _INDENT)
        for ref in refs:
            yield from _wrapped(ref, _INDENT * 2)
    if len(aside) > _ASIDE:
        yield from _wrapped(
            f"… et {len(aside) - _ASIDE} autres (--format json les donne).", _INDENT
        )


def _others(site: Site, week: Week, codes: Sequence[str]) -> Iterator[str]:
    """The other editions, and their numbers of lines."""
    rows = []
    for edition in site.config.lettre.editions:
        if edition.code not in codes:
            issue, _ = _issue(site, week, edition.code)
            count = len(issue.lignes) if issue else 0
            lines = counted(count, ("ligne", "lignes")) if count else "rien"
            rows.append(f"{edition.code} ({lines})")
    if rows:
        yield from _wrapped(f"Autres éditions\u00a0: {', '.join(rows)}.", "")
        yield from _wrapped(f"Pour en voir une : portail newsletter {week.slug} --edition CODE", "")


def _title(text: str, number: int | None = None) -> Iterator[str]:
    title = f"{text} ({number})" if number is not None else text
    yield from ("", title, "-" * min(len(title), WIDTH))


def _plain(title: str) -> str:
    return typographie(plain(title))


def _wrapped(text: str, indent: str, *, hanging: int = 0) -> Iterator[str]:
    """``text`` cut at the width of the terminal, nothing in it able to drive one."""
    # No-break spaces are no danger, and ``safe`` would spell them out.
    clean = " ".join(safe(word) for word in text.replace("\u00a0", " ").split(" "))
    for rank, line in enumerate(wrap(clean, WIDTH - len(indent) - hanging)):
        yield f"{indent}{' ' * hanging if rank else ''}{line}"
