"""Labels on a map: each where nothing else is written, or nowhere; points that one aims at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Any, NamedTuple, TypeAlias

from portail.geo.coordinates import LatLon, Projection
from portail.geo.places import Commune
from portail.outputs.pages.views.shared import Lien, MapLabel, MapPoint

from .drawing import LabelPlace, pushed_apart

# Left, top, right, bottom, in units of the map.
Box: TypeAlias = tuple[float, float, float, float]

# A build measures no font: these are shares of the size of letters.
# Width of a letter, on average.
_WIDE = 0.56
# Height of a line.
_HIGH = 1.15
# Height of a line above its baseline.
_RISE = 0.8
_LONG = 17
# Steps from a middle, the nearest first.
_SHIFTS = sorted(
    product(range(-4, 5), repeat=2),
    key=lambda shift: (shift[0] ** 2 * 0.5 + shift[1] ** 2, shift),
)
_START = "start"
_MIDDLE = "middle"
_END = "end"


class Board:
    """A map of which ``frame`` is seen, what is on it; letters are ``size`` units high."""

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
        """A name ``gap`` sizes beside its dot, where ``frame`` has room; else ``None``."""
        size = self._size
        side = gap * size
        rise = 0.35 * size
        spots = (
            (x + side, y + rise, _START),
            (x - side, y + rise, _END),
            (x, y - side, _MIDDLE),
            (x, y + side + _RISE * size, _MIDDLE),
            (x + side, y - rise, _START),
            (x + side, y + 3 * rise, _START),
            (x - side, y - rise, _END),
            (x - side, y + 3 * rise, _END),
        )
        place = self._first((name,), spots, lambda box: _inside(box, frame or self._frame))
        if place is None:
            return None
        lines, (left, base, anchor) = place
        return MapLabel(lines, left, base, sorte=sorte, ancre=anchor, pied=(x, y))

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
        place = self._first(lines, spots, fits)
        if place:
            return MapLabel(place[0], *place[1][:2], sorte, _MIDDLE, url=url)
        return None

    def _first(
        self,
        lines: Sequence[str],
        spots: Iterable[tuple[float, float, str]],
        fits: Callable[[Box], bool],
    ) -> tuple[tuple[str, ...], tuple[float, float, str]] | None:
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
            left < taken[2] and taken[0] < right and top < taken[3] and taken[1] < bottom
            for taken in self._taken
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


# Points that can be aimed at (RGAA: beyond, a list alone); beyond, a map only shows them.
MOST = 59

# Points → units between two: as wide as a target on the smallest telephone while there is room,
# then twice a point of 12 units and 8 more.
FEW = 24
_GAPS = ((FEW, 50.0), (MOST, 32.0))
_LEAST = 20.0


def xy_of(point: LatLon, projection: Projection) -> LabelPlace:
    x, y = projection.xy(*point)
    return round(x, 1), round(y, 1)


def spread(
    places: Sequence[LatLon], projection: Projection, edge: float
) -> tuple[list[dict[str, Any]], float]:
    """Where to draw points, at least ``edge`` units inside, and the radius to aim at: targets never
    cross.
    """
    gap = next((gap for most, gap in _GAPS if len(places) <= most), _LEAST)
    frame = (edge, edge, projection.width - edge, projection.height - edge)
    true = [xy_of(place, projection) for place in places]
    moved = zip(pushed_apart(true, gap, frame), true, strict=True)
    return [
        {"x": x, "y": y, "pied": None if (x, y) == place else place} for (x, y), place in moved
    ], gap / 2


class Numbered(NamedTuple):
    """A commune, its number in a list (0: none), where its point leads, the theme of all it has."""

    commune: Commune
    numero: int
    lien: Lien
    theme: str = ""
    nombre: int = 1


def commune_points(
    numbered: Sequence[Numbered], projection: Projection, edge: float
) -> tuple[tuple[MapPoint, ...], float]:
    """As ``spread``, a point for each commune; points that are too many lead nowhere."""
    places = [(entry.commune.lat or 0.0, entry.commune.lon or 0.0) for entry in numbered]
    spots, aim = spread(places, projection, edge)
    aimed = len(numbered) <= MOST
    return tuple(
        MapPoint(
            entry.lien if aimed else Lien(""),
            theme=entry.theme,
            numero=entry.numero,
            nombre=entry.nombre,
            **spot,
        )
        for entry, spot in zip(numbered, spots, strict=True)
    ), aim


def common_theme(items: Iterable[Any]) -> str:
    """The ``theme`` that all share, ``""`` for several."""
    themes = {item.theme for item in items}
    return themes.pop() if len(themes) == 1 else ""
