"""The layout of a poster: large type when everything fits, else small; the rest is counted. Lines
are estimated by their letters, with the heights of ``paper.css``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import NamedTuple, TypeVar

from msgspec import Struct

from portail.outputs.pages.views.shared import Etiquette, Lien
from portail.text.typography import plain


class LigneAffiche(Struct, frozen=True):
    """An event on one day of a poster; ``annule`` is struck."""

    titre: str
    url: str
    heures: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool


class JourAffiche(Struct, frozen=True):
    """A day of a poster: its date, its name, its events in the order of time."""

    jour: date
    nom: str
    lignes: tuple[LigneAffiche, ...]


class DureeAffiche(Struct, frozen=True):
    """An exhibition or another event that lasts; ``details`` follow its title."""

    titre: str
    url: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool


class RangAffiches(Struct, frozen=True):
    """The posters of one place: its page, then one link a period."""

    lieu: Lien
    affiches: tuple[Lien, ...]


T = TypeVar("T")

_TRIED = 100
# Most events that last, on a poster where not everything fits.
_LASTING = 2


class Head(NamedTuple):
    """The texts around the days: headline, place, period, address at the foot."""

    accroche: str
    ou: str
    quand: str
    adresse: str


class Layout(NamedTuple):
    """What a poster shows: the size of its type, its days, what lasts; ``reste`` is left out."""

    taille: str
    jours: tuple[tuple[date, tuple[LigneAffiche, ...]], ...]
    durees: tuple[DureeAffiche, ...]
    reste: int


class _Text(NamedTuple):
    """A style of text: how many letters fit on a line, and its height in millimetres."""

    letters: int
    height: float

    def of(self, text: str) -> float:
        return _lines(text, self.letters) * self.height

    def beside(self) -> _Text:
        return _Text((self.letters - 2) // 2, self.height)


class _Wide(dict[int, str]):
    """Each sign as wide as it is, found once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = sign * 2 if sign.isupper() else sign
        return self[code]


_WIDE = _Wide()


@lru_cache(maxsize=10_000)
def _lines(text: str, letters: int) -> int:
    # How many lines a text takes, of so many letters each: posters of near places share most.
    return len(wrap(text.translate(_WIDE), letters))


class _Density(NamedTuple):
    """A size of type, in millimetres: height left for texts, frames, gaps; then the styles of its
    texts.
    """

    taille: str
    sheet: float
    day: float
    least: float
    gap: float
    lasting: float
    accroche: _Text
    ou: _Text
    quand: _Text
    hours: _Text
    title: _Text
    details: _Text
    bar: _Text


_ROOMY = _Density(
    *("", 221.6, 5.6, 23.2, 2.5, 7, _Text(15, 15.3), _Text(33, 7.4), _Text(43, 6.4)),
    *(_Text(57, 5.3), _Text(50, 5.9), _Text(65, 5.1), _Text(61, 5.9)),
)
_TIGHT = _Density(
    *("serre", 235.6, 3.7, 10.6, 1.6, 4.6, _Text(21, 11.7), _Text(40, 6.1), _Text(50, 5.6)),
    *(_Text(64, 4.7), _Text(59, 4.9), _Text(74, 4.3), _Text(69, 5.2)),
)
_ADDRESS = _Text(38, 5.3)


def lay_out(
    head: Head,
    days: Mapping[date, Sequence[T]],
    durees: Sequence[DureeAffiche],
    line: Callable[[date, T], LigneAffiche],
    last: Callable[[T], bool],
) -> Layout:
    """The layout of a poster; when not everything fits, what is ``last`` is left out first."""
    if sum(map(len, days.values())) <= _TRIED:
        drawn = {day: tuple(line(day, row) for row in rows) for day, rows in days.items()}
        for density in (_ROOMY, _TIGHT):
            total = sum(_day(density, lines_of_day) for lines_of_day in drawn.values())
            if total + _lasting(density, durees) <= _room(density, head):
                return Layout(density.taille, _ordered(drawn), tuple(durees), 0)
    return _cut(_room(_TIGHT, head), days, durees, line, last)


