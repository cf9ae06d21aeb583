"""What happens in the sky, and where: computed with Astronomy Engine, for five towns.

Astronomy Engine needs no file and no network. It is good to about an arc minute: hours of contacts
hold to the minute or two. `ciel` prints what is computed here, `ciel_cartes` draws it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import combinations
from zoneinfo import ZoneInfo

import astronomy as a

PARIS = ZoneInfo("Europe/Paris")
START, END = date(2022, 9, 26), date(2023, 3, 31)
CLOSE = 5.0
"""Degrees below which two bodies are told to be together."""

CITIES = {
    "Lille": a.Observer(50.6292, 3.0573, 25),
    "Amiens": a.Observer(49.8942, 2.2957, 30),
    "Laon": a.Observer(49.5641, 3.6199, 150),
    "Beauvais": a.Observer(49.4295, 2.0807, 70),
    "Arras": a.Observer(50.2910, 2.7775, 70),
}
PARIS_OBSERVATORY = a.Observer(48.8363, 2.3365, 60)

NAMES = {
    a.Body.Sun: "le Soleil",
    a.Body.Moon: "la Lune",
    a.Body.Mercury: "Mercure",
    a.Body.Venus: "Vénus",
    a.Body.Mars: "Mars",
    a.Body.Jupiter: "Jupiter",
    a.Body.Saturn: "Saturne",
    a.Body.Uranus: "Uranus",
    a.Body.Neptune: "Neptune",
}
PLANETS = tuple(NAMES)[2:]
OUTER = (a.Body.Mars, a.Body.Jupiter, a.Body.Saturn, a.Body.Uranus, a.Body.Neptune)
PHASES = ("nouvelle Lune", "premier quartier", "pleine Lune", "dernier quartier")
SEASONS = ("équinoxe de mars", "solstice de juin", "équinoxe de septembre", "solstice de décembre")
MOON_KM, SUN_KM = 1737.4, 695_700.0
WINDS = "nord,nord-est,est,sud-est,sud,sud-ouest,ouest,nord-ouest".split(",")


# ── Time ─────────────────────────────────────────────────────────────────────────────────


def instant(moment: datetime) -> a.Time:
    """A moment of any zone; without a zone, it is civil time in France."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=PARIS)
    at = aware.astimezone(UTC)
    seconds = at.second + at.microsecond / 1e6
    return a.Time.Make(at.year, at.month, at.day, at.hour, at.minute, seconds)


def civil(moment: a.Time) -> datetime:
    """Civil time in France, to the second."""
    at = datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=moment.ut)
    at = (at + timedelta(seconds=0.5)).replace(microsecond=0)
    return at.astimezone(PARIS)


def minute(moment: a.Time) -> datetime:
    """Civil time in France, to the nearest minute."""
    return (civil(moment) + timedelta(seconds=30)).replace(second=0)


def day_start(day: date) -> a.Time:
    """Midnight in France."""
    return instant(datetime.combine(day, time()))


# ── Places in the sky ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Place:
    """Where a body is seen: degrees from the north by the east, above the horizon (refracted)."""

    azimuth: float
    altitude: float

    @property
    def wind(self) -> str:
        """One of eight directions."""
        return WINDS[round(self.azimuth / 45) % 8]


def seen(body: a.Body, at: a.Time, city: a.Observer) -> Place:
    """Where a body is in the sky of a city."""
    here = a.Equator(body, at, city, True, True)
    found = a.Horizon(at, city, here.ra, here.dec, a.Refraction.Normal)
    return Place(found.azimuth, found.altitude)


def star(right_ascension: float, declination: float, at: a.Time, city: a.Observer) -> Place:
    """Where a star is, from its degrees of J2000."""
    fixed = a.VectorFromSphere(a.Spherical(declination, right_ascension, 1), at)
    turned = a.RotateVector(a.Rotation_EQJ_HOR(at, city), fixed)
    found = a.HorizonFromVector(turned, a.Refraction.Normal)
    return Place(found.lon, found.lat)


def separation(one: a.Body, other: a.Body, at: a.Time, city: a.Observer | None = None) -> float:
    """Degrees between two bodies, seen from the centre of the Earth or from a city."""
    if city is None:
        return a.AngleBetween(a.GeoVector(one, at, True), a.GeoVector(other, at, True))
    places = (a.Equator(body, at, city, True, True).vec for body in (one, other))
    return a.AngleBetween(*places)


