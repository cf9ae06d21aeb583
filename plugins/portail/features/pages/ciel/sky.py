"""What the sky shows from a place: rises and sets, planets, what happens; hours, no words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import combinations
from math import acos, cos, degrees, radians, sin
from typing import Any

import astronomy
from astronomy import Body, Direction
from msgspec import Struct

from portail.resources import rows_of

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
# Degrees of the Sun below the horizon at the end of nautical twilight, and when night is dark.
_NAUTICAL = -12
_DARK = -18
# A planet below this height is not told: roofs and haze hide it.
LOW = 8
# Two lights are near one another within these degrees.
_NEAR = 4
# A new or full Moon within these degrees of the ecliptic may make an eclipse.
_AT_NODE = 1.7
# The nearest to the north or the south that the radiant of a shower has to culminate.
_RADIANT = 20
# Degrees by which the equinox moves in a day.
_PRECESSION = 50.29 / 3600 / 365.25
# When a planet that rises in the night is still one of the evening.
_LATE = 23

PLANETS: Mapping[str, Body] = {
    "Mercure": Body.Mercury,
    "Vénus": Body.Venus,
    "Mars": Body.Mars,
    "Jupiter": Body.Jupiter,
    "Saturne": Body.Saturn,
}
_INNER = ("Mercure", "Vénus")


class Place(Struct, frozen=True):
    """Where one looks from: degrees, and the clock there."""

    lat: float
    lon: float
    zone: tzinfo


class Spot(Struct, frozen=True):
    """A point of the sky: degrees from the north by the east, and above the horizon."""

    azimut: float
    hauteur: float


class Planet(Struct, frozen=True):
    """A planet of a night: from when to when it is high enough, where it is then best seen."""

    nom: str
    debut: datetime
    fin: datetime
    point: Spot
    magnitude: float
    # A key of the words: from dusk until dawn (« nuit »), from dusk (« soir »), from an hour of the
    # evening (« leve »), late (« matin »).
    moment: str


class Night(Struct, frozen=True):
    """A day and the night that follows; ``None`` for what does not take place."""

    jour: date
    lever: datetime | None
    coucher: datetime | None
    # Whether the Sun is up at noon: what a day without rise and set is.
    soleil: bool
    # The end of nautical twilight, its beginning the next morning; from when it is dark.
    crepuscule: datetime | None
    aube: datetime | None
    noir: datetime | None
    lune_lever: datetime | None
    lune_coucher: datetime | None
    # Degrees from the Sun, at sunset: 90 at the first quarter.
    phase: float
    planetes: tuple[Planet, ...]


class Happening(Struct, frozen=True):
    """What happens at an hour: ``sorte`` is a key of the words, ``noms`` who, ``valeur`` how much
    (degrees, share in percent, number an hour), from ``debut`` to ``fin`` for an eclipse."""

    quand: datetime
    sorte: str
    noms: tuple[str, ...] = ()
    valeur: float = 0
    debut: datetime | None = None
    fin: datetime | None = None


class SkyWeek(Struct, frozen=True):
    """A week of nights, and what happens in it."""

    nuits: tuple[Night, ...]
    faits: tuple[Happening, ...]


class Almanac:
    """What the library says, on the clock of a place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.observer = astronomy.Observer(place.lat, place.lon, 0)

    def week(self, first: date, evenings: Collection[int] = range(7)) -> SkyWeek:
        """The sky of seven days from ``first``; planets are looked for in these ``evenings``."""
        nights = tuple(
            self._night(first + count * _DAY, planets=count in evenings) for count in range(7)
        )
        start = self.moment(datetime.combine(first, time()))
        end = self.moment(datetime.combine(first + 7 * _DAY, time()))
        found = (
            self._moon(start, end, nights),
            self._seasons(first),
            self._heights(start, end, nights),
            self._meetings(nights),
            self._showers(start, end, nights),
        )
        facts = sorted((one for some in found for one in some), key=lambda one: one.quand)
        return SkyWeek(nights, tuple(facts))

    def moment(self, local: datetime) -> astronomy.Time:
        at = local.replace(tzinfo=self.place.zone).astimezone(UTC)
        return astronomy.Time.Make(at.year, at.month, at.day, at.hour, at.minute, at.second)

    def local(self, moment: astronomy.Time) -> datetime:
        """The minute of a moment on the clock of the place."""
        there: datetime = moment.Utc().replace(tzinfo=UTC).astimezone(self.place.zone)
        return (there + _MINUTE / 2).replace(second=0, microsecond=0, tzinfo=None)

    def _hour(self, moment: astronomy.Time | None) -> datetime | None:
        return None if moment is None else self.local(moment)

    def spot(self, body: Body, moment: astronomy.Time) -> Spot:
        seen = astronomy.Equator(body, moment, self.observer, True, True)
        there = astronomy.Horizon(
            moment, self.observer, seen.ra, seen.dec, astronomy.Refraction.Normal
        )
        return Spot(round(there.azimuth, 1), round(there.altitude, 1))

    def _rise_set(
        self, body: Body, start: astronomy.Time
    ) -> tuple[datetime | None, datetime | None]:
        up, down = (
            astronomy.SearchRiseSet(body, self.observer, way, start, 1)
            for way in (Direction.Rise, Direction.Set)
        )
        return self._hour(up), self._hour(down)

    def _crossing(
        self, body: Body, way: Direction, start: astronomy.Time, height: float, days: float = 1
    ) -> astronomy.Time | None:
        return astronomy.SearchAltitude(body, self.observer, way, start, days, height)

    def _night(self, day: date, *, planets: bool) -> Night:
        midnight = self.moment(datetime.combine(day, time()))
        noon = self.moment(datetime.combine(day, time(12)))
        rise, set_ = self._rise_set(Body.Sun, midnight)
        moon_rise, moon_set = self._rise_set(Body.Moon, midnight)
        dusk = self._crossing(Body.Sun, Direction.Set, noon, _NAUTICAL)
        dark = self._crossing(Body.Sun, Direction.Set, noon, _DARK)
        dawn = self._crossing(Body.Sun, Direction.Rise, dusk, _NAUTICAL) if dusk else None
        evening = self.moment(set_) if set_ else noon
        return Night(
            day,
            rise,
            set_,
            self.spot(Body.Sun, noon).hauteur > 0,
            self._hour(dusk),
            self._hour(dawn),
            self._hour(dark),
            moon_rise,
            moon_set,
            round(astronomy.MoonPhase(evening), 1),
            tuple(self._planets(dusk, dawn)) if planets and dusk and dawn else (),
        )

    def _planets(self, dusk: astronomy.Time, dawn: astronomy.Time) -> Iterator[Planet]:
        for name, body in PLANETS.items():
            evening = self.spot(body, dusk)
            morning = self.spot(body, dawn)
            length = dawn.ut - dusk.ut
            start: astronomy.Time | None = dusk
            end: astronomy.Time | None = dawn
            if evening.hauteur < LOW:
                start = self._crossing(body, Direction.Rise, dusk, LOW, length)
            if start is None:
                continue
            if morning.hauteur < LOW:
                end = self._crossing(body, Direction.Set, start, LOW, length)
            begun = self.local(start)
            moment = "matin"
            spot = morning
            if evening.hauteur >= LOW:
                moment = "nuit" if morning.hauteur >= LOW else "soir"
                spot = evening
            elif 12 <= begun.hour < _LATE:
                moment = "leve"
                spot = self.spot(body, start)
            brightness = round(astronomy.Illumination(body, dusk).mag, 1)
            yield Planet(name, begun, self.local(end or dawn), spot, brightness, moment)

    def _moon(
        self, start: astronomy.Time, end: astronomy.Time, nights: Sequence[Night]
    ) -> Iterator[Happening]:
        """Its quarters; eclipses, which are some hours away from the instant of a quarter."""
        quarter = astronomy.SearchMoonQuarter(start.AddDays(-1))
        while quarter.time.ut < end.ut + 1:
            if start.ut <= quarter.time.ut < end.ut:
                yield Happening(self.local(quarter.time), f"quartier-{quarter.quarter}")
            if abs(astronomy.EclipticGeoMoon(quarter.time).lat) < _AT_NODE:
                if quarter.quarter == 0:
                    yield from self._sun_eclipse(start, end, nights)
                if quarter.quarter == 2:
                    yield from self._moon_eclipse(start, end)
            quarter = astronomy.NextMoonQuarter(quarter)

    def _sun_eclipse(
        self, start: astronomy.Time, end: astronomy.Time, nights: Sequence[Night]
    ) -> Iterator[Happening]:
        seen = astronomy.SearchLocalSolarEclipse(start, self.observer)
        if seen.peak.time.ut >= end.ut:
            return
        first, peak, last = (
            self.local(one.time) for one in (seen.partial_begin, seen.peak, seen.partial_end)
        )
        day = nights[peak.weekday()]
        first = max(first, day.lever or first)
        last = min(last, day.coucher or last)
        share = round(100 * seen.obscuration)
        at = min(max(peak, first), last)
        yield Happening(at, "eclipse-soleil", valeur=share, debut=first, fin=last)

    def _moon_eclipse(self, start: astronomy.Time, end: astronomy.Time) -> Iterator[Happening]:
        seen = astronomy.SearchLunarEclipse(start)
        if seen.peak.ut >= end.ut or not seen.sd_partial:
            return
        half = seen.sd_partial / (24 * 60)
        minutes = (seen.peak.AddDays(half * part / 10) for part in range(-10, 11))
        up = [one for one in minutes if self.spot(Body.Moon, one).hauteur > 0]
        if up:
            yield Happening(
                self.local(min(up, key=lambda one: abs(one.ut - seen.peak.ut))),
                "eclipse-lune-totale" if seen.sd_total else "eclipse-lune",
                debut=self.local(up[0]),
                fin=self.local(up[-1]),
            )

    def _seasons(self, first: date) -> Iterator[Happening]:
        turns = vars(astronomy.Seasons(first.year)).values()
        for number, turn in enumerate(turns):
            at = self.local(turn)
            if first <= at.date() < first + 7 * _DAY:
                yield Happening(at, f"saison-{number}")

    def _heights(
        self, start: astronomy.Time, end: astronomy.Time, nights: Sequence[Night]
    ) -> Iterator[Happening]:
        """When a planet of these nights faces the Sun, or is the farthest from it."""
        for name in {one.nom: one for night in nights for one in night.planetes}:
            if name in _INNER:
                seen = astronomy.SearchMaxElongation(PLANETS[name], start)
                at = seen.time
                sort = f"elongation-{seen.visibility.name}"
                apart = round(seen.elongation)
            else:
                at = astronomy.SearchRelativeLongitude(PLANETS[name], 0, start)
                sort = "opposition"
                apart = 180
            if at.ut < end.ut:
                yield Happening(self.local(at), sort, (name,), apart)

    def _meetings(self, nights: Sequence[Night]) -> Iterator[Happening]:
        """Of each two lights, when they are nearest, of the hours at which both are seen."""
        nearest: dict[tuple[str, str], Happening] = {}
        bodies = {"la Lune": Body.Moon, **PLANETS}
        for hour in (hour for night in nights for hour in (night.crepuscule, night.aube) if hour):
            moment = self.moment(hour)
            spots = {name: self.spot(body, moment) for name, body in bodies.items()}
            seen = [name for name, spot in spots.items() if spot.hauteur >= LOW]
            for pair in combinations(seen, 2):
                apart = _between(*(spots[name] for name in pair))
                known = nearest.get(pair)
                if apart <= _NEAR and (known is None or apart < known.valeur):
                    nearest[pair] = Happening(hour, "rapprochement", pair, apart)
        yield from nearest.values()

    def _showers(
        self, start: astronomy.Time, end: astronomy.Time, nights: Sequence[Night]
    ) -> Iterator[Happening]:
        for name, row in _showers().items():
            # That of the table is counted from the equinox of 2000, which moves.
            longitude = row["longitude"] + _PRECESSION * start.ut
            at = astronomy.SearchSunLongitude(longitude, start, end.ut - start.ut)
            if at is None or 90 - abs(self.place.lat - row["declinaison"]) < _RADIANT:
                continue
            peak = self.local(at)
            evening = (peak - timedelta(hours=12)).date()
            night = next((one for one in nights if one.jour == evening), nights[0])
            if night.noir:
                yield Happening(peak, "meteores", (name,), row["nombre"])


def _between(one: Spot, other: Spot) -> float:
    """Degrees from a point of the sky to another."""
    high = radians(one.hauteur)
    low = radians(other.hauteur)
    turn = radians(one.azimut - other.azimut)
    apart = sin(high) * sin(low) + cos(high) * cos(low) * cos(turn)
    return round(degrees(acos(min(1, apart))), 1)


def _showers() -> Mapping[str, Mapping[str, Any]]:
    rows: Mapping[str, Mapping[str, Any]] = rows_of("pages.ciel", "essaims")["essaims"]
    return rows
