"""What is up in the sky of an evening, and where."""

from __future__ import annotations

from cmath import polar, rect
from collections.abc import Iterator, Mapping
from datetime import datetime
from math import asin, atan2, cos, degrees, radians, sin
from typing import Any

import astronomy
from astronomy import Body
from msgspec import Struct

from portail.resources import rows_of

from .sky import PLANETS, Almanac, Spot

# Degrees under which a light is not seen; how much of a constellation is up when it is named.
_EDGE = 3
_UP = 0.6


class Chart(Struct, frozen=True):
    """What is up: constellations, then planets and Moon."""

    quand: datetime
    haut: tuple[tuple[str, Spot], ...]
    mobiles: tuple[tuple[str, Spot], ...]


def star_table() -> Mapping[str, Any]:
    rows: Mapping[str, Any] = rows_of("portail_ciel", "etoiles")
    return rows


def chart(almanac: Almanac, when: datetime) -> Chart:
    """What is up in a place, at an hour of its clock."""
    moment = almanac.moment(when)
    turned = Turned(almanac, moment)
    rows = star_table()
    figures = {
        name: [[turned.spot(*point) for point in line] for line in lines]
        for name, lines in rows["constellations"].items()
    }
    moving = {
        name: almanac.spot(body, moment) for name, body in {**PLANETS, "Lune": Body.Moon}.items()
    }
    seen = ((name, spot) for name, spot in moving.items() if spot.hauteur > _EDGE)
    return Chart(when, haut=tuple(_middles(figures)), mobiles=tuple(seen))


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


def _middles(figures: Mapping[str, list[list[Spot]]]) -> Iterator[tuple[str, Spot]]:
    for name, lines in figures.items():
        spots = [spot for line in lines for spot in line]
        seen = [spot for spot in spots if spot.hauteur > _EDGE]
        if len(seen) < _UP * len(spots):
            continue
        # Seen from below, on a disc whose middle is the zenith.
        points = [rect(90 - spot.hauteur, radians(spot.azimut)) for spot in seen]
        far, turn = polar(sum(points) / len(points))
        yield name, Spot(round(degrees(turn) % 360, 1), round(90 - far, 1))
