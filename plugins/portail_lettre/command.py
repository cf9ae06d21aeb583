"""``portail newsletter``: the newsletter of a week, its draft, its freezing; sending, which opens
connections, is another package, found by its entry point.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path, PurePosixPath

from portail.agenda.weeks import Week
from portail.cli import command_named
from portail.cli.arguments import Parser, choice
from portail.cli.contents import read_contents, write_new
from portail.diagnostics import ConfigError
from portail.files import atomic_write
from portail.model.kinds import Kind
from portail.site.site import Site
from portail.source.yaml_text import written
from portail.terminal.readable import write_report
from portail.terminal.text import WIDTH, counted, refusals, safe, wrap
from portail.text.dates import jour
from portail.text.suggest import meant
from portail.text.typography import plain

from .issue import Frozen, Letter
from .issues import departure, draft_of, freeze
from .output import letter_text
from .picks import Left, Selection
from .sent import SUFFIX, check_envoi, frozen_text, sent_weeks
from .settings import letter_of

_INDENT = "  "
# Most contents left out that are named; data have them all.
_ASIDE = 20


def state_of(site: Site, week: Week) -> str:
    """« En préparation : elle partira jeudi 30 septembre 2021. », or when it was frozen."""
    frozen = sent_weeks(site).get(week.slug)
    if frozen:
        return f"Figée le {jour(frozen.fige_le, semaine=False)}\u00a0: elle ne change plus."
    return f"En préparation\u00a0: elle {departure(site, week.slug)}."


def _letter(site: Site, week: Week, code: str) -> tuple[Letter | None, Selection | None]:
    # The letter of an edition and its selection, unknown for a frozen week.
    frozen = sent_weeks(site).get(week.slug)
    if frozen:
        return frozen.editions.get(code), None
    edition = letter_of(site.config).edition(code)
    assert edition is not None
    draft = draft_of(site, week, edition)
    return (draft.letter if draft.full else None), draft.selection


def as_json(site: Site, week: Week, codes: Sequence[str]) -> str:
    """Editions as data: each letter (``null`` when empty), why its contents are in, why others are
    not."""
    editions = {}
    for code in codes:
        letter, chosen = _letter(site, week, code)
        editions[code] = {
            "numero": letter.model_dump(mode="json") if letter else None,
            "raisons": dict(_told(chosen)),
            "laisses": [left._asdict() for left in chosen.laisses] if chosen else [],
        }
    document = {
        "semaine": week.slug,
        "jour": week.thursday.isoformat(),
        "figee": week.slug in sent_weeks(site),
        "editions": editions,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _told(chosen: Selection | None) -> list[Left]:
    picks = (*chosen.things, *chosen.season, *chosen.opened) if chosen else ()
    return [Left(pick.ref, pick.reason) for pick in picks]


def as_text(site: Site, week: Week, codes: Sequence[str]) -> str:
    """Editions for a terminal, in at most ``WIDTH`` columns."""
    lines = list(chain.from_iterable(_edition(site, week, code) for code in codes))
    return "\n".join([*lines, "", *_others(site, week, codes)]).rstrip("\n") + "\n"


def _edition(site: Site, week: Week, code: str) -> Iterator[str]:
    edition = letter_of(site.config).edition(code)
    name = edition.nom if edition else code
    letter, chosen = _letter(site, week, code)
    yield from _wrapped(f"La lettre du jeudi {jour(week.thursday, semaine=False)} · {name}", "")
    yield from _wrapped(f"{week.slug}. {state_of(site, week)}", "")
    yield ""
    if letter is None:
        yield "Rien à dire cette semaine : cette édition ne part pas."
    else:
        yield from _wrapped(f"Objet\u00a0: {letter.sujet}", "")
        yield from _wrapped(f"Aperçu\u00a0: {letter.apercu or '–'}", "")
        yield from map(_clean, letter_text(letter.lettre))
        yield from _titled("Pourquoi", _told(chosen))
    yield from _aside(chosen.laisses if chosen else ())


def _titled(title: str, rows: Sequence[Left], most: int = _ASIDE) -> Iterator[str]:
    if rows:
        title = f"{title} ({len(rows)})"
        yield from ("", title, "-" * len(title))
    reasons: dict[str, list[str]] = {}
    for row in rows[:most]:
        reasons.setdefault(row.reason, []).append(row.ref)
    for reason, refs in reasons.items():
        yield from _wrapped(reason, _INDENT)
        for ref in refs:
            yield from _wrapped(ref, _INDENT * 2)


def _aside(aside: Sequence[Left]) -> Iterator[str]:
    yield from _titled("Laissés de côté", aside)
    if len(aside) > _ASIDE:
        yield from _wrapped(
            f"… et {len(aside) - _ASIDE} autres (--format json les donne).", _INDENT
        )


def _others(site: Site, week: Week, codes: Sequence[str]) -> Iterator[str]:
    rows = []
    for code in (
        edition.code for edition in letter_of(site.config).editions if edition.code not in codes
    ):
        letter, _ = _letter(site, week, code)
        count = len(letter.refs) if letter else 0
        rows.append(f"{code} ({counted(count, ('ligne', 'lignes')) if count else 'rien'})")
    if rows:
        yield from _wrapped(f"Autres éditions\u00a0: {', '.join(rows)}.", "")
        yield from _wrapped(f"Pour en voir une : portail newsletter {week.slug} --edition CODE", "")


def _clean(text: str) -> str:
    # No-break spaces drive no terminal, and ``safe`` would spell them out.
    return " ".join(safe(word) for word in text.replace("\u00a0", " ").split(" "))


def _wrapped(text: str, indent: str) -> Iterator[str]:
    for line in wrap(_clean(text), WIDTH - len(indent)):
        yield f"{indent}{line}"


def write_draft(site: Site, week: Week, content: Path) -> int:
    """Write the editors' file of a week; returns 0. Raises ``ConfigError`` when there is one."""
    if week.slug in sent_weeks(site):
        raise ConfigError(f"La lettre de {week.slug} est déjà figée : elle ne change plus.")
    file = content / Kind.NEWSLETTER.value / f"{week.slug}.md"
    write_new(file, draft_text(site, week), "complétez ce fichier")
    sys.stdout.write(
        f"{safe(str(file))} est écrit. Mettez-y le mot de la rédaction, puis relisez : "
        f"portail newsletter {week.slug}\n"
    )
    return 0


