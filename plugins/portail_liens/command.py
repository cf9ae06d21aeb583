"""``portail liens``: check the URLs of other sites that contents write.

Exit codes: 0 no dead URL, 1 some (or the contents have an error: nothing was asked), 2 usage or
environment, 130 interrupted, the answers so far being kept.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath

from msgspec import Struct

from portail.cli.arguments import Parser, add_options, manner_of, opener
from portail.cli.contents import Contents, read_contents
from portail.clock import portal_zone
from portail.diagnostics import Position
from portail.files import atomic_write
from portail.terminal.readable import wants_colour
from portail.terminal.text import WIDTH, Style, counted, printable, refusals, safe, wrap

from . import file_of
from .outside import Written, outside_of, place_of
from .records import AGENT, Etat, Releve, due, liens_text, read_liens
from .sentences import STATES, link_fault, remedy_of, replacement

# Of the JSON: grows when a key changes its meaning or goes away, not when a key is added.
VERSION = 1

_MARKS = {
    Etat.MORTE: ("erreur", "✗"),
    Etat.PRIVEE: ("erreur", "✗"),
    Etat.A_REVOIR: ("avertissement", "!"),
    Etat.DEPLACEE: ("avertissement", "!"),
}
_INDENT = " " * 4


class Finding(Struct, frozen=True):
    """A URL where it is written, and its record."""

    place: Position
    written: str
    record: Releve

    @property
    def key(self) -> tuple[str, int, int, str]:
        return str(self.place.path), self.place.line, self.place.column, self.written


class Tally(Struct, frozen=True):
    total: int
    asked: int
    left: int
    day: date
    file: Path


def as_text(
    findings: Iterable[Finding], records: Mapping[str, Releve], tally: Tally, *, colour: bool
) -> str:
    """The report of a terminal, grouped by file; URLs are never cut, for they are copied."""
    style = Style(colour)
    out = []
    for path, items in groupby(_shown(findings), key=lambda finding: finding.place.path):
        out += [style.paint("gras", safe(str(path)))]
        for finding in items:
            out += [*_explained(finding, style), ""]
    return "\n".join([*out, *_foot(records, tally), ""])


def as_lines(findings: Iterable[Finding], records: Mapping[str, Releve], tally: Tally) -> str:
    """The report of a log or a pipe: a line for each, then the counts."""
    return "\n".join([*map(_line, _shown(findings)), *_foot(records, tally), ""])


def as_json(findings: Iterable[Finding], records: Mapping[str, Releve], tally: Tally) -> str:
    """The report for programs: every URL that is not good, where it is written."""
    states = Counter(record.etat for record in records.values())
    document = {
        "version": VERSION,
        "jour": tally.day.isoformat(),
        "adresses": tally.total,
        "verifiees": tally.asked,
        "restantes": tally.left,
        "etats": {str(etat): states[etat] for etat in Etat},
        "liens": [_row(finding) for finding in sorted(findings, key=lambda it: it.key)],
    }
    return printable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _row(finding: Finding) -> dict[str, object]:
    record = finding.record
    place = finding.place
    written = finding.written
    return {
        "fichier": str(place.path),
        "ligne": place.line,
        "colonne": place.column,
        "adresse": written,
        "etat": str(record.etat),
        "constat": str(record.constat),
        "code": record.code,
        "jour": record.jour.isoformat(),
        "premier_echec": record.premier_echec.isoformat() if record.premier_echec else None,
        "message": link_fault(record),
        "remede": remedy_of(written, record),
        "a_ecrire": replacement(written, record) if record.etat is Etat.DEPLACEE else "",
        "a_chercher": replacement(written, record) if record.etat is Etat.MORTE else "",
    }


def _shown(findings: Iterable[Finding]) -> list[Finding]:
    shown = (finding for finding in findings if finding.record.etat in _MARKS)
    return sorted(shown, key=lambda finding: finding.key)


def _line(finding: Finding) -> str:
    place = finding.place
    record = finding.record
    written = finding.written
    parts = (
        f"{place.path}:{place.line}:{place.column} {STATES[record.etat]}.",
        link_fault(record),
        written,
        "→",
        remedy_of(written, record),
        replacement(written, record),
    )
    return safe(" ".join(filter(None, parts)))


def _explained(finding: Finding, style: Style) -> Iterator[str]:
    record = finding.record
    place = finding.place
    written = finding.written
    tint, mark = _MARKS[record.etat]
    head = style.paint(tint, f"{mark} {STATES[record.etat]}")
    yield f"  {head}  {style.paint('terne', f'{place.line}:{place.column}')}"
    yield _INDENT + safe(written)
    for part in wrap(safe(link_fault(record)), WIDTH - len(_INDENT)):
        yield _INDENT + style.paint("gras", part)
    arrow = style.paint("bon", "→")
    for rank, part in enumerate(wrap(remedy_of(written, record), WIDTH - len(_INDENT) - 2)):
        yield f"{_INDENT}{arrow if not rank else ' '} {part}"
    instead = replacement(written, record)
    if instead:
        yield f"{_INDENT}  {style.paint('bon', safe(instead))}"


def _foot(records: Mapping[str, Releve], tally: Tally) -> Sequence[str]:
    urls = counted(tally.total, ("adresse", "adresses"))
    states = Counter(record.etat for record in records.values())
    words = [counted(states[etat], nouns) for etat, nouns in _NOUNS.items() if states[etat]]
    checked = counted(tally.asked, ("demandée", "demandées"))
    rows = [f"{urls}, {checked} cette fois : {', '.join(words) or 'rien de connu encore'}."]
    if tally.left:
        remaining = counted(tally.left, ("adresse reste", "adresses restent"))
        rows.append(f"{remaining} à demander : la même commande reprend où celle-ci s’est arrêtée.")
    return [*rows, f"Relevé : {safe(str(tally.file))}"]


_NOUNS = {
    Etat.MORTE: ("morte", "mortes"),
    Etat.PRIVEE: ("privée", "privées"),
    Etat.A_REVOIR: ("à revoir", "à revoir"),
    Etat.DEPLACEE: ("déplacée", "déplacées"),
    Etat.A_OUVRIR: ("à ouvrir soi-même", "à ouvrir soi-même"),
    Etat.BONNE: ("bonne", "bonnes"),
}

# Group of the entry point ``default`` of what opens connections: a callable ``(URLs, records known,
# Manner, save) -> (records, number of URLs asked)``.
GROUP = "portail.liens"


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    read = read_contents(options.content, None, "portail liens", publishes=True)
    if read.result.site is None:
        sys.stderr.write(
            "Les contenus ont des erreurs : « portail check » les dit. Rien n’a été demandé.\n"
        )
        return 1
    urls = outside_of(read.result.site)
    # Never the day of the settings, which may be pinned in the past.
    options.date = options.date or datetime.now(portal_zone()).date()
    file = read.content.parent / (options.fichier or file_of(read.config))
    known = {url: record for url, record in (read_liens(file) or {}).items() if url in urls}
    wanted = sorted(urls) if options.tout else due(urls, known, options.date)
    if options.simuler:
        many = counted(len(wanted), ("adresse", "adresses"))
        head = f"Simulation : {many} à demander, sur {len(urls)}. Rien n’est ouvert ni écrit."
        rows = (head, *(f"  {url}" for url in wanted), f"Relevé : {file}")
        sys.stdout.write("\n".join([*rows, ""]))
        return 0
    try:
        ask = opener(GROUP)
        manner = manner_of(options, read.config, AGENT, "portail liens")
        records: Mapping[str, Releve]
        records, asked = ask(wanted, known, manner, partial(_save, file))
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu. La même commande reprend où celle-ci s’est arrêtée.\n")
        return 130
    tally = Tally(len(urls), asked, len(wanted) - asked, options.date, file)
    findings = _findings(read, urls, records)
    if options.json:
        text = as_json(findings, records, tally)
    elif sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        text = as_text(findings, records, tally, colour=wants_colour(sys.stdout, os.environ))
    else:
        text = as_lines(findings, records, tally)
    sys.stdout.write(text)
    return int(any(record.etat in (Etat.MORTE, Etat.PRIVEE) for record in records.values()))


def _save(file: Path, records: Mapping[str, Releve]) -> None:
    with refusals(f"Le relevé {file} ne s’écrit pas"):
        atomic_write(file, liens_text(records).encode())


def _findings(
    read: Contents, urls: Mapping[str, tuple[Written, ...]], records: Mapping[str, Releve]
) -> list[Finding]:
    site = read.result.site
    root = read.content.parent
    assert site is not None

    def bytes_of(path: PurePosixPath) -> bytes:
        return (root / path).read_bytes()

    findings = []
    for url, record in records.items():
        if record.etat is not Etat.BONNE:
            for link in urls[url]:
                place = place_of(link, site.items[link.ref].entry.source, bytes_of)
                findings.append(Finding(place, link.texte, record))
    return findings


def _parser() -> Parser:
    parser = Parser("liens", "Demande aux autres sites si les adresses que l’on cite répondent.")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--fichier", "FICHIER", "le relevé (réglage PORTAIL_LIENS)")
    parser.flag("--json", "écrit le rapport en JSON")
    parser.flag("--simuler", "dit quelles adresses, n’ouvre rien")
    parser.flag("--tout", "redemande aussi ce qui vient de l’être")
    add_options(parser, minutes=15.0, seconds=15.0)
    return parser
