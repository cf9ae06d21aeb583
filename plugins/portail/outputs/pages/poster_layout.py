"""How much a poster holds, by an estimate of its lines; sizes (mm) are those of ``paper.css``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, islice, zip_longest
from math import ceil
from typing import NamedTuple, TypeVar

from msgspec import Struct

from portail.drawings.raster import Qr
from portail.drawings.strokes import Dessin
from portail.outputs.pages.views.shared import Etiquette, Lien, PageView
from portail.resources import rows
from portail.text.typography import plain

# Widths of letters are those of Bricolage in bold, in hundredths of their size, a little widened.

PT = 25.4 / 72
"""A point in millimetres."""

_CLASSES = {"iljI.,:;!'’|°·- \u00a0": 30, 'tfrJ()/"«»[]': 46, "mwMWœŒæÆ@%—…&": 100}
_WIDTHS = {sign: width for signs, width in _CLASSES.items() for sign in signs}
_WORD = re.compile(r"[^ -]*[ -]?")


def height(text: str, size: float, leading: float, width: float) -> float:
    """Of a text in millimetres; ``leading`` is the height of a line for a size of 1."""
    return lines([text], size, width) * size * leading * PT if text else 0


def lines(texts: Iterable[str], size: float, width: float) -> int:
    """How many lines of ``width`` (mm) texts of ``size`` (points) take, one after the other."""
    room = width * 100 / (size * PT)
    count, used = 0, 0.0
    for text in texts:
        whole = _width(text)
        pieces = [whole] if whole <= room else [_width(word) for word in _WORD.findall(text)]
        for piece in pieces:
            if count and used + piece <= room:
                used += piece
            else:
                extra = max(1, ceil(piece / room))
                count += extra
                used = piece - (extra - 1) * room
        used += 60  # the sign between two texts
    return count


def _width(text: str) -> int:
    return sum(map(_sign, text))


@lru_cache(1_024)
def _sign(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    wide = sign.isupper() or unicodedata.east_asian_width(sign) in "WF"
    return _WIDTHS.get(
        sign, 74 if wide and sign.isalpha() and ord(sign) < 0x2E80 else 104 if wide else 64
    )


class LigneAffiche(Struct, frozen=True):
    """An event on one day of a poster; ``annule`` is struck."""

    titre: str
    url: str
    heures: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool


class JourAffiche(Struct, frozen=True):
    """A row of a poster: a day, its name, its events in the order of time."""

    jour: date
    nom: str
    lignes: tuple[LigneAffiche, ...]


class DureeAffiche(Struct, frozen=True):
    """What lasts: what follows its title, in words."""

    titre: str
    url: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool


class PapierView(PageView, frozen=True, kw_only=True):
    """A sheet A4. ``retour`` is the page that it comes from, ``arret`` the day of the build in
    words; ``qr`` leads to ``adresse`` (without protocol), if there is one; ``taille`` of letters:
    ``ample``, ``""`` or ``serre``."""

    retour: Lien
    arret: str
    adresse: str
    qr: Qr | None
    taille: str = ""


class AfficheView(PapierView, frozen=True, kw_only=True):
    """A poster: its title ``accroche``, ``reste`` more on line only, over after ``fin``; ``autres``
    are those of the same place (the present one without address), ``plutot`` the one to print
    instead."""

    accroche: str
    ou: str
    quand: str
    fin: date
    jours: tuple[JourAffiche, ...]
    durees: tuple[DureeAffiche, ...]
    reste: int
    dessin: Dessin
    autres: tuple[Lien, ...]
    plutot: Lien | None


class RangAffiches(Struct, frozen=True):
    """The posters of one place: its page, then one link a period."""

    lieu: Lien
    affiches: tuple[Lien, ...]


class AffichesView(PageView, frozen=True, kw_only=True):
    """Where town halls and libraries choose a poster: titled groups of places."""

    groupes: tuple[tuple[str, tuple[RangAffiches, ...]], ...]


T = TypeVar("T")

_SHEET, _HEAD = 184.0, 120.0
"""Widths of the text, and of its head beside the drawing."""
_MOST = 30
"""More lines never fit, however short."""
_TRIED = 100
_LASTING = 2
"""What lasts takes no more rows than this where not all fits."""


class Head(NamedTuple):
    """The texts around the days: great title, place, period, address at the foot."""

    accroche: str
    ou: str
    quand: str
    adresse: str


class Layout(NamedTuple):
    """What a poster shows, in the order of time; ``taille`` as of ``PapierView``."""

    taille: str
    jours: tuple[tuple[date, tuple[LigneAffiche, ...]], ...]
    durees: tuple[DureeAffiche, ...]
    reste: int


class _Density(NamedTuple):
    """Letters in points, the rest in millimetres; a title is set tight, as if it was wider."""

    taille: str
    inside: float
    title: float
    title_width: float
    place: float
    period: float
    head: float
    foot: float
    qr: float
    label: float
    day: float
    least: float
    gap: float
    hours: float
    name: float
    detail: float
    bar: float
    bar_text: float


_AMPLE, _ROOMY, _TIGHT = (_Density(**row) for row in rows("affiches"))


def lay_out(
    head: Head,
    days: Mapping[date, Sequence[T]],
    durees: Sequence[DureeAffiche],
    line: Callable[[date, T], LigneAffiche],
    last: Callable[[T], bool],
) -> Layout:
    """The layout of ``days``, which ``line`` writes; what ``last`` says is left out first."""
    if sum(map(len, days.values())) <= _MOST:
        drawn = {day: [line(day, one) for one in some] for day, some in days.items()}
        for density in (_AMPLE, _ROOMY, _TIGHT):
            sheet = _Sheet(density, head)
            total = sum(map(sheet.day, drawn.values())) + sheet.lasting(durees)
            if total <= sheet.room:
                return Layout(density.taille, _frozen(drawn), tuple(durees), 0)
    return _cut(_Sheet(_TIGHT, head), days, durees, line, last)


def _frozen(
    days: Mapping[date, Sequence[LigneAffiche]],
) -> tuple[tuple[date, tuple[LigneAffiche, ...]], ...]:
    return tuple((day, tuple(lines)) for day, lines in sorted(days.items()) if lines)


def _cut(
    sheet: _Sheet,
    days: Mapping[date, Sequence[T]],
    durees: Sequence[DureeAffiche],
    line: Callable[[date, T], LigneAffiche],
    last: Callable[[T], bool],
) -> Layout:
    """As much as fits: one line of each day in turn, so that no day fills the sheet alone."""
    room = sheet.room - sheet.rest
    bars = tuple(durees[:_LASTING])
    while bars and sheet.lasting(bars) > room / 2:
        bars = bars[:-1]
    room -= sheet.lasting(bars)
    kept: dict[date, dict[int, LigneAffiche]] = {}
    heights: dict[date, float] = {}
    for day, rank in islice(_in_turn(days, last), _TRIED):
        tried = {**kept.get(day, {}), rank: line(day, days[day][rank])}
        tried = dict(sorted(tried.items()))
        height = sheet.day(tuple(tried.values()))
        if sum(heights.values()) - heights.get(day, 0) + height <= room:
            kept[day], heights[day] = tried, height
    shown = {day: tuple(lines.values()) for day, lines in kept.items()}
    every = sum(map(len, days.values())) + len(durees)
    left = every - sum(map(len, shown.values())) - len(bars)
    return Layout("serre", _frozen(shown), bars, left)


def _in_turn(
    days: Mapping[date, Sequence[T]], last: Callable[[T], bool]
) -> Iterator[tuple[date, int]]:
    """Days and ranks in them: the first of each day, the second of each day…"""

    def order(day: date) -> list[tuple[date, int]]:
        some = days[day]
        return [(day, rank) for rank in sorted(range(len(some)), key=lambda one: last(some[one]))]

    rounds = zip_longest(*map(order, sorted(days)))
    return (one for one in chain.from_iterable(rounds) if one)


class _Sheet:
    """Estimates heights of a density."""

    def __init__(self, density: _Density, head: Head) -> None:
        self.density = one = density
        top = (
            one.head
            + height(head.accroche, one.title, 0.94, one.title_width)
            + height(head.ou, one.place, 1.15, _HEAD)
            + height(head.quand, one.period, 1.25, _HEAD)
        )
        text = 17 + height(head.adresse, 11.5, 1.3, _SHEET - 99)
        self.room = one.inside - top - one.foot - max(one.qr, text)
        self.rest = one.bar + one.bar_text * 1.32 * PT

    def day(self, lines: Sequence[LigneAffiche]) -> float:
        """Height of a day, none without lines."""
        if not lines:
            return 0
        one, full = self.density, _SHEET - self.density.label
        column = (full - 6) / 2
        rows = [lines[rank : rank + 2] for rank in range(0, len(lines), 2)]
        heights = (
            max(_line_height(each, one, column if len(row) > 1 else full) for each in row)
            for row in rows
        )
        return one.day + max(one.least, sum(heights) + one.gap * (len(rows) - 1))

    def lasting(self, durees: Sequence[DureeAffiche]) -> float:
        """Height of what lasts."""
        one = self.density
        return sum(_bar_height(each, one) for each in durees) + one.bar * bool(durees)


@lru_cache(4_096)
def _line_height(line: LigneAffiche, density: _Density, width: float) -> float:
    box = 8 * len(line.etiquettes)
    labels = "".join(each.texte for each in line.etiquettes)
    hours = lines([f"{line.heures} {labels}"], density.hours, width - box)
    return (
        hours * density.hours * 1.15 * PT
        + 1.6 * bool(line.etiquettes)
        + height(plain(line.titre), density.name, 1.1, width)
        + lines(line.details, density.detail, width) * density.detail * 1.25 * PT
    )


def _bar_height(one: DureeAffiche, density: _Density) -> float:
    texts = (plain(one.titre), *one.details, *(each.texte for each in one.etiquettes))
    width = _SHEET - density.label - 8 * len(one.etiquettes)
    return lines(texts, density.bar_text, width) * density.bar_text * 1.32 * PT