def draft_text(site: Site, week: Week) -> str:
    """The text of the file: a subject, and in comments how to choose among the references."""
    region = draft_of(site, week, letter_of(site.config).editions[0])
    refs = region.letter.refs
    rows = [
        f"---\ntitre: {written(plain(region.letter.sujet))}",
        f"# La lettre du jeudi {jour(week.thursday, semaine=False)}. « titre » est l’objet du",
        "# message. Le mot de la rédaction s’écrit sous la dernière ligne « --- » ; il est",
        "# facultatif. Les lignes en « # » ne comptent pas.",
        "#",
        "# Pour choisir : retirez le « # » d’une des trois listes ci-dessous, et placez-y des",
        "# lignes prises plus bas, sans leur « # ».",
        "#epingles:  # en tête de la lettre",
        "#exclus:  # laissés hors de la lettre",
        "#ordre:  # dans cet ordre, chacun dans sa section",
        "#",
        "# Ce qui est dans la lettre :",
        *_rows(site, refs),
    ]
    aside = [edition.ref for edition in region.selection.laisses if edition.ref not in refs][
        :_ASIDE
    ]
    if aside:
        rows += ["#", "# Laissés de côté :", *_rows(site, aside)]
    return "\n".join([*rows, "---", "", ""])


def _rows(site: Site, refs: Iterable[str]) -> Iterator[str]:
    for ref in refs:
        item = site.items.get(ref)
        title = f"  # {' '.join(item.name.split())}" if item else ""
        yield f"#  - {written(ref)}{title}"


LATE = timedelta(days=7)


def asked_week(text: str) -> Week:
    """The week typed as ``2021-s39``. Raises ``ConfigError`` with the nearest writing."""
    week = Week.parse(text)
    if week is not None and 1990 <= week.year <= 2100:
        return week
    near = Week.guess(text)
    hint = " Écrivez l’année et la semaine : 2027-s39."
    if near and 1990 <= near.year <= 2100:
        hint = f" Vouliez-vous dire « {near.slug} » ?"
    raise ConfigError(f"« {safe(text)} » n’est pas une semaine.{hint}")


def checked_week(week: Week, site: Site, *, forced: bool = False, shown: bool = False) -> Week:
    """A week begun, or that comes next where it is ``shown``, and not over for a week unless
    ``forced``. Raises ``ConfigError``."""
    today = site.day.date
    now = Week.of(today)
    thursday = week.thursday
    if week > (now.next if shown else now):
        hint = f" Pour la voir déjà : portail newsletter {week.slug} --date {thursday}" * shown
        raise ConfigError(
            f"La semaine {week.slug} n’a pas commencé : sa lettre {departure(site, week.slug)}. "
            f"Celle de cette semaine est {now.slug}.{hint}"
        )
    if today > week.last + LATE and not forced:
        raise ConfigError(
            f"La lettre de {week.slug} n’a pas été envoyée, et sa semaine est passée. Pour voir ce "
            f"qu’elle aurait dit : portail newsletter {week.slug} --date {thursday}"
        )
    return week


def frozen_file(content: Path, week: Week) -> Path:
    return content / Kind.NEWSLETTER.value / f"{week.slug}{SUFFIX}"


def figer(site: Site, chosen: Week | None, content: Path, *, forced: bool = False) -> int:
    """Write the file of a week (the present one by default); returns 0. Raises ``ConfigError``."""
    week = chosen or Week.of(site.day.date)
    frozen = write_frozen(site, week, content, forced=forced)
    lines = sum(len(letter.refs) for letter in frozen.editions.values())
    count = len(frozen.editions)
    sys.stdout.write(
        f"{safe(str(frozen_file(content, week)))} est écrit : {count} "
        f"édition{'s' * (count > 1)}, {lines} lignes.\n"
        "Ce numéro ne change plus. Ajoutez ce fichier au dépôt : c’est lui qui dit ce qui a été "
        "envoyé.\n"
    )
    return 0