def lit(body: a.Body, at: a.Time) -> float:
    """The lit share of a disc, 0 to 1."""
    return a.Illumination(body, at).phase_fraction


def magnitude(body: a.Body, at: a.Time) -> float:
    """How bright a body is: the smaller the brighter."""
    return a.Illumination(body, at).mag


def crossing(
    body: a.Body, city: a.Observer, after: a.Time, *, up: bool, altitude: float | None = None
) -> a.Time | None:
    """When a body next rises (``up``) or sets, or crosses an altitude that refraction ignores."""
    way = a.Direction.Rise if up else a.Direction.Set
    if altitude is None:
        return a.SearchRiseSet(body, city, way, after, 1.5)
    return a.SearchAltitude(body, city, way, after, 1.5, altitude)


# ── What happens ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Happening:
    """One thing that the sky does: when, and what."""

    at: a.Time
    what: str


def phases(start: a.Time, end: a.Time) -> Iterator[Happening]:
    """Quarters of the Moon."""
    found = a.SearchMoonQuarter(start)
    while found.time.ut < end.ut:
        yield Happening(found.time, PHASES[found.quarter])
        found = a.NextMoonQuarter(found)


def seasons(start: a.Time, end: a.Time) -> Iterator[Happening]:
    """Equinoxes and solstices."""
    for year in range(civil(start).year, civil(end).year + 1):
        of_year = a.Seasons(year)
        moments = (of_year.mar_equinox, of_year.jun_solstice)
        for at, name in zip(
            (*moments, of_year.sep_equinox, of_year.dec_solstice), SEASONS, strict=True
        ):
            if start.ut <= at.ut < end.ut:
                yield Happening(at, name)


def oppositions(start: a.Time, end: a.Time) -> Iterator[Happening]:
    """Outer planets opposite the Sun."""
    for body in OUTER:
        # As the Sun sees them, and without the time that light takes.
        near = a.SearchRelativeLongitude(body, 0, start)
        at = zero(partial(opposed, body), near.AddDays(-1), near.AddDays(1))
        if start.ut <= at.ut < end.ut:
            words = f"opposition {'d’' if NAMES[body][0] in 'AEIOU' else 'de '}{NAMES[body]}"
            yield Happening(at, words)


def opposed(body: a.Body, at: a.Time) -> float:
    """How far a body is, in apparent longitude, past the point opposite the Sun."""
    ahead = longitude(body, at) - longitude(a.Body.Sun, at)
    return ahead % 360 - 180


def longitude(body: a.Body, at: a.Time) -> float:
    """Apparent longitude in the ecliptic of the day, from the centre of the Earth."""
    return a.Ecliptic(a.GeoVector(body, at, True)).elon


def elongations(start: a.Time, end: a.Time) -> Iterator[Happening]:
    """Mercury and Venus at their farthest from the Sun."""
    for body in (a.Body.Mercury, a.Body.Venus):
        found = a.SearchMaxElongation(body, start)
        while found.time.ut < end.ut:
            when = "matin" if found.visibility is a.Visibility.Morning else "soir"
            words = f"plus grande élongation de {NAMES[body]}, {found.elongation:.1f}°, {when}"
            yield Happening(found.time, words)
            found = a.SearchMaxElongation(body, found.time.AddDays(2))


def conjunctions(
    start: a.Time, end: a.Time, limit: float = CLOSE
) -> Iterator[tuple[a.Time, a.Body, a.Body, float]]:
    """When two bodies are the closest, below ``limit`` degrees, as the Earth's centre sees it."""
    step = 0.25
    for pair in combinations((a.Body.Moon, *PLANETS), 2):

        def gap(at: a.Time, pair: tuple[a.Body, a.Body] = pair) -> float:
            return separation(*pair, at)

        days = [start.ut + rank * step for rank in range(round((end.ut - start.ut) / step) + 1)]
        gaps = [gap(a.Time(day)) for day in days]
        for rank in range(1, len(days) - 1):
            before, here, after = gaps[rank - 1 : rank + 2]
            if here <= before and here < after and here < limit + 1:
                at = least(gap, days[rank - 1], days[rank + 1])
                if gap(at) < limit:
                    yield at, *pair, gap(at)


