"""What the command says: addresses to mend by file, as ``portail check`` says mistakes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from portail.cli.report_json import printable
from portail.cli.summary import counted
from portail.cli.terminal import WIDTH, Style, safe, wrap
from portail.diagnostics import Position
from portail.model.liens import Etat, Releve
from portail.site.link_words import STATES, remedy_of, replacement, trouble_of

__all__ = ["VERSION", "Finding", "Tally", "as_json", "as_lines", "as_text", "is_fault"]

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