def write_frozen(site: Site, week: Week, content: Path, *, forced: bool = False) -> Frozen:
    """Freeze the newsletter of ``week`` into its file, whole or not at all. Raises ``ConfigError``
    when it is frozen already, not open, without a public URL or empty."""
    file = frozen_file(content, week)
    frozen_before = sent_weeks(site).get(week.slug)
    if frozen_before or file.exists():
        day = ""
        if frozen_before:
            day = f" (le {jour(frozen_before.fige_le, semaine=False)})"
        raise ConfigError(
            f"La lettre de {week.slug} est déjà figée{day} : un numéro envoyé ne change plus."
        )
    checked_week(week, site, forced=forced)
    if not site.config.siteurl:
        raise ConfigError(
            "Une lettre mène à des adresses entières : dites celle du site. "
            f"SITEURL=https://exemple.org portail newsletter figer {week.slug}"
        )
    frozen = freeze(site, week)
    if not frozen.editions:
        apart = "" if site.config.exemples else ", exemples mis à part"
        raise ConfigError(f"Rien à dire en {week.slug}{apart} : il n’y a pas de lettre à figer.")
    data = frozen_text(frozen).encode()
    again, diagnostics = check_envoi(
        data, PurePosixPath(content.name, Kind.NEWSLETTER.value, file.name)
    )
    if diagnostics:
        raise ConfigError(
            f"La lettre de {week.slug} ne peut pas être figée telle quelle. "
            f"{diagnostics[0].message} "
            "Corrigez le contenu ou le mot d’où cela vient, ou excluez-le."
        )
    assert again == frozen
    with refusals(f"« {file} » ne peut pas être écrit"):
        atomic_write(file, data)
    return frozen


_SUMMARY = (
    "Montre ce que dit la lettre d’une semaine, et pourquoi. « portail newsletter figer SEMAINE » "
    "l’arrête pour l’envoi ; « portail newsletter envoyer SEMAINE » l’envoie."
)


def main(argv: list[str]) -> int:
    """Show, draft, freeze or send the newsletter of a week; returns 1 when the contents have an
    error. Raises ``ConfigError``."""
    if argv[:1] == ["envoyer"]:
        return _send(argv[1:])
    freezing = argv[:1] == ["figer"]
    command = f"newsletter{' figer' * freezing}"
    parser = Parser(command, _SUMMARY)
    parser.add("semaine", "SEMAINE", "2027-s39 (celle du jour)", nargs="?")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--date", "AAAA-MM-JJ", "jour où se placer")
    if freezing:
        parser.flag("--force", "même une semaine passée depuis longtemps")
        parser.flag("--exemples", "avec les exemples : la lettre d’une démonstration")
    else:
        parser.add("--edition", "CODE", "une autre édition que celle de la région")
        help_text = "text ou json"
        parser.add("--format", "FORME", help_text, type=choice(("text", "json")), default="text")
        help_text = "écrit le fichier où la rédaction met son mot, épingle et exclut"
        parser.flag("--brouillon", help_text)
    options = parser.parse_args(argv[1:] if freezing else argv)
    chosen = None
    if options.semaine:
        chosen = asked_week(options.semaine)
    # What is made up goes to nobody: it is there to be seen, and so is the letter that tells it.
    examples = not freezing or options.exemples
    name = f"portail {command}"
    read = read_contents(options.content, options.date, name, publishes=True, examples=examples)
    site = read.result.site
    if site is None:
        write_report(read.result.report, sys.stdout, read.content.parent, read.run)
        return 1
    if freezing:
        return figer(site, chosen, read.content, forced=options.force)
    week = chosen or Week.of(site.day.date)
    if week.slug not in sent_weeks(site):
        checked_week(week, site, shown=True)
    if options.brouillon:
        return write_draft(site, week, read.content)
    codes = _codes(site, options.edition, options.format)
    show = as_json if options.format == "json" else as_text
    sys.stdout.write(show(site, week, codes))
    return 0


def _codes(site: Site, code: str | None, form: str) -> tuple[str, ...]:
    # The edition of ``code``; without one, that of the region, or all of them as data.
    codes = [edition.code for edition in letter_of(site.config).editions]
    if code is None:
        return tuple(codes if form == "json" else codes[:1])
    if code not in codes:
        hint = meant(code, codes)
        raise ConfigError(
            f"L’édition « {safe(code)} » n’existe pas.{hint} Éditions : {', '.join(codes)}."
        )
    return (code,)


def _send(argv: list[str]) -> int:
    command = command_named("newsletter.envoyer")
    if command is None:
        raise ConfigError("L’envoi de la lettre n’est pas installé ici. Réinstallez Portail.")
    return command(argv)
