"""The evening as a drawing: half of the sky when twilight ends, over the outlines of here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import atan2, cos, degrees, dist, radians, sin, tan
from typing import Any

import astronomy
from astronomy import Body
from msgspec import Struct

from portail.facts.base import in_words
from portail.resources import rows_of

from . import words
from .chart import Turned, star_table
from .sky import LOW, PLANETS, Almanac, Night, Spot

# The sheet, the line of the horizon on it, and what a degree takes: two thirds of the horizon fit.
_WIDTH = 840
_HORIZON = 262
_DEGREE = 3.5
# Magnitudes under which a star has the largest point, the next ones…
_SIZES = (-9, 0.9, 2.1, 9)
# Radius of the outer ring of the Moon.
_MOON = 38
# What a letter of a name takes, a line of it, as a phone writes them; from a point to its name.
_LETTER = 17
_LINE = 30
_AWAY = 17
# The middle of the first outline, from one to the next, and how far one steps aside for none to
# hide a light; then they are drawn smaller.
_FIRST = 160
_NEXT = 260
_STEPS = sorted(range(-144, 145, 16), key=abs)
_SCALES = (1, 0.85, 0.7, 0.55)
# Room around a light.
_NEAR = 10


class Label(Struct, frozen=True):
    """A name on the sheet, and where its middle is."""

    x: float
    y: float
    texte: str


class Point(Struct, frozen=True):
    """A planet on the sheet, the larger the brighter."""

    x: float
    y: float
    rayon: float


class Moon(Struct, frozen=True):
    """What is lit of the Moon, as an outline whose lit side is right before it is turned by
    ``penche`` degrees towards the Sun."""

    x: float
    y: float
    trace: str
    penche: int


class Dusk(Struct, frozen=True):
    """The sheet of an evening: stars by size, lights, names, winds; where the Sun is below the
    horizon; how far the outlines are moved, and how large they are drawn."""

    quand: datetime
    couchant: float
    etoiles: tuple[str, ...]
    astres: tuple[Point, ...]
    lune: Moon | None
    noms: tuple[Label, ...]
    vents: tuple[Label, ...]
    # Of what is named, where it is seen.
    vus: tuple[tuple[str, Spot], ...]
    decalage: int
    echelles: tuple[float, ...]


def outlines() -> Mapping[str, Any]:
    """The table of outlines: those there are, which ones stand for a region."""
    rows: Mapping[str, Any] = rows_of("portail_ciel", "silhouettes")
    return rows


def described(sheet: Dusk, names: Iterable[str]) -> str:
    """What the sheet of an evening shows, over these outlines."""
    table = outlines()["silhouettes"]
    seen = " ; ".join(f"{name} {words.where(spot)}" for name, spot in sheet.vus)
    text: str = words.WORDS["dessin"]
    return text.format(
        heure=words.hour(sheet.quand),
        ici=in_words([table[name]["dit"] for name in names]),
        vus=seen or words.WORDS["etoiles"],
    )


def dusk(almanac: Almanac, night: Night, names: Sequence[str]) -> Dusk | None:
    """The sheet of an evening over three outlines; ``None`` where no night falls."""
    when = night.crepuscule
    if when is None or night.coucher is None:
        return None
    moment = almanac.moment(when)
    sheet = _Sheet(south=almanac.place.lat < 0)
    bodies = {"Lune": Body.Moon, **PLANETS}
    spots = {name: almanac.spot(body, moment) for name, body in bodies.items()}
    seen = {name: spot for name, spot in spots.items() if spot.hauteur >= LOW and sheet.holds(spot)}
    sun = almanac.spot(Body.Sun, moment)
    places = {name: sheet.at(spot) for name, spot in seen.items()}
    if moon := places.get("Lune"):
        places = {name: _beside(moon, spot) for name, spot in places.items()}
    shift, scales = _aside(places, names)
    return Dusk(
        when,
        sheet.at(sun)[0],
        tuple(sheet.dots(almanac, moment)),
        astres=tuple(
            Point(*spot, _radius(PLANETS[name], moment))
            for name, spot in places.items()
            if name in PLANETS
        ),
        lune=Moon(*moon, _lit(night.phase), _tilt(seen["Lune"], sun)) if moon else None,
        noms=tuple(_named(places)),
        vents=tuple(sheet.winds()),
        vus=tuple(seen.items()),
        decalage=shift,
        echelles=scales,
    )


class _Sheet:
    """The half of the sky where planets go, the south in its middle; the north, in the south."""

    def __init__(self, *, south: bool) -> None:
        self._middle = 0 if south else 180

    def at(self, spot: Spot) -> tuple[float, float]:
        turn = (spot.azimut - self._middle + 180) % 360 - 180
        return round(_WIDTH / 2 + _DEGREE * turn, 1), round(_HORIZON - _DEGREE * spot.hauteur, 1)

    def holds(self, spot: Spot) -> bool:
        x, y = self.at(spot)
        return _NEAR < x < _WIDTH - _NEAR and _NEAR < y < _HORIZON

    def dots(self, almanac: Almanac, moment: astronomy.Time) -> Iterator[str]:
        turned = Turned(almanac, moment)
        stars = [(turned.spot(*row[:2]), row[2]) for row in star_table()["etoiles"]]
        for brightest, faintest in pairwise(_SIZES):
            shown = (
                self.at(spot)
                for spot, magnitude in stars
                if brightest <= magnitude < faintest and self.holds(spot)
            )
            yield "".join(f"M{x:g} {y:g}h0" for x, y in shown)

    def winds(self) -> Iterator[Label]:
        for rank, name in enumerate(words.WORDS["initiales"]):
            x, y = self.at(Spot(45 * rank, 0))
            if _LINE < x < _WIDTH - _LINE:
                yield Label(x, y, name)


def _radius(body: Body, moment: astronomy.Time) -> float:
    magnitude: float = astronomy.Illumination(body, moment).mag
    return round(max(3.0, min(7.0, 5 - 0.75 * magnitude)), 1)


def _beside(moon: tuple[float, float], spot: tuple[float, float]) -> tuple[float, float]:
    """A light as near the Moon as it may be, which is drawn larger than it is seen."""
    far = dist(moon, spot)
    if not 0 < far < _MOON:
        return spot
    x, y = (round(a + (b - a) * _MOON / far, 1) for a, b in zip(moon, spot, strict=True))
    return x, y


def _lit(phase: float) -> str:
    return words.moon_path(min(phase, 360 - phase), south=False)


def _tilt(moon: Spot, sun: Spot) -> int:
    """From the right of the Moon to the Sun, clockwise."""
    apart = radians(sun.azimut - moon.azimut)
    high = radians(moon.hauteur)
    low = radians(sun.hauteur)
    return round(degrees(atan2(sin(apart), cos(high) * tan(low) - sin(high) * cos(apart))) - 90)


def _named(places: Mapping[str, tuple[float, float]]) -> Iterator[Label]:
    """Names of lights, each above its own, below or beside it, where none is yet."""
    taken = [(x, y + _LINE / 3, 2.0 * _AWAY) for x, y in places.values()]
    for name, (x, y) in places.items():
        away = _MOON if name == "Lune" else 0
        half = _LETTER * len(name) / 2
        beside = half + _AWAY + away
        spots = (
            (x, y - _AWAY - away),
            (x + beside, y + _LINE / 3),
            (x - beside, y + _LINE / 3),
            (x, y + _AWAY + away + _LINE / 2),
        )
        apart = [row for row in taken if row[0] != x]
        for middle, line in spots:
            middle = round(max(half, min(middle, _WIDTH - half)), 1)
            if line > _LINE * 0.8 and all(
                abs(middle - other) >= half + wide or abs(line - level) >= _LINE
                for other, level, wide in apart
            ):
                taken.append((middle, line, half))
                yield Label(middle, round(line, 1), name)
                break


def _aside(
    places: Mapping[str, tuple[float, float]], names: Sequence[str]
) -> tuple[int, tuple[float, ...]]:
    """How far to step aside, and how large to draw each outline, for them to hide no light."""
    table = outlines()["silhouettes"]
    lights = [(x, y, _MOON / 2 if name == "Lune" else _NEAR) for name, (x, y) in places.items()]
    masses = [(_FIRST + rank * _NEXT, table[name]["masses"]) for rank, name in enumerate(names)]
    choices = (
        (step, tuple(_scale(lights, middle + step, lights_of) for middle, lights_of in masses))
        for step in _STEPS
    )
    return max(choices, key=lambda choice: sum(choice[1]))


def _scale(
    lights: Collection[tuple[float, float, float]], middle: float, masses: Iterable[Sequence[float]]
) -> float:
    """The largest at which an outline hides no light, else the smallest."""
    return next(
        (
            scale
            for scale in _SCALES
            if not any(
                start * scale - room < x - middle < end * scale + room
                and _HORIZON - y < height * scale + room
                for x, y, room in lights
                for start, end, height in masses
            )
        ),
        _SCALES[-1],
    )
