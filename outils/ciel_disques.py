"""The Moon with its true phase, and what passes before or behind another: discs, true to scale."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import astronomy as a

import ciel_calculs as calculs
from ciel_calculs import CITIES, NAMES, Place, instant, radius
from ciel_papier import (
    COLOURS,
    DIM,
    HIGH,
    NIGHT,
    PALE,
    WIDE,
    Point,
    said,
    whole,
    words,
)
from dessins import SIGNAL, circle, number


def flat(body: a.Body, at: a.Time, city: a.Observer) -> Place:
    """Where a body is, refraction left out: what small distances are measured with."""
    here = a.Equator(body, at, city, True, True)
    found = a.Horizon(at, city, here.ra, here.dec, a.Refraction.Airless)
    return Place(found.azimuth, found.altitude)


def offset(centre: Place, other: Place) -> Point:
    """Degrees to the right of a place and above it."""
    right = (other.azimuth - centre.azimuth + 180) % 360 - 180
    return right * math.cos(math.radians(centre.altitude)), other.altitude - centre.altitude


def sunward(at: a.Time, city: a.Observer) -> float:
    """Where the lit limb of the Moon is: radians from its right, clockwise as drawn."""
    moon, sun = flat(a.Body.Moon, at, city), flat(a.Body.Sun, at, city)
    turn = math.radians(sun.azimuth - moon.azimuth)
    m, s = math.radians(moon.altitude), math.radians(sun.altitude)
    right = math.cos(s) * math.sin(turn)
    above = math.sin(s) * math.cos(m) - math.cos(s) * math.sin(m) * math.cos(turn)
    return math.atan2(-above, right)


def moon_disc(place: Point, size: float, at: a.Time, city: a.Observer) -> Iterator[str]:
    """The Moon with its true phase, lit from where the Sun is."""
    share = calculs.lit(a.Body.Moon, at)
    turn = math.degrees(sunward(at, city))
    x, y = number(place[0]), number(place[1])
    wide = abs(1 - 2 * share) * size
    sweep = 0 if share < 0.5 else 1
    lit = (
        f"M0 {number(-size)}A{number(size)} {number(size)} 0 0 1 0 {number(size)}"
        f"A{number(wide)} {number(size)} 0 0 {sweep} 0 {number(-size)}Z"
    )
    yield circle(place, size, fill="#2A3B55", stroke="#6C83A3", width=1)
    yield (
        f'<path d="{lit}" transform="translate({x} {y}) rotate({number(turn)})" fill="#F4EFDF"/>'
    )


def horizontal(vector: a.Vector, turn: a.RotationMatrix) -> Place:
    """Where a vector of J2000 points, refraction left out."""
    found = a.HorizonFromVector(a.RotateVector(turn, vector), a.Refraction.Airless)
    return Place(found.lon, found.lat)


def moons(
    middle: Point, scale: float, at: a.Time, city: a.Observer
) -> list[tuple[Point, float, str, str]]:
    """The four large moons of Jupiter around it, in degrees of the sky."""
    vector = a.GeoVector(a.Body.Jupiter, at, True)
    then = at.AddDays(-vector.Length() / a.C_AUDAY)
    found: list[tuple[Point, float, str, str]] = []
    turn = a.Rotation_EQJ_HOR(at, city)
    planet = horizontal(vector, turn)
    disc = radius(a.Body.Jupiter, a.JUPITER_EQUATORIAL_RADIUS_KM, at, city)
    states = a.JupiterMoons(then)
    for name, state in (
        ("Io", states.io),
        ("Europe", states.europa),
        ("Ganymède", states.ganymede),
        ("Callisto", states.callisto),
    ):
        where = a.Vector(vector.x + state.x, vector.y + state.y, vector.z + state.z, at)
        away = offset(planet, horizontal(where, turn))
        if math.hypot(*away) < 1.5 * disc:
            continue  # before the planet, behind it, or lost in its light
        found.append(((middle[0] + away[0] * scale, middle[1] - away[1] * scale), 3.0, PALE, name))
    return found


@dataclass(frozen=True)
class Discs:
    """Something told by discs rather than by the sky: an eclipse, an occultation."""

    event: str
    body: a.Body
    when: datetime

    @property
    def title(self) -> str:
        """What is drawn."""
        return f"{NAMES[self.body][0].upper()}{NAMES[self.body][1:]}, {said(self.when)}"

    def svg(self) -> str:
        """The whole drawing."""
        draw = eclipse if self.body is a.Body.Sun else occultation
        return whole(self.title, draw(self))


def eclipse(discs: Discs) -> Iterator[str]:
    """The Sun at the greatest moment of its eclipse, above five cities."""
    yield f'<rect width="{WIDE}" height="{HIGH}" fill="{NIGHT}"/>'
    yield words(
        (150, 92),
        "Le Soleil au plus fort de l’éclipse, le 25 octobre 2022",
        size=34,
        colour=PALE,
        weight=700,
        anchor="start",
    )
    note = "le zénith est en haut ; à regarder avec des lunettes d’éclipse, jamais à l’œil nu"
    yield words((150, 134), note, size=22, colour=DIM, anchor="start")
    start = instant(discs.when - timedelta(days=1))
    for rank, (name, city) in enumerate(CITIES.items()):
        x, y = (220 + 380 * rank, 270) if rank < 3 else (410 + 380 * (rank - 3), 538)
        found = calculs.eclipse(city, start)
        sun, moon = (flat(body, found.greatest, city) for body in (a.Body.Sun, a.Body.Moon))
        size = 82.0
        scale = size / radius(a.Body.Sun, calculs.SUN_KM, found.greatest, city)
        right, above = offset(sun, moon)
        shade = radius(a.Body.Moon, calculs.MOON_KM, found.greatest, city) * scale
        yield f'<clipPath id="soleil{rank}">{circle((x, y), size, fill="#000")}</clipPath>'
        yield circle((x, y), size, fill=SIGNAL)
        dark = circle((x + right * scale, y - above * scale), shade, fill=NIGHT)
        yield f'<g clip-path="url(#soleil{rank})">{dark}</g>'
        yield circle((x, y), size, stroke=SIGNAL, width=1.5)
        first, top, last = (hour(at) for at in (found.begins, found.greatest, found.ends))
        yield words((x, y + 112), f"{name}, {top}", size=30, colour=PALE, weight=700)
        part = f"{first} → {last}, {found.hidden * 100:.0f} % caché"
        yield words((x, y + 146), part, size=22, colour=DIM)


def occultation(discs: Discs) -> Iterator[str]:
    """The Moon at true phase and the way of a planet behind it, seen from Lille."""
    body, around = discs.body, instant(discs.when)
    yield f'<rect width="{WIDE}" height="{HIGH}" fill="{NIGHT}"/>'
    yield from passage(body, around, CITIES["Lille"])
    day, _, _ = said(discs.when).partition(",")
    title = f"{NAMES[body]} passe derrière la Lune, {day}"
    yield words((150, 92), title, size=34, colour=PALE, weight=700, anchor="start")
    note = "vu de Lille, le zénith en haut"
    yield words((150, 134), note, size=22, colour=DIM, anchor="start")
    for rank, (name, city) in enumerate(CITIES.items()):
        both = calculs.occultation(body, city, around)
        assert both
        line = " – ".join(hour(at) for at in both)
        y = 300 + rank * 56
        yield words((800, y), name, size=28, colour=PALE, weight=700, anchor="start")
        yield words((1180, y), line, size=28, colour=PALE, anchor="end")


def passage(body: a.Body, around: a.Time, city: a.Observer) -> Iterator[str]:
    """The Moon, the way of the planet, and where it goes and comes."""
    middle, size = (430.0, 430.0), 220.0
    both = calculs.occultation(body, city, around)
    assert both
    goes, comes = both
    half = a.Time((goes.ut + comes.ut) / 2)
    scale = size / radius(a.Body.Moon, calculs.MOON_KM, half, city)

    def place(at: a.Time) -> Point:
        right, above = offset(flat(a.Body.Moon, at, city), flat(body, at, city))
        return middle[0] + right * scale, middle[1] - above * scale

    yield from moon_disc(middle, size, half, city)
    steps = [goes.AddDays((step - 12) * 2 / 1440) for step in range(60)]
    points = [place(at) for at in steps if at.ut < comes.AddDays(24 / 1440).ut]
    path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    line = f'fill="none" stroke="{COLOURS[body]}" stroke-width="3" stroke-dasharray="3 8"'
    yield f'<polyline points="{path}" {line}/>'
    for at, what in ((goes, "disparaît"), (comes, "reparaît")):
        x, y = place(at)
        yield circle((x, y), 11, fill=COLOURS[body], stroke=NIGHT, width=3)
        told = f"{what} à {hour(at)}"
        left = x + 24 if x > middle[0] else max(24, x - 24 - len(told) * 14)
        spot = left, y + (30 if y > middle[1] else -40)
        yield words(spot, told, size=26, colour=COLOURS[body], weight=700, anchor="start")


def hour(at: a.Time) -> str:
    """``6 h 02``, to the nearest minute."""
    found = calculs.minute(at)
    return f"{found.hour} h {found.minute:02}"
