"""The file of subscribers: one address a line, perhaps an edition and an address to leave at.

``courriel[,edition][,desabonnement]``, in UTF-8, with commas or semicolons; a first line of titles,
empty lines and those that begin with ``#`` are passed over. Every fault is told at once, and one is
enough for nothing to be sent.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from portail.cli.terminal import safe
from portail.config import REGION
from portail.text.suggest import nearest
from portail_envoi.addresses import AddressFault, Mailbox, mailbox

__all__ = ["Roll", "Subscriber", "read_roll"]

_COLUMNS = ("courriel", "edition", "desabonnement")
_LINK = re.compile(r"https://[^\s<>\"]+", re.ASCII)
_LONGEST = 60
_LINK_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who receives which edition; ``leave`` is the address where they leave, ``""`` for ours."""

    mailbox: Mailbox
    edition: str = REGION
    leave: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """What a file says: its subscribers, its faults and what it says twice, in French, each with
    the number of its line."""

    subscribers: tuple[Subscriber, ...]
    faults: tuple[str, ...]
    doubles: tuple[str, ...]


def read_roll(data: bytes, editions: Collection[str]) -> Roll:
    """Read a file; ``editions`` are the codes that exist."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Roll((), (f"ligne {line} : ce n’est pas de l’UTF-8, enregistrez-le ainsi",), ())
    found: dict[tuple[str, str], tuple[int, Subscriber]] = {}
    faults, doubles = [], []
    for number, cells in _rows(text):
        try:
            one = _subscriber(cells, editions)
        except AddressFault as fault:
            faults.append(f"ligne {number} : {_shown(cells[0])}, {fault}")
            continue
        key = (one.edition, one.mailbox.key)
        first, known = found.setdefault(key, (number, one))
        if first == number:
            continue
        told = f"ligne {number} : {_shown(cells[0])} est déjà à la ligne {first}"
        if known.leave == one.leave:
            doubles.append(told)
        else:
            faults.append(f"{told}, avec un autre lien de désabonnement")
    return Roll(tuple(one for _, one in found.values()), tuple(faults), tuple(doubles))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each line that tells something."""
    lines = [(number, line) for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)]
    told = [(number, line) for number, line in lines if line.strip() and line.lstrip()[0] != "#"]
    head = told[0][1] if told else ""
    comma = ";" if ";" in head and "," not in head else ","
    titles = [cell.strip().lower() for cell in _cells(head, comma)]
    columns: tuple[str, ...] = _COLUMNS
    if told and titles[0].lstrip("\ufeff") in ("courriel", "email", "e-mail", "adresse"):
        told = told[1:]
        columns = ("courriel", *titles[1:])
    for number, line in told:
        cells = dict(zip(columns, _cells(line, comma), strict=False))
        extra = _cells(line, comma)[len(columns) :]
        yield number, [*(cells.get(name, "").strip() for name in _COLUMNS), *extra]


def _cells(line: str, comma: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=comma, strict=True), [""])
    except csv.Error:
        return [line]


def _subscriber(cells: list[str], editions: Collection[str]) -> Subscriber:
    """Read a line. Raises ``AddressFault``."""
    address, edition, leave, *extra = cells
    if any(cell.strip() for cell in extra):
        raise AddressFault("la ligne compte trop de cases")
    one = mailbox(address)
    if "@" in edition:
        raise AddressFault("elle est suivie d’une autre : une seule adresse par ligne")
    edition = edition or REGION
    if edition not in editions:
        near = nearest(edition, editions, limit=1)
        hint = f", vouliez-vous dire « {near[0]} » ?" if near else ""
        raise AddressFault(f"l’édition « {safe(edition[:_LONGEST])} » n’existe pas{hint}")
    if leave and (len(leave) > _LINK_LENGTH or not _LINK.fullmatch(leave)):
        raise AddressFault("son lien de désabonnement n’est pas une adresse https")
    return Subscriber(one, edition, leave)


def _shown(cell: str) -> str:
    cut = cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]}…"
    return f"« {safe(cut)} »"
