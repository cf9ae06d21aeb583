"""How high the sheet for a class is: an estimate of its lines, in the sizes of ``paper.css``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from portail.outputs.pages.paper_lines import PT, height, lines
from portail.outputs.pages.views import DateFiche, Fait
from portail.text.inline import plain

__all__ = ["ROOM", "Texts", "sheet_height"]

ROOM = 297.0
"""Height of a sheet A4, in millimetres."""

Column = Sequence[tuple[str, Sequence[Fait]]]


class Texts(NamedTuple):
    """What a sheet says, but what is always there."""

    intitule: str
    chapo: str
    cles: Sequence[Fait]
    dates: Sequence[DateFiche]
    gauche: Column
    droite: Column


class _Size(NamedTuple):
    """Of letters in points; of what is around them in millimetres."""

    text: float
    title: float
    lead: float
    key: float
    row: float
    heading: float
    around: float


_SIZES = {
    "": _Size(10.5, 30, 11.5 * 1.4, 11.5 * 1.1, 1.8, 13, 84),
    "serre": _Size(9, 22, 10 * 1.3, 10 * 1.1, 1.1, 9.5, 74),
}
_LEAST = 40
"""Of the head: its QR code and what is said under it."""


def sheet_height(taille: str, texts: Texts) -> float:
    """With the letters of ``taille``, in millimetres; room for a few lines to write included."""
    size = _SIZES[taille]
    head = height(plain(texts.intitule), size.title, 1, 144)
    head += height(texts.chapo, size.lead / 1.3, 1.3, 144)
    values = [one.texte for fait in texts.cles for one in fait.valeurs]
    keys = max(lines([text], size.key / 1.1, 39) for text in values)
    dates = (f"{one.texte} {''.join(e.texte for e in one.etiquettes)}" for one in texts.dates)
    told = 1 + sum(_lines(text, size) for text in dates)
    left = _column(texts.gauche, size) + told * size.text * 1.25 * PT
    columns = max(left, _column(texts.droite, size))
    return size.around + max(head, _LEAST) + keys * size.key * PT + columns


def _column(column: Column, size: _Size) -> float:
    rows = [fait for _, faits in column for fait in faits]
    count = sum(_lines(one.texte, size) for fait in rows for one in fait.valeurs)
    return count * size.text * 1.25 * PT + size.row * len(rows) + size.heading * len(column)


def _lines(text: str, size: _Size) -> int:
    return lines([text], size.text, 56)