def _ordered(
    days: Mapping[date, tuple[LigneAffiche, ...]],
) -> tuple[tuple[date, tuple[LigneAffiche, ...]], ...]:
    return tuple((day, lines) for day, lines in sorted(days.items()) if lines)


def _cut(
    room: float,
    days: Mapping[date, Sequence[T]],
    durees: Sequence[DureeAffiche],
    line: Callable[[date, T], LigneAffiche],
    last: Callable[[T], bool],
) -> Layout:
    # As much as fits: one event of each day in turn, so that no day fills the sheet alone; the
    # second of a day may stand beside the first when no other day fits.
    # Room for the line that says how many events are on line only.
    room -= _TIGHT.lasting + _TIGHT.bar.height
    bars = tuple(durees[:_LASTING])
    while bars and _lasting(_TIGHT, bars) > room / 2:
        bars = bars[:-1]
    room -= _lasting(_TIGHT, bars)
    fitting: dict[date, dict[int, LigneAffiche]] = {}
    heights: dict[date, float] = {}
    turns: list[tuple[int, date, int]] = []
    for day, rows in days.items():
        ranks = sorted(enumerate(rows), key=lambda ranked: last(ranked[1]))
        turns += [(turn, day, rank) for turn, (rank, _) in enumerate(ranks)]
    for _, day, rank in sorted(turns)[:_TRIED]:
        tried = dict(sorted({**fitting.get(day, {}), rank: line(day, days[day][rank])}.items()))
        height = _day(_TIGHT, tuple(tried.values()))
        if sum(heights.values()) - heights.get(day, 0) + height <= room:
            fitting[day] = tried
            heights[day] = height
    shown = {day: tuple(lines.values()) for day, lines in fitting.items()}
    every = sum(map(len, days.values())) + len(durees)
    hidden = every - sum(map(len, shown.values())) - len(bars)
    return Layout(_TIGHT.taille, _ordered(shown), bars, hidden)


def _room(density: _Density, head: Head) -> float:
    # Millimetres left for days: the QR code at the foot takes 31 mm, the address beside it
    # sometimes more.
    top = density.accroche.of(head.accroche) + density.ou.of(head.ou) + density.quand.of(head.quand)
    return density.sheet - top - max(0, _ADDRESS.of(head.adresse) - 14)


@lru_cache(4_096)
def _day(density: _Density, lines: tuple[LigneAffiche, ...]) -> float:
    pairs = [lines[rank : rank + 2] for rank in range(0, len(lines), 2)]
    rows = (max(_row(density, line, alone=len(pair) < 2) for line in pair) for pair in pairs)
    inside = sum(rows) + density.gap * (len(pairs) - 1)
    if lines:
        return density.day + max(density.least, inside)
    return 0


def _row(density: _Density, line: LigneAffiche, *, alone: bool) -> float:
    texts = (
        (
            density.hours,
            " ".join((line.heures, *(f"{label.texte}____" for label in line.etiquettes))),
        ),
        (density.title, plain(line.titre)),
        (density.details, _whole(line.details)),
    )
    frame = 1.6 if line.etiquettes else 0
    return frame + sum((size if alone else size.beside()).of(text) for size, text in texts)


def _lasting(density: _Density, durees: Sequence[DureeAffiche]) -> float:
    bars = (
        (plain(bar.titre), *bar.details, *(label.texte for label in bar.etiquettes))
        for bar in durees
    )
    return sum(density.bar.of(_whole(bar)) for bar in bars) + density.lasting * bool(durees)


def _whole(texts: Sequence[str]) -> str:
    # ``texts`` joined by points; none is cut between two lines if it fits on one.
    return " · ".join(text.replace(" ", "\u00a0") for text in texts)
