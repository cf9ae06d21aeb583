"""Draw the sky charts of the agenda: what `ciel` computes, as one sees it above the horizon.

Usage: ``ciel_cartes.py [--check] [--svg DOSSIER] [NOM…]``. Each chart is an SVG drawing, the same
bytes at every run, rendered by Chromium as the PNG beside its event: contents take no SVG. The sum
of each drawing is kept in ``outils/ciel/cartes.json``, so that ``--check`` tells without a browser
whether pictures are still the script's. Exit codes: 0, 1 (``--check`` found something), 2 (no
browser).

The view is stereographic, centred on the horizon, which is hence straight; north is left when one
looks east. Stars (Hipparcos, ESA) and figures are tables of ``outils/ciel/``.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import astronomy as a

import ciel
from ciel import CITIES, NAMES, Place, instant, seen
from dessins import FONT, ROOT, SIGNAL, circle, number, text

if TYPE_CHECKING:
    from PIL import Image

EVENTS = ROOT / "content" / "events"
TABLES = Path(__file__).resolve().parent / "ciel"
SUMS = TABLES / "cartes.json"
BUDGET = 130_000
"""Largest size of one PNG file, in bytes."""

WIDE, HIGH, GROUND = 1200, 750, 662
NIGHT, DUSK, EARTH, PALE, DIM = "#101D30", "#35557F", "#0A121E", "#FBF9F3", "#A9B8CC"
LINE, GLOW = "#5E7BA3", "#C98A5B"
COLOURS = {
    a.Body.Mercury: "#D8CFC0",
    a.Body.Venus: "#FFF3C9",
    a.Body.Mars: "#F08A63",
    a.Body.Jupiter: "#F6DDAE",
    a.Body.Saturn: SIGNAL,
    a.Body.Uranus: "#9FDAD5",
    a.Body.Neptune: "#9DBBF0",
}
STARS = {  # names that French books write, by letter and constellation
    "α CMa": "Sirius", "α Boo": "Arcturus", "α Lyr": "Véga", "α Aur": "Capella",
    "β Ori": "Rigel", "α CMi": "Procyon", "α Ori": "Bételgeuse", "α Aql": "Altaïr",
    "α Tau": "Aldébaran", "α Vir": "l’Épi", "α Sco": "Antarès", "β Gem": "Pollux",
    "α Gem": "Castor", "α PsA": "Fomalhaut", "α Cyg": "Déneb", "α Leo": "Régulus",
    "α UMi": "l’Étoile polaire", "β Per": "Algol", "η Tau": "les Pléiades",
    "ε Peg": "Enif", "α Peg": "Markab", "β Cet": "Diphda", "α Ari": "Hamal",
}  # fmt: skip
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()

Point = tuple[float, float]


@dataclass(frozen=True)
class Star:
    """A star of the table: its number of Hipparcos, its name, its place in degrees of J2000."""

    hip: str
    name: str
    right_ascension: float
    declination: float
    magnitude: float


@cache
def stars() -> dict[str, Star]:
    """The stars, by number."""
    with (TABLES / "etoiles.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["hip"]: Star(
                row["hip"],
                STARS.get(f"{row['lettre']} {row['constellation']}", ""),
                float(row["ascension_droite"]),
                float(row["declinaison"]),
                float(row["magnitude"]),
            )
            for row in csv.DictReader(lines)
        }


@cache
def figures() -> dict[str, list[list[str]]]:
    """Lines that join the stars of each figure, by its French name."""
    with (TABLES / "figures.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {row["figure"]: [line.split("-") for line in row["etoiles"].split()] for row in rows}


# ── Charts ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Inset:
    """A round window at true scale: ``degrees`` across, around ``body``."""

    body: a.Body
    degrees: float
    words: str
    moons: bool = False  # the four large moons of Jupiter


@dataclass(frozen=True)
class Chart:
    """What one sees from a city, in a direction, at a civil time."""

    event: str
    city: str
    when: datetime
    look: float
    wide: float = 110
    faint: tuple[a.Body, ...] = ()
    inset: Inset | None = None
    shower: str = ""
    marks: tuple[tuple[str, float, float], ...] = ()  # a name, J2000 degrees

    @property
    def title(self) -> str:
        """Where and when, as said in French."""
        return f"{self.city}, {said(self.when)}"

    def svg(self) -> str:
        """The whole drawing."""
        return whole(self.title, View(self).draw())


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


def said(when: datetime) -> str:
    """``mardi 25 octobre 2022, 12 h 02``."""
    first = "1er" if when.day == 1 else str(when.day)
    hour = f"{when.hour} h {when.minute:02}" if when.minute else f"{when.hour} h"
    return f"{DAYS[when.weekday()]} {first} {MONTHS[when.month - 1]} {when.year}, {hour}"


def whole(title: str, inside: Iterable[str]) -> str:
    """An SVG file with its title."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" '
        f'viewBox="0 0 {WIDE} {HIGH}" font-family="Bricolage Grotesque">'
    )
    return "\n".join([head, f"<title>{escape(title)}</title>", *inside, "</svg>", ""])


