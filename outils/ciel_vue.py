"""A sky chart: what one sees from a town, in a direction, at a civil time.

The view is stereographic, centred on the horizon, which is hence straight; north is left when one
looks east.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import astronomy as a

import ciel_calculs as calculs
from ciel_calculs import CITIES, NAMES, Place, instant, seen
from ciel_disques import flat, moon_disc, moons, offset
from ciel_etoiles import figures, stars
from ciel_papier import (
    COLOURS,
    DIM,
    DUSK,
    EARTH,
    GLOW,
    GROUND,
    HIGH,
    LINE,
    NIGHT,
    PALE,
    WIDE,
    Point,
    said,
    whole,
    words,
)
from dessins import SIGNAL, circle, number


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


@dataclass
class View:
    """A chart being drawn; ``taken`` are the boxes where words already are."""

    chart: Chart
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = instant(self.chart.when)
        self.city = CITIES[self.chart.city]
        self.scale = (WIDE / 2 - 20) / (2 * math.tan(math.radians(self.chart.wide / 4)))
        self.taken.append((WIDE - 680, 0, WIDE, 120))
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
        return place[0] > WIDE - 680 and place[1] < 126

    def star(self, hip: str) -> Place:
        """Where a star is."""
        one = stars()[hip]
        return calculs.star(one.right_ascension, one.declination, self.at, self.city)

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
        for body in (*calculs.PLANETS, a.Body.Moon):
            bright = body is a.Body.Moon or calculs.magnitude(body, self.at) < 2
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
            size = max(3.6, min(11, 7 - 1.05 * calculs.magnitude(body, self.at)))
            yield circle(place, size + 5, fill=COLOURS[body], opacity=0.25)
            yield circle(place, size, fill=COLOURS[body])
            self.take(place, size)
        if moon:
            yield from self.label(moon, "la Lune", 22, 24, PALE, 700)
        for body, place in places.items():
            yield from self.label(place, NAMES[body], 14, 24, COLOURS[body], 700)

    def radiant(self) -> Iterator[str]:
        """Where meteors of a shower seem to come from; and places that the chart points at."""
        for shower in calculs.SHOWERS:
            if shower.name != self.chart.shower:
                continue
            here = calculs.star(shower.right_ascension, shower.declination, self.at, self.city)
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
            here = calculs.star(right_ascension, declination, self.at, self.city)
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
                name = calculs.WINDS[rank // 2]
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
        yield words((edge, 70), self.chart.title, size=30, colour=PALE, weight=700, anchor="end")
        note = "hauteurs en degrés ; Lune et planètes agrandies"
        yield words((edge, 104), note, size=19, colour=DIM, anchor="end")

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
        for body in (a.Body.Moon, *calculs.PLANETS):
            place = flat(body, self.at, self.city)
            away = offset(centre, place)
            where = middle[0] + away[0] * scale, middle[1] - away[1] * scale
            near = math.dist(where, middle) < half - 6
            dim = calculs.magnitude(body, self.at) > 9
            if body is a.Body.Moon:
                if math.dist(where, middle) < half + 0.26 * scale:
                    yield '<g clip-path="url(#rond)">'
                    yield from moon_disc(where, 0.26 * scale, self.at, self.city)
                    yield "</g>"
            elif near and not dim:
                size = max(3.2, min(9, 6 - 0.9 * calculs.magnitude(body, self.at)))
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
