"""Names on a map: each where nothing else is written, or nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from portail.outputs.pages.views.geo import MapLabel

__all__ = ["Board", "Box", "lines_of"]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom, in units of the map."""

_WIDE, _HIGH, _RISE = 0.56, 1.15, 0.8
"""Shares of its size that a letter is wide, a line is high, a line rises above its baseline."""
_LONG = 17
_SHIFTS = sorted(
    ((i, j) for i in range(-4, 5) for j in range(-4, 5)),
    key=lambda shift: (shift[0] ** 2 * 0.5 + shift[1] ** 2, shift),
)
"""Steps from a middle, the nearest first."""
_START, _MIDDLE, _END = "start", "middle", "end"


class Board:
    """A map of which ``frame`` is seen, and what is already drawn on it; ``size`` is the height of
    its letters in units, at their largest."""

    def __init__(self, frame: Box, size: float) -> None:
        self._frame = frame
        self._size = size
        self._taken: list[Box] = []

    def take(self, x: float, y: float, radius: float) -> None:
        """Keep names away from a disc."""
        self._taken.append((x - radius, y - radius, x + radius, y + radius))

    def town(
        self,
        name: str,
        x: float,
        y: float,
        *,
        sorte: str = "ville",
        gap: float = 0.5,
        frame: Box | None = None,
    ) -> MapLabel | None:
        """A name beside its dot at ``x``, ``y``, ``gap`` sizes away: right, left, above, below, at
        a slant; ``None`` when there is no room in ``frame`` (by default, in all that is seen)."""
        size = self._size
        side, rise = gap * size, 0.35 * size
        spots = (
            (x + side, y + rise, _START), (x - side, y + rise, _END),
            (x, y - side, _MIDDLE), (x, y + side + _RISE * size, _MIDDLE),
            (x + side, y - rise, _START), (x + side, y + 3 * rise, _START),
            (x - side, y - rise, _END), (x - side, y + 3 * rise, _END),
        )  # fmt: skip
        found = self._first((name,), spots, lambda box: _inside(box, frame or self._frame))
        if found is None:
            return None
        lines, (left, base, anchor) = found
        return MapLabel(lines, left, base, sorte, anchor, (x, y))

    def area(
        self,
        name: str,
        x: float,
        y: float,
        sorte: str,
        fits: Callable[[Box], bool] = lambda box: True,
        url: str = "",
    ) -> MapLabel | None:
        """A name in the middle of an area, or as near to it as ``fits`` and the rest allow."""
        lines = lines_of(name, _LONG)
        top = y - (len(lines) * _HIGH / 2 - _RISE) * self._size
        step = 1.2 * self._size
        spots = ((x + i * step, top + j * step, _MIDDLE) for i, j in _SHIFTS)
        found = self._first(lines, spots, fits)
        return MapLabel(found[0], *found[1][:2], sorte, _MIDDLE, url=url) if found else None

    def _first(
        self,
        lines: Sequence[str],
        spots: Iterable[tuple[float, float, str]],
        fits: Callable[[Box], bool],
    ) -> tuple[tuple[str, ...], tuple[float, float, str]] | None:
        """The first spot where the lines are free; it is taken."""
        for x, y, anchor in spots:
            box = self._box(lines, x, y, anchor)
            if self._free(box) and fits(box):
                self._taken.append(box)
                return tuple(lines), (round(x, 1), round(y, 1), anchor)
        return None

    def _box(self, lines: Sequence[str], x: float, y: float, anchor: str) -> Box:
        width = max(map(len, lines)) * _WIDE * self._size
        left = x - {_START: 0.0, _MIDDLE: width / 2, _END: width}[anchor]
        top = y - _RISE * self._size
        return left, top, left + width, top + len(lines) * _HIGH * self._size

    def _free(self, box: Box) -> bool:
        left, top, right, bottom = box
        return _inside(box, self._frame) and not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self._taken
        )


def _inside(box: Box, frame: Box) -> bool:
    return frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]


def lines_of(name: str, longest: int) -> tuple[str, ...]:
    """A name on one line, or on two of like lengths when it is long.

    >>> lines_of("Haut Pays du Montreuillois", 17), lines_of("Flandre Lys", 17)
    (('Haut Pays du', 'Montreuillois'), ('Flandre Lys',))
    """
    words = name.split(" ")
    if len(name) <= longest or len(words) == 1:
        return (name,)
    cuts = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
    return min(cuts, key=lambda cut: max(map(len, cut)))