def words(
    place: Point, said: str, *, size: int, colour: str, weight: int = 400, anchor: str = "middle"
) -> str:
    """A text with a dark edge, to be read on stars."""
    plain = text(place, said, size=size, colour=colour, weight=weight, anchor=anchor)
    edge = f'<text paint-order="stroke" stroke="{NIGHT}" stroke-width="4" stroke-linejoin="round" '
    return plain.replace("<text ", edge, 1)


@dataclass
class View:
    """A chart being drawn; ``taken`` are the boxes where words already are."""

    chart: Chart
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = instant(self.chart.when)
        self.city = CITIES[self.chart.city]
        self.scale = (WIDE / 2 - 20) / (2 * math.tan(math.radians(self.chart.wide / 4)))
        self.taken.append((WIDE - 680, 0, WIDE, 92))
        if self.chart.inset:
            x, y = self.window()
            self.taken.append((x - 150, y - 150, x + 150, y + 190))

    # Places

    def point(self, place: Place) -> Point | None:
        """Where a place of the sky is on the drawing, if it is in the field."""
        turn, high = math.radians(place.azimuth - self.chart.look), math.radians(place.altitude)
        ahead = math.cos(high) * math.cos(turn)
        if ahead < -0.4:
            return None
        k = 2 * self.scale / (1 + ahead)
        return WIDE / 2 + k * math.cos(high) * math.sin(turn), GROUND - k * math.sin(high)

    def shown(self, place: Place) -> Point | None:
        """The same, for what is above the ground and inside the frame."""
        found = self.point(place)
        if not found or place.altitude < -0.4:
            return None
        inside = 6 < found[0] < WIDE - 6 and 8 < found[1] <= GROUND + 2
        return found if inside else None

    def headed(self, place: Point) -> bool:
        """Whether the heading is there."""
        return place[0] > WIDE - 680 and place[1] < 100

    def star(self, hip: str) -> Place:
        """Where a star is."""
        one = stars()[hip]
        return ciel.star(one.right_ascension, one.declination, self.at, self.city)

    # Layers

    def draw(self) -> Iterator[str]:
        """From the sky's colour to the ground."""
        yield from self.sky()
        yield f'<clipPath id="ciel"><rect width="{WIDE}" height="{GROUND}"/></clipPath>'
        yield '<g clip-path="url(#ciel)">'
        yield from self.heights()
        yield from self.lines()
        yield from self.dots()
        yield "</g>"
        yield from self.land()
        yield from self.bodies()
        yield from self.radiant()
        yield from self.names()
        yield from self.window_drawn()
        yield from self.heading()

    def sky(self) -> Iterator[str]:
        """Night, or what is left of the day near the horizon."""
        sun = seen(a.Body.Sun, self.at, self.city).altitude
        light = min(1.0, max(0.0, (sun + 18) / 15))
        yield f'<rect width="{WIDE}" height="{HIGH}" fill="{NIGHT}"/>'
        if light:
            yield (
                '<linearGradient id="jour" x1="0" y1="0" x2="0" y2="1">'
                f'<stop offset="0" stop-color="{DUSK}" stop-opacity="{light * 0.35:.2f}"/>'
                f'<stop offset="0.6" stop-color="{DUSK}" stop-opacity="{light * 0.8:.2f}"/>'
                f'<stop offset="1" stop-color="{GLOW}" stop-opacity="{light * 0.75:.2f}"/>'
                "</linearGradient>"
                f'<rect width="{WIDE}" height="{GROUND}" fill="url(#jour)"/>'
            )

    def heights(self) -> Iterator[str]:
        """Dashed lines of equal height, with their degrees at the left edge."""
        steps = (10, 20, 30) if self.chart.wide < 80 else (10, 20, 30, 45, 60, 75)
        for high in steps:
            turns = range(-100, 101, 2)
            places = (self.point(Place(self.chart.look + turn, high)) for turn in turns)
            found = [place for place in places if place]
            path = " ".join(f"{number(x)},{number(y)}" for x, y in found if -50 < x < WIDE + 50)
            yield (
                f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="1.5" '
                'stroke-dasharray="2 9" opacity="0.8"/>'
            )
            edge = min(found, key=lambda place: abs(place[0] - 30))
            if edge[1] > (380 if self.chart.inset else 60):
                yield words((30, edge[1] - 12), f"{high}°", size=20, colour=DIM)

    def lines(self) -> Iterator[str]:
        """Figures."""
        for paths in figures().values():
            for path in paths:
                places = [self.point(self.star(hip)) for hip in path]
                if all(place and -300 < place[0] < WIDE + 300 for place in places):
                    points = " ".join(f"{number(x)},{number(y)}" for x, y in filter(None, places))
                    yield (
                        f'<polyline points="{points}" fill="none" stroke="{LINE}" '
                        'stroke-width="2" opacity="0.75"/>'
                    )

    def dots(self) -> Iterator[str]:
        """Stars, the larger the brighter."""
        for hip, one in stars().items():
            if place := self.shown(self.star(hip)):
                yield circle(place, max(1.1, 5.2 - 1.05 * one.magnitude), fill=PALE)

    def bodies(self) -> Iterator[str]:
        """Planets and the Moon, with their names."""
        places = {}
        for body in (*ciel.PLANETS, a.Body.Moon):
            bright = body is a.Body.Moon or ciel.magnitude(body, self.at) < 2
            place = self.shown(seen(body, self.at, self.city))
            if place and (bright or body in self.chart.faint) and not self.headed(place):
                places[body] = place
        moon = places.pop(a.Body.Moon, None)
        if moon:
            gap = min((math.dist(moon, other) for other in places.values()), default=99.0)
            true = self.scale * math.radians(0.26)
            size = max(true, min(20, gap * 0.45))
            yield from moon_disc(moon, size, self.at, self.city)
            self.take(moon, size)
        for body, place in places.items():
            size = max(3.6, min(11, 7 - 1.05 * ciel.magnitude(body, self.at)))
            yield circle(place, size + 5, fill=COLOURS[body], opacity=0.25)
            yield circle(place, size, fill=COLOURS[body])
            self.take(place, size)
        if moon:
            yield from self.label(moon, "la Lune", 22, 24, PALE, 700)
        for body, place in places.items():
            yield from self.label(place, NAMES[body], 14, 24, COLOURS[body], 700)

    def radiant(self) -> Iterator[str]:
        """Where meteors of a shower seem to come from; and places that the chart points at."""
        for shower in ciel.SHOWERS:
            if shower.name != self.chart.shower:
                continue
            here = ciel.star(shower.right_ascension, shower.declination, self.at, self.city)
            if place := self.shown(here):
                for degrees in range(0, 360, 30):
                    turn = math.radians(degrees)
                    (x, y), (u, v) = (
                        (place[0] + far * math.cos(turn), place[1] + far * math.sin(turn))
                        for far in (16, 40 if degrees % 60 else 58)
                    )
                    yield (
                        f'<path d="M{number(x)} {number(y)}L{number(u)} {number(v)}" '
                        f'stroke="{SIGNAL}" stroke-width="3" stroke-linecap="round"/>'
                    )
                self.take(place, 40)
                yield from self.label(place, f"radiant des {shower.name}", 64, 24, SIGNAL, 700)
        for name, right_ascension, declination in self.chart.marks:
            here = ciel.star(right_ascension, declination, self.at, self.city)
            if place := self.shown(here):
                yield circle(place, 16, stroke=SIGNAL, width=3)
                self.take(place, 16)
                yield from self.label(place, name, 22, 24, SIGNAL, 700)

    def names(self) -> Iterator[str]:
        """Bright stars, then figures that are well in the field."""
        for hip, one in stars().items():
            if one.name and (place := self.shown(self.star(hip))):
                yield from self.label(place, one.name, 11, 20, PALE, 400)
        for name, paths in figures().items():
            found = {hip: self.shown(self.star(hip)) for path in paths for hip in path}
            inside = [place for place in found.values() if place]
            if len(inside) > 0.6 * len(found):
                x = sum(place[0] for place in inside) / len(inside)
                y = sum(place[1] for place in inside) / len(inside)
                yield from self.label((x, y), name.upper(), 0, 17, DIM, 600)

    def land(self) -> Iterator[str]:
        """The ground, a slag heap and a belfry, and the directions."""
        hills = (
            "M0 800V706L150 700 300 708 372 706 430 664 452 662 520 704 640 708 790 702 868 706"
            "V672H872V660L878 640 884 660V672H888V706L960 702 1080 708 1200 700V800Z"
        )
        lower = f'transform="translate(0 {GROUND - 712})"'
        yield f'<path d="{hills}" fill="{EARTH}" {lower}/>'
        for rank in range(16):
            azimuth = rank * 22.5
            place = self.point(Place(azimuth, 0))
            if not place or not 30 < place[0] < WIDE - 30:
                continue
            if rank % 2 == 0:
                name = ciel.WINDS[rank // 2]
                large = rank % 4 == 0
                yield words(
                    (place[0], GROUND + 40),
                    name,
                    size=28 if large else 22,
                    colour=PALE if large else DIM,
                    weight=700 if large else 400,
                )
            tick = f"M{number(place[0])} {GROUND + 2}V{GROUND + 14}"
            yield f'<path d="{tick}" stroke="{DIM}" stroke-width="3"/>'

    def heading(self) -> Iterator[str]:
        """Where and when."""
        edge = WIDE - 28
        yield words((edge, 40), self.chart.title, size=30, colour=PALE, weight=700, anchor="end")
        note = "hauteurs en degrés ; Lune et planètes agrandies"
        yield words((edge, 76), note, size=19, colour=DIM, anchor="end")

    # The round window

    def window(self) -> Point:
        """Its centre."""
        assert self.chart.inset
        return 180, 210

    def window_drawn(self) -> Iterator[str]:
        """A body and those near it, at true scale and as high as in the sky."""
        inset = self.chart.inset
        if not inset:
            return
        middle, half = self.window(), 140
        scale = 2 * half / inset.degrees
        yield f'<clipPath id="rond">{circle(middle, half, fill="#000")}</clipPath>'
        yield circle(middle, half, fill=NIGHT, stroke=SIGNAL, width=3)
        centre = flat(inset.body, self.at, self.city)
        spots: list[tuple[Point, float, str, str]] = []
        for body in (a.Body.Moon, *ciel.PLANETS):
            place = flat(body, self.at, self.city)
            away = offset(centre, place)
            where = middle[0] + away[0] * scale, middle[1] - away[1] * scale
            near = math.dist(where, middle) < half - 6
            dim = ciel.magnitude(body, self.at) > 9
            if body is a.Body.Moon:
                if math.dist(where, middle) < half + 0.26 * scale:
                    yield '<g clip-path="url(#rond)">'
                    yield from moon_disc(where, 0.26 * scale, self.at, self.city)
                    yield "</g>"
            elif near and not dim:
                size = max(3.2, min(9, 6 - 0.9 * ciel.magnitude(body, self.at)))
                spots.append((where, size, COLOURS[body], NAMES[body]))
        if inset.moons:
            spots += moons(middle, scale, self.at, self.city)
        spots.sort(key=lambda spot: spot[0][0])
        for rank, (where, size, colour, name) in enumerate(spots):
            yield circle(where, size, fill=colour)
            up = (-24, 26, -46, 48, -68)[rank] if inset.moons else -20
            x = min(max(where[0], middle[0] - 100), middle[0] + 104)
            if abs(up) > 30:
                top, low = number(where[1] + up * 0.2), number(where[1] + up * 0.7)
                line = f"M{number(where[0])} {top}V{low}"
                yield f'<path d="{line}" stroke="{LINE}" stroke-width="1"/>'
            yield words((x, where[1] + up), name, size=17, colour=colour, weight=600)
        under = middle[0], middle[1] + half + 26
        yield words(under, inset.words, size=20, colour=SIGNAL, weight=600)

    # Words that do not meet

    def take(self, place: Point, size: float) -> None:
        """Keep words out of a disc."""
        x, y = place
        self.taken.append((x - size, y - size, x + size, y + size))

    def label(
        self, place: Point, said: str, away: float, size: int, colour: str, weight: int
    ) -> Iterator[str]:
        """A name beside a place: right, left, above or below, where nothing is; or none."""
        long, high = len(said) * size * 0.54, size * 1.0
        x, y = place
        for anchor, u, v, left in (
            ("start", x + away, y, x + away),
            ("end", x - away, y, x - away - long),
            ("middle", x, y - away - size * 0.7, x - long / 2),
            ("middle", x, y + away + size * 0.7, x - long / 2),
            ("start", x + away * 0.8, y + away + size * 0.5, x + away * 0.8),
            ("end", x - away * 0.8, y - away - size * 0.5, x - away * 0.8 - long),
        ):
            box = (left, v - high / 2, left + long, v + high / 2)
            free = all(
                box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in self.taken
            )
            if free and box[0] > 8 and box[2] < WIDE - 8 and box[1] > 10 and box[3] < GROUND - 2:
                self.taken.append(box)
                yield words((u, v), said, size=size, colour=colour, weight=weight, anchor=anchor)
                return


# ── The Moon and what is near ────────────────────────────────────────────────────────────


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
    share = ciel.lit(a.Body.Moon, at)
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


def moons(
    middle: Point, scale: float, at: a.Time, city: a.Observer
) -> list[tuple[Point, float, str, str]]:
    """The four large moons of Jupiter around it, in degrees of the sky."""
    vector = a.GeoVector(a.Body.Jupiter, at, True)
    then = at.AddDays(-vector.Length() / a.C_AUDAY)
    found, centre = [], flat(a.Body.Jupiter, at, city)
    states = a.JupiterMoons(then)
    for name, state in (
        ("Io", states.io),
        ("Europe", states.europa),
        ("Ganymède", states.ganymede),
        ("Callisto", states.callisto),
    ):
        where = a.Vector(vector.x + state.x, vector.y + state.y, vector.z + state.z, at)
        turned = a.RotateVector(a.Rotation_EQJ_HOR(at, city), where)
        seen_at = a.HorizonFromVector(turned, a.Refraction.Airless)
        planet = a.HorizonFromVector(
            a.RotateVector(a.Rotation_EQJ_HOR(at, city), vector), a.Refraction.Airless
        )
        away = offset(Place(planet.lon, planet.lat), Place(seen_at.lon, seen_at.lat))
        found.append(((middle[0] + away[0] * scale, middle[1] - away[1] * scale), 3.0, PALE, name))
    assert centre.altitude > 0
    return found


def eclipse(discs: Discs) -> Iterator[str]:
    """The Sun at the greatest moment of its eclipse, above five cities."""
    yield f'<rect width="{WIDE}" height="{HIGH}" fill="{NIGHT}"/>'
    yield words(
        (60, 62),
        "Le Soleil au plus fort de l’éclipse, mardi 25 octobre 2022",
        size=34,
        colour=PALE,
        weight=700,
        anchor="start",
    )
    note = "le zénith est en haut ; à regarder avec des lunettes d’éclipse, jamais à l’œil nu"
    yield words((60, 106), note, size=24, colour=DIM, anchor="start")
    start = instant(discs.when - timedelta(days=1))
    for rank, (name, city) in enumerate(CITIES.items()):
        x, y = (220 + 380 * rank, 260) if rank < 3 else (410 + 380 * (rank - 3), 556)
        found = ciel.eclipse(city, start)
        sun, moon = (flat(body, found.greatest, city) for body in (a.Body.Sun, a.Body.Moon))
        size = 90.0
        scale = size / ciel.radius(a.Body.Sun, ciel.SUN_KM, found.greatest, city)
        right, above = offset(sun, moon)
        shade = ciel.radius(a.Body.Moon, ciel.MOON_KM, found.greatest, city) * scale
        yield f'<clipPath id="soleil{rank}">{circle((x, y), size, fill="#000")}</clipPath>'
        yield circle((x, y), size, fill=SIGNAL)
        dark = circle((x + right * scale, y - above * scale), shade, fill=NIGHT)
        yield f'<g clip-path="url(#soleil{rank})">{dark}</g>'
        yield circle((x, y), size, stroke=SIGNAL, width=1.5)
        hours = [ciel.minute(at) for at in (found.begins, found.greatest, found.ends)]
        first, top, last = (f"{at.hour} h {at.minute:02}" for at in hours)
        yield words((x, y + 122), f"{name}, {top}", size=30, colour=PALE, weight=700)
        part = f"{first} → {last}, {found.hidden * 100:.0f} % caché"
        yield words((x, y + 158), part, size=22, colour=DIM)


def occultation(discs: Discs) -> Iterator[str]:
    """The Moon at true phase and the way of a planet behind it, seen from Lille."""
    body, city = discs.body, CITIES["Lille"]
    middle, size = (430.0, 425.0), 225.0
    around = instant(discs.when)
    found = ciel.occultation(body, city, around)
    assert found
    goes, comes = found
    half = a.Time((goes.ut + comes.ut) / 2)
    yield f'<rect width="{WIDE}" height="{HIGH}" fill="{NIGHT}"/>'
    yield from moon_disc(middle, size, half, city)
    scale = size / ciel.radius(a.Body.Moon, ciel.MOON_KM, half, city)

    def place(at: a.Time) -> Point:
        right, above = offset(flat(a.Body.Moon, at, city), flat(body, at, city))
        return middle[0] + right * scale, middle[1] - above * scale

    steps = [goes.AddDays((step - 12) * 2 / 1440) for step in range(60)]
    points = [place(at) for at in steps if at.ut < comes.AddDays(24 / 1440).ut]
    path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    yield (
        f'<polyline points="{path}" fill="none" stroke="{COLOURS[body]}" stroke-width="3" '
        'stroke-dasharray="3 8"/>'
    )
    for at, what in ((goes, "disparaît"), (comes, "reparaît")):
        x, y = place(at)
        yield circle((x, y), 11, fill=COLOURS[body], stroke=NIGHT, width=3)
        hour = ciel.minute(at)
        said = f"{what} à {hour.hour} h {hour.minute:02}"
        left = x + 24 if x > middle[0] else max(24, x - 24 - len(said) * 14)
        down = 30 if y > middle[1] else -40
        yield words(
            (left, y + down), said, size=26, colour=COLOURS[body], weight=700, anchor="start"
        )
    when = discs.when
    day = f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"
    title = f"{NAMES[body]} passe derrière la Lune, {day}"
    yield words((60, 60), title, size=34, colour=PALE, weight=700, anchor="start")
    note = "vu de Lille, le zénith en haut"
    yield words((60, 102), note, size=24, colour=DIM, anchor="start")
    for rank, (name, one) in enumerate(CITIES.items()):
        both = ciel.occultation(body, one, around)
        assert both
        hours = [ciel.minute(at) for at in both]
        line = " – ".join(f"{at.hour} h {at.minute:02}" for at in hours)
        y = 300 + rank * 56
        yield words((800, y), name, size=28, colour=PALE, weight=700, anchor="start")
        yield words((1180, y), line, size=28, colour=PALE, anchor="end")


# ── The charts of the agenda ─────────────────────────────────────────────────────────────


def at(text: str) -> datetime:
    """A civil time, ``2022-09-26 22:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=ciel.PARIS)


B = a.Body
CHARTS: tuple[Chart | Discs, ...] = (
    Chart(
        "2022-09-26-jupiter-au-plus-pres", "Lille", at("2022-09-26 22:00"), 120,
        inset=Inset(B.Jupiter, 0.36, "Jupiter aux jumelles", moons=True),
    ),
    Chart("2022-10-01-le-terminateur-de-la-lune", "Arras", at("2022-10-01 20:30"), 205, 80),
    Chart("2022-10-05-la-lune-saturne-et-le-capricorne", "Laon", at("2022-10-05 21:00"), 160, 80),
    Chart("2022-10-08-la-lune-pres-de-jupiter", "Amiens", at("2022-10-08 21:00"), 120, 80),
    Chart("2022-10-09-mercure-du-matin", "Beauvais", at("2022-10-09 07:15"), 100, 70),
    Chart("2022-10-14-la-lune-mars-et-aldebaran", "Beauvais", at("2022-10-14 23:30"), 80, 90),
    Chart(
        "2022-10-21-les-orionides", "Laon", at("2022-10-22 05:00"), 150, 140, shower="Orionides"
    ),
    Discs("2022-10-25-eclipse-partielle-de-soleil", B.Sun, at("2022-10-25 12:02")),
    Chart("2022-11-04-la-lune-et-jupiter-un-vendredi", "Arras", at("2022-11-04 19:00"), 140, 90),
    Chart("2022-11-11-mars-et-la-lune-gibbeuse", "Laon", at("2022-11-11 21:00"), 75, 90),
    Chart("2022-11-17-les-leonides", "Beauvais", at("2022-11-18 05:30"), 120, 130,
          shower="Léonides"),
    Chart(
        "2022-11-19-a-la-recherche-d-uranus", "Lille", at("2022-11-22 20:00"), 115, 100,
        faint=(B.Uranus,),
    ),
    Chart(
        "2022-11-26-la-galaxie-d-andromede", "Amiens", at("2022-11-26 19:00"), 100, 150,
        marks=(("galaxie d’Andromède", 10.6847, 41.2690),),
    ),
    Discs("2022-12-05-uranus-derriere-la-lune", B.Uranus, at("2022-12-05 18:00")),
    Discs("2022-12-08-mars-derriere-la-lune", B.Mars, at("2022-12-08 06:30")),
    Chart("2022-12-08-opposition-de-mars", "Amiens", at("2022-12-08 20:00"), 80, 120),
    Chart("2022-12-13-les-geminides", "Laon", at("2022-12-13 21:30"), 85, 140, shower="Géminides"),
    Chart("2022-12-21-solstice-et-mercure-du-soir", "Amiens", at("2022-12-21 17:30"), 222, 70),
    Chart("2022-12-22-les-ursides", "Arras", at("2022-12-23 00:00"), 5, 140, shower="Ursides"),
    Chart(
        "2022-12-26-toutes-les-planetes-d-un-coup", "Beauvais", at("2022-12-26 17:30"), 205, 130
    ),
    Chart("2022-12-29-la-lune-chez-jupiter", "Amiens", at("2022-12-29 19:30"), 200, 100),
    Chart(
        "2023-01-03-la-lune-frole-mars", "Lille", at("2023-01-03 21:00"), 140, 130,
        inset=Inset(B.Mars, 3.0, "aux jumelles"),
    ),
    Chart(
        "2023-01-03-les-quadrantides", "Lille", at("2023-01-04 06:30"), 80, 150,
        shower="Quadrantides",
    ),
    Chart("2023-01-20-le-cercle-d-hiver", "Laon", at("2023-01-20 20:30"), 150, 145),
    Chart(
        "2023-01-22-venus-rencontre-saturne", "Arras", at("2023-01-22 18:15"), 230, 70,
        inset=Inset(B.Venus, 3.0, "aux jumelles"),
    ),
    Chart("2023-01-25-lumiere-cendree-et-jupiter", "Beauvais", at("2023-01-25 19:00"), 225, 90),
    Chart("2023-01-30-la-lune-mars-et-les-pleiades", "Amiens", at("2023-01-30 20:00"), 170, 140),
    Chart("2023-02-18-la-lumiere-zodiacale", "Amiens", at("2023-02-18 20:00"), 250, 110),
    Chart("2023-02-22-la-lune-venus-et-jupiter", "Amiens", at("2023-02-22 19:15"), 245, 70),
    Chart("2023-02-27-premier-quartier-pres-de-mars", "Laon", at("2023-02-27 20:00"), 205, 150),
    Chart(
        "2023-03-01-venus-et-jupiter-se-frolent", "Lille", at("2023-03-01 19:15"), 250, 70,
        inset=Inset(B.Venus, 3.0, "aux jumelles"),
    ),
    Chart("2023-03-20-equinoxe-de-printemps", "Beauvais", at("2023-03-20 20:30"), 170, 150),
    Chart("2023-03-23-un-croissant-entre-deux-planetes", "Arras", at("2023-03-23 19:45"), 265, 70),
    Chart("2023-03-24-la-lune-au-dessus-de-venus", "Arras", at("2023-03-24 20:30"), 270, 70),
    Chart(
        "2023-03-30-venus-montre-uranus", "Amiens", at("2023-03-30 21:30"), 270, 70,
        faint=(B.Uranus,), inset=Inset(B.Venus, 4.0, "aux jumelles"),
    ),
)  # fmt: skip


def picture(chart: Chart | Discs) -> Path:
    """Where the PNG file of a chart is."""
    return EVENTS / chart.event / "carte.png"


def total(chart: Chart | Discs) -> str:
    """The sum by which a drawing is recognised."""
    return hashlib.sha256(chart.svg().encode()).hexdigest()


def check() -> Iterator[str]:
    """One line for each picture that is missing, not the script's or too heavy."""
    kept = json.loads(SUMS.read_text("utf-8"))
    for chart in CHARTS:
        name = picture(chart).relative_to(ROOT)
        if kept.get(chart.event) != total(chart):
            yield f"{name}: not what the script draws."
        if not picture(chart).is_file():
            yield f"{name}: missing."
        elif (size := picture(chart).stat().st_size) > BUDGET:
            yield f"{name}: {size} bytes, {BUDGET} at most."
    for name in sorted(kept.keys() - {chart.event for chart in CHARTS}):
        yield f"{name}: the script draws no such chart."


def render(charts: Iterable[Chart | Discs]) -> int:
    """Make the PNG files with Chromium, and keep the sums of their drawings."""
    from PIL import Image

    from audit_axe import browser
    from npm import ToolMissing

    font = base64.b64encode(FONT.read_bytes()).decode("ascii")
    face = (
        "@font-face{font-family:'Bricolage Grotesque';font-weight:200 800;"
        f"src:url(data:font/woff2;base64,{font})}}body{{margin:0}}svg{{display:block}}"
    )
    kept = json.loads(SUMS.read_text("utf-8")) if SUMS.is_file() else {}
    try:
        with browser() as chromium:
            page = chromium.new_page(viewport={"width": WIDE, "height": HIGH})
            for chart in charts:
                page.set_content(f"<style>{face}</style>{chart.svg()}")
                page.evaluate("document.fonts.ready")
                shot = Image.open(io.BytesIO(page.screenshot(type="png"))).convert("RGB")
                few = shot.quantize(palette=colours(shot), dither=Image.Dither.NONE)
                picture(chart).parent.mkdir(parents=True, exist_ok=True)
                few.save(picture(chart), optimize=True)
                kept[chart.event] = total(chart)
                print(f"{picture(chart).relative_to(ROOT)}: {picture(chart).stat().st_size} bytes")
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    known = {chart.event for chart in CHARTS}
    sums = {name: kept[name] for name in sorted(kept) if name in known}
    SUMS.write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")
    return 0


def colours(shot: Image.Image) -> Image.Image:
    """A palette for a chart that keeps the colours of its few bright points."""
    from PIL import Image

    kept = (*COLOURS.values(), PALE, DIM, LINE, "#F4EFDF", "#2A3B55")
    larger = Image.new("RGB", (shot.width, shot.height + 24 * len(kept)), NIGHT)
    larger.paste(shot)
    for rank, colour in enumerate(kept):
        larger.paste(colour, (0, shot.height + 24 * rank, shot.width, shot.height + 24 * rank + 24))
    return larger.quantize(128, dither=Image.Dither.NONE)


def main(arguments: list[str]) -> int:
    """Check, or render all charts or those that are named."""
    if "--check" in arguments:
        faults = list(check())
        print("\n".join(faults) or f"{len(CHARTS)} charts are the script's.")
        return 1 if faults else 0
    if arguments[:1] == ["--svg"]:
        folder = Path(arguments[1])
        folder.mkdir(parents=True, exist_ok=True)
        for chart in CHARTS:
            (folder / f"{chart.event}.svg").write_text(chart.svg(), encoding="utf-8")
        return 0
    return render([one for one in CHARTS if not arguments or one.event in arguments])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
