"""What the sky shows from a place: rises and sets, planets, what happens; hours, no words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import partial
from itertools import combinations
from math import acos, cos, degrees, pi, radians, sin, sqrt
from typing import Any

import astronomy
from astronomy import Body, Direction
from msgspec import Struct
from msgspec.structs import replace

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
# How high the radiant of a shower has to be, and how often it is looked at.
_RADIANT = 20
_STEP = timedelta(minutes=15)
# Radii of the Sun and of the Moon, in astronomical units (IAU).
_SUN = 696_000 / astronomy.KM_PER_AU
_MOON = 1737.4 / astronomy.KM_PER_AU
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
    (degrees, share in percent, number an hour), from ``debut`` to ``fin`` for an eclipse; a shower
    is seen from ``debut``, under a Moon of which the share ``lune`` is lit."""

    quand: datetime
    sorte: str
    noms: tuple[str, ...] = ()
    valeur: float = 0
    debut: datetime | None = None
    fin: datetime | None = None
    lune: float = 0


class SkyWeek(Struct, frozen=True):
    """Nights of a week, and what happens in it."""

    nuits: tuple[Night, ...]
    faits: tuple[Happening, ...]


class Almanac:
    """What the library says, on the clock of a place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.observer = astronomy.Observer(place.lat, place.lon, 0)

    def week(self, first: date, evenings: Collection[int] = range(7)) -> SkyWeek:
        """The sky of seven days from ``first``, of which these ``evenings`` are told."""
        nights = tuple(self._night(first + count * _DAY) for count in evenings)
        last = first + 6 * _DAY
        searches = (
            self._moon(first, last),
            self._seasons(first),
            self._heights(first, last, nights),
            self._meetings(first),
            self._showers(first, last),
        )
        facts = [
            happening
            for happenings in searches
            for happening in happenings
            if first <= happening.quand.date() <= last
        ]
        return SkyWeek(nights, tuple(sorted(facts, key=lambda happening: happening.quand)))

    def outings(self, first: date, last: date) -> Iterator[Happening]:
        """What one goes out for from ``first`` to ``last``, or nearly: eclipses, showers,
        oppositions of planets that are seen, from when they are."""
        moons = self._moon(first, last)
        yield from (happening for happening in moons if happening.sorte.startswith("eclipse"))
        yield from self._showers(first, last)
        for name in (name for name in PLANETS if name not in _INNER):
            for happening in self._oppositions(name, first, last):
                dusk, dawn = self._dark(happening.quand.date(), _NAUTICAL)
                if dusk and dawn:
                    for planet in self._planets(dusk, dawn):
                        if planet.nom == name:
                            yield replace(happening, debut=planet.debut)

    def _dark(
        self, day: date, height: float
    ) -> tuple[astronomy.Time | None, astronomy.Time | None]:
        """When the Sun goes below a height in the evening of a day, and comes back above it."""
        dusk = self._crossing(Body.Sun, Direction.Set, self._at(day, 12), height)
        return dusk, self._crossing(Body.Sun, Direction.Rise, dusk, height) if dusk else None

    def _times(
        self, search: Callable[[astronomy.Time], Any], first: date, last: date
    ) -> Iterator[datetime]:
        """Each of the moments that a search finds one after another, until a day."""
        moment = search(self._at(first))
        while moment is not None and (at := self.local(moment)).date() <= last:
            yield at
            moment = search(moment.AddDays(1))

    def moment(self, local: datetime) -> astronomy.Time:
        at = local.replace(tzinfo=self.place.zone).astimezone(UTC)
        return astronomy.Time.Make(*at.timetuple()[:6])

    def _at(self, day: date, hour: int = 0) -> astronomy.Time:
        return self.moment(datetime.combine(day, time(hour)))

    def local(self, moment: astronomy.Time) -> datetime:
        """The minute of a moment on the clock of the place."""
        local: datetime = moment.Utc().replace(tzinfo=UTC).astimezone(self.place.zone)
        return (local + _MINUTE / 2).replace(second=0, microsecond=0, tzinfo=None)

    def _hour(self, moment: astronomy.Time | None) -> datetime | None:
        if moment is None:
            return None
        return self.local(moment)

    def spot(self, body: Body, moment: astronomy.Time) -> Spot:
        seen = astronomy.Equator(body, moment, self.observer, True, True)
        horizon = astronomy.Horizon(
            moment, self.observer, seen.ra, seen.dec, astronomy.Refraction.Normal
        )
        return Spot(round(horizon.azimuth, 1), round(horizon.altitude, 1))

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

    def _night(self, day: date) -> Night:
        midnight = self._at(day)
        noon = self._at(day, 12)
        rise, set_ = self._rise_set(Body.Sun, midnight)
        moon_rise, moon_set = self._rise_set(Body.Moon, midnight)
        dusk, dawn = self._dark(day, _NAUTICAL)
        dark = self._crossing(Body.Sun, Direction.Set, noon, _DARK)
        evening = self.moment(set_) if set_ else noon
        return Night(
            day,
            rise,
            set_,
            soleil=self.spot(Body.Sun, noon).hauteur > 0,
            crepuscule=self._hour(dusk),
            aube=self._hour(dawn),
            noir=self._hour(dark),
            lune_lever=moon_rise,
            lune_coucher=moon_set,
            phase=round(astronomy.MoonPhase(evening), 1),
            planetes=tuple(self._planets(dusk, dawn)) if dusk and dawn else (),
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
            yield Planet(
                name,
                begun,
                self.local(end or dawn),
                point=spot,
                magnitude=brightness,
                moment=moment,
            )

    def _moon(self, first: date, last: date) -> Iterator[Happening]:
        """Its quarters; eclipses seen from here, some hours away from the instant of a quarter."""
        moon = astronomy.SearchMoonQuarter(self._at(first - _DAY))
        while (at := self.local(moon.time)).date() <= last + _DAY:
            yield Happening(at, f"quartier-{moon.quarter}")
            if abs(astronomy.EclipticGeoMoon(moon.time).lat) < _AT_NODE:
                if moon.quarter == 0:
                    yield from self._sun_eclipse(moon.time)
                if moon.quarter == 2:
                    yield from self._moon_eclipse(moon.time)
            moon = astronomy.NextMoonQuarter(moon)

    def _sun_eclipse(self, moon: astronomy.Time) -> Iterator[Happening]:
        seen = astronomy.SearchLocalSolarEclipse(moon.AddDays(-1), self.observer)
        if seen.peak.time.ut > moon.ut + 1:
            return
        first, peak, last = (
            self.local(contact.time)
            for contact in (seen.partial_begin, seen.peak, seen.partial_end)
        )
        rise, set_ = self._rise_set(Body.Sun, self._at(peak.date()))
        first = max(first, rise or first)
        last = min(last, set_ or last)
        at = min(max(peak, first), last)
        share = round(self.hidden(seen.peak.time if at == peak else self.moment(at)))
        if first < last and share:
            yield Happening(at, "eclipse-soleil", valeur=share, debut=first, fin=last)

    def hidden(self, moment: astronomy.Time) -> float:
        """How much of the disc of the Sun the Moon hides, in percent: two discs, one over the
        other."""
        sun, moon = (
            astronomy.Equator(body, moment, self.observer, True, True)
            for body in (Body.Sun, Body.Moon)
        )
        r: float = _SUN / sun.dist
        s: float = _MOON / moon.dist
        apart = radians(astronomy.AngleBetween(sun.vec, moon.vec))
        if not abs(r - s) < apart < r + s:
            if apart < r:
                return 100 * min(1, s / r) ** 2
            return 0
        middle = (apart**2 + r**2 - s**2) / (2 * apart)
        lens = r**2 * acos(middle / r) + s**2 * acos((apart - middle) / s)
        lens -= apart * sqrt(r**2 - middle**2)
        return 100 * lens / (pi * r**2)

    def _moon_eclipse(self, moon: astronomy.Time) -> Iterator[Happening]:
        seen = astronomy.SearchLunarEclipse(moon.AddDays(-1))
        if seen.peak.ut > moon.ut + 1 or not seen.sd_partial:
            return
        half = seen.sd_partial / (24 * 60)
        minutes = (seen.peak.AddDays(half * part / 10) for part in range(-10, 11))
        up = [minute for minute in minutes if self.spot(Body.Moon, minute).hauteur > 0]
        if up[1:]:
            yield Happening(
                self.local(min(up, key=lambda minute: abs(minute.ut - seen.peak.ut))),
                "eclipse-lune-totale" if seen.sd_total else "eclipse-lune",
                valeur=100 * bool(seen.sd_total),
                debut=self.local(up[0]),
                fin=self.local(up[-1]),
            )

    def _seasons(self, first: date) -> Iterator[Happening]:
        turns = vars(astronomy.Seasons(first.year)).values()
        for number, turn in enumerate(turns):
            yield Happening(self.local(turn), f"saison-{number}")

    def _heights(self, first: date, last: date, nights: Sequence[Night]) -> Iterator[Happening]:
        """When a planet of these nights faces the Sun, or is the farthest from it."""
        for name in {planet.nom: planet for night in nights for planet in night.planetes}:
            if name not in _INNER:
                yield from self._oppositions(name, first, last)
                continue
            seen = astronomy.SearchMaxElongation(PLANETS[name], self._at(first))
            sort = f"elongation-{seen.visibility.name}"
            yield Happening(self.local(seen.time), sort, (name,), round(seen.elongation))

    def _oppositions(self, name: str, first: date, last: date) -> Iterator[Happening]:
        search = partial(astronomy.SearchRelativeLongitude, PLANETS[name], 0)
        for at in self._times(search, first, last):
            yield Happening(at, "opposition", (name,))

    def _meetings(self, first: date) -> Iterator[Happening]:
        """Of each two lights, when they are nearest, of the hours at which both are seen."""
        days = (self._dark(first + count * _DAY, _NAUTICAL) for count in range(7))
        nearest: dict[tuple[str, str], Happening] = {}
        bodies = {"la Lune": Body.Moon, **PLANETS}
        for moment in (moment for day in days for moment in day if moment):
            spots = {name: self.spot(body, moment) for name, body in bodies.items()}
            seen = [name for name, spot in spots.items() if spot.hauteur >= LOW]
            for pair in combinations(seen, 2):
                apart = _between(*(spots[name] for name in pair))
                known = nearest.get(pair)
                if apart <= _NEAR and (known is None or apart < known.valeur):
                    nearest[pair] = Happening(self.local(moment), "rapprochement", pair, apart)
        yield from nearest.values()

    def _showers(self, first: date, last: date) -> Iterator[Happening]:
        days = (last - first).days + 2
        for name, row in _showers().items():
            # That of the table is counted from the equinox of 2000, which moves.
            moved = _PRECESSION * self._at(first).ut
            search = partial(_sun_at, row["longitude"] + moved, days)
            for at in self._times(search, first, last):
                if start := self._shower_from(_eve(at), row):
                    moon = astronomy.Illumination(Body.Moon, self.moment(at)).phase_fraction
                    number = row["nombre"]
                    yield Happening(at, "meteores", (name,), number, start, lune=100 * moon)

    def _shower_from(self, eve: date, row: Mapping[str, Any]) -> datetime | None:
        """From when a shower is seen in a night: it is dark, and what it comes from is high
        enough."""
        if 90 - abs(self.place.lat - row["declinaison"]) < _RADIANT:
            return None
        dusk, dawn = self._dark(eve, _DARK)
        at = dusk and self.local(dusk)
        while at and dawn and at < self.local(dawn):
            horizon = astronomy.Horizon(
                self.moment(at),
                self.observer,
                row["ascension"] / 15,
                row["declinaison"],
                astronomy.Refraction.Airless,
            )
            if horizon.altitude >= _RADIANT:
                return at
            at += _STEP - timedelta(minutes=at.minute) % _STEP
        return None


def _sun_at(longitude: float, days: int, start: astronomy.Time) -> astronomy.Time | None:
    return astronomy.SearchSunLongitude(longitude, start, days)


def _eve(moment: datetime) -> date:
    """The day whose night is the nearest to a moment."""
    return (moment - timedelta(hours=12)).date()


def _between(spot: Spot, other: Spot) -> float:
    """Degrees from a point of the sky to another."""
    high = radians(spot.hauteur)
    low = radians(other.hauteur)
    turn = radians(spot.azimut - other.azimut)
    apart = sin(high) * sin(low) + cos(high) * cos(low) * cos(turn)
    return round(degrees(acos(min(1, apart))), 1)


def _showers() -> Mapping[str, Mapping[str, Any]]:
    rows: Mapping[str, Mapping[str, Any]] = rows_of("portail_ciel", "essaims")["essaims"]
    return rows