def least(measure: Callable[[a.Time], float], low: float, high: float) -> a.Time:
    """When ``measure``, which goes down then up between two days, is the least."""
    golden = (math.sqrt(5) - 1) / 2
    while high - low > 1e-5:
        left, right = high - golden * (high - low), low + golden * (high - low)
        if measure(a.Time(left)) < measure(a.Time(right)):
            high = right
        else:
            low = left
    return a.Time((low + high) / 2)


def zero(measure: Callable[[a.Time], float], low: a.Time, high: a.Time) -> a.Time:
    """When ``measure`` changes its sign, between two times where it has both."""
    first, left, right = measure(low), low.ut, high.ut
    while right - left > 1e-6:
        middle = (left + right) / 2
        if (measure(a.Time(middle)) < 0) == (first < 0):
            left = middle
        else:
            right = middle
    return a.Time((left + right) / 2)


# ── Discs that meet ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Eclipse:
    """A partial eclipse of the Sun in one place.

    ``magnitude``: the hidden share of the Sun's diameter; ``hidden``: of its surface.
    """

    begins: a.Time
    greatest: a.Time
    ends: a.Time
    magnitude: float
    hidden: float


def radius(body: a.Body, kilometres: float, at: a.Time, city: a.Observer) -> float:
    """Half of the apparent diameter of a body, in degrees."""
    away = a.Equator(body, at, city, True, True).dist * a.KM_PER_AU
    return math.degrees(math.asin(kilometres / away))


def eclipse(city: a.Observer, after: a.Time) -> Eclipse:
    """The next solar eclipse that a place sees."""
    found = a.SearchLocalSolarEclipse(after, city)
    top = found.peak.time
    sun, moon = radius(a.Body.Sun, SUN_KM, top, city), radius(a.Body.Moon, MOON_KM, top, city)
    gap = separation(a.Body.Sun, a.Body.Moon, top, city)
    share = (sun + moon - gap) / (2 * sun)
    return Eclipse(found.partial_begin.time, top, found.partial_end.time, share, found.obscuration)


def occultation(body: a.Body, city: a.Observer, around: a.Time) -> tuple[a.Time, a.Time] | None:
    """When the centre of a planet goes behind the Moon and comes out, within six hours."""

    def gap(at: a.Time) -> float:
        return separation(a.Body.Moon, body, at, city) - radius(a.Body.Moon, MOON_KM, at, city)

    closest = least(gap, around.ut - 0.25, around.ut + 0.25)
    if gap(closest) >= 0:
        return None
    return zero(gap, around.AddDays(-0.25), closest), zero(gap, closest, around.AddDays(0.25))


# ── Meteors ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Shower:
    """A meteor shower, as the International Meteor Organization tells it.

    ``longitude`` is the Sun's at the maximum (J2000), the radiant is given in degrees, ``rate`` in
    meteors an hour under a perfect sky with the radiant overhead.
    """

    name: str
    longitude: float
    right_ascension: float
    declination: float
    rate: int


SHOWERS = (
    Shower("Orionides", 208.0, 95, 16, 20),
    Shower("Léonides", 235.27, 152, 22, 10),
    Shower("Géminides", 262.2, 112, 33, 150),
    Shower("Ursides", 270.7, 217, 76, 10),
    Shower("Quadrantides", 283.15, 230, 49, 110),
)


def sun_longitude(at: a.Time) -> float:
    """The Sun's longitude in the ecliptic of J2000, as showers are dated."""
    place = a.RotateVector(a.Rotation_EQJ_ECL(), a.GeoVector(a.Body.Sun, at, True))
    return math.degrees(math.atan2(place.y, place.x)) % 360


def maximum(shower: Shower, start: a.Time) -> a.Time:
    """The next time the Sun is at the shower's longitude."""

    def ahead(at: a.Time) -> float:
        return (sun_longitude(at) - shower.longitude + 180) % 360 - 180

    days = (shower.longitude - sun_longitude(start)) % 360 * 365.25 / 360
    return zero(ahead, start.AddDays(days - 4), start.AddDays(days + 4))
