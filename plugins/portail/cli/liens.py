"""``portail liens``: check the addresses of other sites that contents write.

What opens connections is another package, found by the entry point ``default`` of the group
``portail.liens``: a callable ``(addresses, records known, Manner, save) -> (records, how many were
asked)``.

Exit codes: 0 no dead address is known, 1 some are (or the contents have an error: nothing was
asked), 2 usage or environment, 130 interrupted, what was found being kept.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from importlib.metadata import entry_points
from itertools import groupby
from pathlib import Path, PurePosixPath

from portail.cli.arguments import Parser, day
from portail.cli.contents import Contents, read_contents
from portail.cli.reporting import printable, wants_colour
from portail.cli.terminal import WIDTH, Style, counted, safe, wrap
from portail.config import PARIS, is_siteurl
from portail.diagnostics import ConfigError, Position
from portail.files import atomic_write
from portail.model.parts import AGENT, Etat, Manner, Releve, due
from portail.site.outside import Written, outside_of, place_of
from portail.site.rules.publication import STATES, remedy_of, replacement, trouble_of
from portail.source.json_nodes import liens_text, read_liens

# What the command says: addresses to mend by file, as ``portail check`` says mistakes.

VERSION = 1
"""Of the JSON: grows when a key changes its meaning or goes away, not when one is added."""

_TOLD = (Etat.MORTE, Etat.PRIVEE, Etat.A_REVOIR, Etat.DEPLACEE)
"""States that someone has to look at, thus told one by one."""
_SIGNS = {
    Etat.MORTE: ("erreur", "✗"),
    Etat.PRIVEE: ("erreur", "✗"),
    Etat.A_REVOIR: ("avertissement", "!"),
    Etat.DEPLACEE: ("avertissement", "!"),
}
_INDENT = " " * 4


@dataclass(frozen=True, slots=True)
class Finding:
    """An address where it is written, and what is known of it."""

    place: Position
    written: str
    record: Releve

    @property
    def key(self) -> tuple[str, int, int, str]:
        """Order of a report: by file, then by place."""
        return str(self.place.path), self.place.line, self.place.column, self.written


@dataclass(frozen=True, slots=True)
class Tally:
    """A round in numbers: addresses of the contents, those that were asked, those that time left
    for another run; the day, the file where it is remembered."""

    total: int
    asked: int
    left: int
    day: date
    file: Path


def is_fault(record: Releve) -> bool:
    """Whether a record is one for which the command ends with 1."""
    return record.etat in (Etat.MORTE, Etat.PRIVEE)


def as_text(
    found: Iterable[Finding], records: Mapping[str, Releve], tally: Tally, *, colour: bool
) -> str:
    """The report of a terminal, grouped by file; addresses are never cut, for they are copied."""
    style = Style(colour)
    told = _told(found)
    out: list[str] = []
    for path, items in groupby(told, key=lambda one: one.place.path):
        out += [style.paint("gras", safe(str(path)))]
        for one in items:
            out += [*_one(one, style), ""]
    return "\n".join([*out, *_foot(records, tally), ""])


def as_lines(found: Iterable[Finding], records: Mapping[str, Releve], tally: Tally) -> str:
    """The report of a log or a pipe: one line for each, then the counts."""
    return "\n".join([*map(_line, _told(found)), *_foot(records, tally), ""])


def as_json(found: Iterable[Finding], records: Mapping[str, Releve], tally: Tally) -> str:
    """The report for programs: one object; every address that is not good, where it is written."""
    document = {
        "version": VERSION,
        "jour": tally.day.isoformat(),
        "adresses": tally.total,
        "verifiees": tally.asked,
        "restantes": tally.left,
        "etats": {str(etat): number for etat, number in _counts(records)},
        "liens": [_row(one) for one in sorted(found, key=lambda one: one.key)],
    }
    return printable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _row(one: Finding) -> dict[str, object]:
    record, place = one.record, one.place
    return {
        "fichier": str(place.path),
        "ligne": place.line,
        "colonne": place.column,
        "adresse": one.written,
        "etat": str(record.etat),
        "constat": str(record.constat),
        "code": record.code,
        "jour": record.jour.isoformat(),
        "premier_echec": record.premier_echec.isoformat() if record.premier_echec else None,
        "message": trouble_of(record),
        "remede": remedy_of(one.written, record),
        "a_ecrire": replacement(one.written, record) if record.etat is Etat.DEPLACEE else "",
        "a_chercher": replacement(one.written, record) if record.etat is Etat.MORTE else "",
    }


def _told(found: Iterable[Finding]) -> list[Finding]:
    return sorted((one for one in found if one.record.etat in _TOLD), key=lambda one: one.key)


def _line(one: Finding) -> str:
    place, record = one.place, one.record
    instead = replacement(one.written, record)
    parts = (
        f"{place.path}:{place.line}:{place.column}",
        f"{STATES[record.etat]}. {trouble_of(record)}",
        one.written,
        "→",
        remedy_of(one.written, record),
        instead,
    )
    return safe(" ".join(filter(None, parts)))


def _one(one: Finding, style: Style) -> Iterator[str]:
    record, place = one.record, one.place
    tint, sign = _SIGNS[record.etat]
    head = style.paint(tint, f"{sign} {STATES[record.etat]}")
    yield f"  {head}  {style.paint('terne', f'{place.line}:{place.column}')}"
    yield _INDENT + safe(one.written)
    for part in wrap(safe(trouble_of(record)), WIDTH - len(_INDENT)):
        yield _INDENT + style.paint("gras", part)
    arrow = style.paint("bon", "→")
    for rank, part in enumerate(wrap(remedy_of(one.written, record), WIDTH - len(_INDENT) - 2)):
        yield f"{_INDENT}{arrow if not rank else ' '} {part}"
    instead = replacement(one.written, record)
    if instead:
        yield f"{_INDENT}  {style.paint('bon', safe(instead))}"


def _foot(records: Mapping[str, Releve], tally: Tally) -> Sequence[str]:
    addresses = counted(tally.total, ("adresse", "adresses"))
    counts = dict(_counts(records))
    words = [
        f"{counts[etat]} {noun if counts[etat] < 2 else nouns}"
        for etat, noun, nouns in _NOUNS
        if counts.get(etat)
    ]
    checked = counted(tally.asked, ("demandée", "demandées"))
    rows = [f"{addresses}, {checked} cette fois : {', '.join(words) or 'rien de connu encore'}."]
    if tally.left:
        rest = counted(tally.left, ("adresse reste", "adresses restent"))
        rows.append(f"{rest} à demander : la même commande reprend où celle-ci s’est arrêtée.")
    return [*rows, f"Relevé : {safe(str(tally.file))}"]


_NOUNS = (
    (Etat.MORTE, "morte", "mortes"),
    (Etat.PRIVEE, "privée", "privées"),
    (Etat.A_REVOIR, "à revoir", "à revoir"),
    (Etat.DEPLACEE, "déplacée", "déplacées"),
    (Etat.A_OUVRIR, "à ouvrir soi-même", "à ouvrir soi-même"),
    (Etat.BONNE, "bonne", "bonnes"),
)


def _counts(records: Mapping[str, Releve]) -> Iterator[tuple[Etat, int]]:
    states = [one.etat for one in records.values()]
    for etat in Etat:
        yield etat, states.count(etat)


GROUP = "portail.liens"
"""Group of the entry point of what asks."""

Found = Mapping[str, tuple[Written, ...]]


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(argv)
    read = read_contents(options.content, None, "portail liens")
    if read.result.site is None:
        sys.stderr.write("Les contenus ont des erreurs : « portail check » les dit. Rien n’a été "
                         "demandé.\n")  # fmt: skip
        return 1
    found = outside_of(read.result.site)
    file = read.content.parent / (options.fichier or read.config.liens)
    known = {url: one for url, one in (read_liens(file) or {}).items() if url in found}
    wanted = sorted(found) if options.tout else due(found, known, _today(options))
    if options.simuler:
        _preview(wanted, len(found), file)
        return 0
    try:
        records, asked = _checked(options, read, wanted, known, file)
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu. La même commande reprend où celle-ci s’est arrêtée.\n")
        return 130
    tally = Tally(len(found), asked, len(wanted) - asked, _today(options), file)
    _report(options, read, found, records, tally)
    return int(any(map(is_fault, records.values())))


def _checked(
    options: argparse.Namespace,
    read: Contents,
    wanted: list[str],
    known: Mapping[str, Releve],
    file: Path,
) -> tuple[Mapping[str, Releve], int]:
    """What is known afterwards, and how many were asked. Raises ``ConfigError``."""
    factory = next(iter(entry_points(group=GROUP, name="default")), None)
    if factory is None:
        raise ConfigError(
            "Ce qui ouvre les connexions n’est pas installé : réinstallez le portail (make)."
        )
    manner = Manner(
        day=_today(options),
        agent=_agent(options.site_url or read.config.siteurl),
        pause=options.delai,
        seconds=options.attente,
        minutes=options.duree,
        private=options.reseaux_prives,
    )
    done: tuple[Mapping[str, Releve], int] = factory.load()(
        wanted, known, manner, partial(_save, file)
    )
    return done


def _today(options: argparse.Namespace) -> date:
    """The day of the check: never that of the settings, which may be pinned in the past."""
    asked: date | None = options.date
    return asked or datetime.now(PARIS).date()


def _save(file: Path, records: Mapping[str, Releve]) -> None:
    """Write the file. Raises ``ConfigError``."""
    try:
        atomic_write(file, liens_text(records).encode())
    except OSError as error:
        raise ConfigError(f"Le relevé {file} ne s’écrit pas : {error.strerror}.") from error


def _agent(siteurl: str) -> str:
    """How we present ourselves: a site whose links are checked may ask whom it has to thank."""
    if not is_siteurl(siteurl.rstrip("/")):
        raise ConfigError(
            "Donnez l’adresse du portail, que les sites demandés liront : "
            "portail liens --site-url https://portail.example.org"
        )
    return f"{AGENT}/1 (+{siteurl.rstrip('/')}/)"


def _preview(wanted: list[str], total: int, file: Path) -> None:
    addresses = counted(len(wanted), ("adresse", "adresses"))
    rows = [
        f"Simulation : {addresses} à demander, sur {total}. Rien n’est ouvert ni écrit.",
        *(f"  {url}" for url in wanted),
        f"Relevé : {file}",
    ]
    sys.stdout.write("\n".join([*rows, ""]))


def _report(
    options: argparse.Namespace,
    read: Contents,
    found: Found,
    records: Mapping[str, Releve],
    tally: Tally,
) -> None:
    told = _findings(read, found, records)
    if options.json:
        text = as_json(told, records, tally)
    elif sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        colour = wants_colour(sys.stdout, os.environ)
        text = as_text(told, records, tally, colour=colour)
    else:
        text = as_lines(told, records, tally)
    sys.stdout.write(text)


def _findings(read: Contents, found: Found, records: Mapping[str, Releve]) -> list[Finding]:
    """Where each address that is not good is written: only those files are read again."""
    site, root = read.result.site, read.content.parent
    assert site is not None

    def bytes_of(path: PurePosixPath) -> bytes:
        return (root / path).read_bytes()

    return [
        Finding(place_of(one, site.items[one.ref].entry.source, bytes_of), one.texte, record)
        for url, record in records.items()
        if record.etat is not Etat.BONNE
        for one in found[url]
    ]


def _parser() -> Parser:
    parser = Parser("liens", "Demande aux autres sites si les adresses que l’on cite répondent.")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add("--site-url", metavar="URL", default="", help="adresse du portail, dite aux sites")
    parser.add("--fichier", metavar="FICHIER", help="le relevé (réglage PORTAIL_LIENS)")
    parser.add("--json", action="store_true", help="écrit le rapport en JSON")
    parser.add("--simuler", action="store_true", help="dit quelles adresses, n’ouvre rien")
    parser.add("--tout", action="store_true", help="redemande aussi ce qui vient de l’être")
    parser.add(
        "--duree", type=_number, default=15.0, metavar="MINUTES",
        help="s’arrête au bout de ce temps (15) ; la suite, à la prochaine fois",
    )  # fmt: skip
    parser.add(
        "--delai", type=_number, default=1.0, metavar="SECONDES",
        help="entre deux demandes à un même site (1)",
    )  # fmt: skip
    parser.add(
        "--attente", type=_number, default=15.0, metavar="SECONDES",
        help="laissées à un site pour répondre (15)",
    )  # fmt: skip
    parser.add("--date", type=day, metavar="AAAA-MM-JJ", help="jour du relevé (aujourd’hui)")
    parser.add(
        "--reseaux-prives", action="store_true",
        help="demande aussi aux adresses privées (intranet, essais)",
    )  # fmt: skip
    return parser


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = -1.0
    if 0 <= number <= 10_000:
        return number
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre")
