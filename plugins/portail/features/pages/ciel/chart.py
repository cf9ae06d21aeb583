"""The chart of the sky of an evening: the whole sky as a disc, its zenith in the middle, the east
on the left, as one sees it with the head up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from math import asin, atan2, cos, degrees, radians, sin
from typing import Any

import astronomy
from astronomy import Body
from msgspec import Struct

from portail.resources import rows_of

from .sky import PLANETS, Almanac, Spot

# Radius of the horizon, in the units of the drawing: a phone shows one of them as a pixel.
RADIUS = 160
_EDGE = 3
# What a letter of a name takes, a line of it, and the space around.
_LETTER = 6.6
_LINE = 15
# Names that the sheet has room for; a constellation is named when most of it is up.
_NAMES = 16
_UP = 0.6
# Magnitudes under which a star has the largest point, the next ones…
_SIZES = (0.6, 1.6, 2.6, 9)


class Label(Struct, frozen=True):
    """A name on the chart, and where its middle is."""

    x: float
    y: float
    texte: str


class Chart(Struct, frozen=True):
    """The chart of an evening: paths of lines and of stars by size, names, lights that move."""

    quand: datetime
    lignes: str
    etoiles: tuple[str, ...]
    noms: tuple[Label, ...]
    # Points of the planets and of the Moon, with their names.
    astres: tuple[Label, ...]
    # What is up, and where: constellations, then planets and Moon.
    haut: tuple[tuple[str, Spot], ...]
    mobiles: tuple[tuple[str, Spot], ...]


def star_table() -> Mapping[str, Any]:
    rows: Mapping[str, Any] = rows_of("pages.ciel", "etoiles")
    return rows


def chart(almanac: Almanac, when: datetime) -> Chart:
    """The chart of a place, at an hour of its clock."""
    moment = almanac.moment(when)
    turned = Turned(almanac, moment)
    rows = star_table()
    stars = [(turned.spot(*row[:2]), *row[2:]) for row in rows["etoiles"]]
    figures = {
        name: [[turned.spot(*point) for point in line] for line in lines]
        for name, lines in rows["constellations"].items()
    }
    moving = {
        name: almanac.spot(body, moment) for name, body in {**PLANETS, "Lune": Body.Moon}.items()
    }
    moving = {name: spot for name, spot in moving.items() if spot.hauteur > _EDGE}
    up = dict(_middles(figures))
    points = {name: _on_paper(spot) for name, spot in moving.items()}
    room = _Room()
    names = [*room.placed((name, x, y - 12) for name, (x, y) in points.items())]
    bright = ((row[2], *_below(row[0])) for row in stars if row[2:] and row[0].hauteur > _EDGE)
    names += room.placed(bright)
    ranked = sorted(up, key=lambda name: -sum(map(len, figures[name])))
    names += room.placed((name, *_on_paper(up[name])) for name in ranked)
    return Chart(
        when,
        "".join(_path(line) for lines in figures.values() for line in lines),
        tuple(_dots(stars, *sizes) for sizes in zip((-9, *_SIZES), _SIZES, strict=False)),
        noms=tuple(names[:_NAMES]),
        astres=tuple(Label(*point, name) for name, point in points.items()),
        haut=tuple(up.items()),
        mobiles=tuple(moving.items()),
    )


class Turned:
    """Turns what is fixed among the stars to where it is seen."""

    def __init__(self, almanac: Almanac, moment: astronomy.Time) -> None:
        self._matrix = astronomy.Rotation_EQJ_HOR(moment, almanac.observer).rot

    def spot(self, ascension: float, declination: float) -> Spot:
        a = radians(ascension)
        d = radians(declination)
        vector = (cos(d) * cos(a), cos(d) * sin(a), sin(d))
        north, west, up = (sum(self._matrix[i][j] * vector[i] for i in range(3)) for j in range(3))
        return Spot(degrees(atan2(-west, north)) % 360, degrees(asin(max(-1, min(1, up)))))


def _on_paper(spot: Spot) -> tuple[float, float]:
    far = RADIUS * (90 - spot.hauteur) / 90
    turn = radians(spot.azimut)
    return round(-far * sin(turn), 1), round(-far * cos(turn), 1)


def _below(spot: Spot) -> tuple[float, float]:
    x, y = _on_paper(spot)
    return x, y + 13


def _path(line: Iterable[Spot]) -> str:
    pen = "M"
    steps = []
    for spot in line:
        if spot.hauteur < 0:
            pen = "M"
            continue
        x, y = _on_paper(spot)
        steps.append(f"{pen}{x:g} {y:g}")
        pen = "L"
    return "".join(steps)


def _dots(stars: Iterable[tuple[Any, ...]], brightest: float, faintest: float) -> str:
    dots = (
        _on_paper(spot)
        for spot, magnitude, *_ in stars
        if brightest <= magnitude < faintest and spot.hauteur > 0
    )
    return "".join(f"M{x:g} {y:g}h0" for x, y in dots)


def _middles(figures: Mapping[str, list[list[Spot]]]) -> Iterator[tuple[str, Spot]]:
    for name, lines in figures.items():
        spots = [spot for line in lines for spot in line]
        seen = [spot for spot in spots if spot.hauteur > _EDGE]
        if len(seen) < _UP * len(spots):
            continue
        points = [_on_paper(spot) for spot in seen]
        x = sum(point[0] for point in points) / len(points)
        y = sum(point[1] for point in points) / len(points)
        height = 90 - 90 * (x * x + y * y) ** 0.5 / RADIUS
        yield name, Spot(round(degrees(atan2(-x, -y)) % 360, 1), round(height, 1))


class _Room:
    """Places names where none is yet, the first ones first; winds are in the corners."""

    def __init__(self) -> None:
        corner = 0.77 * RADIUS
        self._taken = [(x, y, 12.0) for x in (-corner, corner) for y in (-corner, corner)]

    def placed(self, names: Iterable[tuple[str, float, float]]) -> Iterator[Label]:
        for name, x, y in names:
            half = _LETTER * len(name) / 2
            x = round(max(half - RADIUS, min(x, RADIUS - half)), 1)
            if all(
                abs(x - other) >= half + wide or abs(y - line) >= _LINE
                for other, line, wide in self._taken
            ):
                self._taken.append((x, y, half))
                yield Label(x, round(y, 1), name)
