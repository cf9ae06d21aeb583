"""Who is reached: how far each commune is from the nearest outing of a season (``questions.sql``).

Answers are kept by intercommunality and season: an edit that moves no outing to another commune
asks none of them again.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from heapq import merge
from typing import NamedTuple, TypeAlias

from portail.features.services.fiches.records import Answer, asked
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.places import Commune, Territoire
from portail.site.memo import answer, kept_answer, per_site
from portail.site.site import Site
from portail.site.territories import known_by_key

# Kilometres within which an outing is near, as the crow flies.
NEAR = 15.0
# Kilometres of a degree of latitude, at least.
_DEGREE = 111.0
# Latitude, longitude, INSEE code.
_Place: TypeAlias = tuple[float, float, str]


class Season(NamedTuple):
    """Three months, from the first of March, June, September or December."""

    du: date
    au: date

    @classmethod
    def of(cls, day: date) -> Season:
        first = date(day.year - (day.month < 3), 3 * (day.month % 12 // 3) or 12, 1)
        after = (first + timedelta(days=95)).replace(day=1)
        return cls(first, after - timedelta(days=1))

    @property
    def last_year(self) -> Season:
        return Season.of(date(self.du.year - 1, self.du.month, 1))


class Near(NamedTuple):
    """The commune of the nearest outing, and how many kilometres away its town hall is."""

    code: str
    km: float


class Tally(NamedTuple):
    """Of a territory: its communes, how many of them are far from any outing; people, likewise."""

    communes: int = 0
    loin: int = 0
    habitants: int = 0
    habitants_loin: int = 0

    @property
    def wholly(self) -> bool:
        return 0 < self.communes == self.loin

    @property
    def zone(self) -> str:
        """How it is drawn; `""` where nobody is far."""
        if self.wholly:
            return "toutes"
        if self.loin and 2 * self.habitants_loin >= self.habitants:
            return "moitie"
        return "moins" if self.loin else ""


@answer
def _first(site: Site) -> str:
    return f"{Season.of(site.day.date).du}"


def season_of(site: Site) -> Season:
    """The season under way: who asks does not depend on the day."""
    return Season.of(date.fromisoformat(_first(site)))


def outings(site: Site, season: Season) -> list[Answer]:
    """The outings of a season: commune, reference, first day, whether it lasts; the first of each
    commune is the one to go to."""
    return asked(site, __name__, "sorties", debut=f"{season.du}", fin=f"{season.au}")


def announced(site: Site, code: str, season: Season) -> Mapping[str, int]:
    """How many things of each sort (``outing`` in ``schema.sql``) a territory has in a season."""
    days = {"debut": f"{season.du}", "fin": f"{season.au}"}
    return dict(asked(site, __name__, "annonces", code=code, **days))


@kept_answer
def _towns(site: Site, first: str) -> list[str]:
    return sorted({code for code, *_ in outings(site, Season.of(date.fromisoformat(first)))})


@per_site
def _places(site: Site, first: str) -> Sequence[_Place]:
    towns = filter(None, map(site.geography.by_code, _towns(site, first)))
    return sorted((*town.point, town.code) for town in towns if town.point)


def nearest(point: LatLon, places: Sequence[_Place]) -> Near | None:
    """The nearest of ``places``, in order of latitude, from which one looks north and south."""
    at = bisect(places, (*point, ""))
    found: Near | None = None

    def away(place: _Place) -> float:
        return abs(place[0] - point[0])

    for place in merge(reversed(places[:at]), places[at:], key=away):
        if found and away(place) * _DEGREE > found.km:
            break
        km = distance_km(point, place[:2])
        if found is None or km < found.km:
            found = Near(place[2], km)
    return found


@kept_answer
def _reach(site: Site, area: str, first: str) -> dict[str, Near | None]:
    # By code of commune, of those of an EPCI that have a place; else of a département, without one.
    places = _places(site, first)
    whole = known_by_key(area, site.geography)
    assert whole is not None
    towns = [town for town in site.geography.communes_of(whole) if _area(town) == area]
    return {town.code: nearest(town.point, places) for town in towns if town.point}


def _area(town: Commune) -> str:
    return town.epci or town.departement


def is_far(near: Near | None) -> bool:
    return near is None or near.km > NEAR


def reach(site: Site, area: Territoire, season: Season) -> Iterator[tuple[Commune, Near | None]]:
    """The communes of a territory whose place is known, with the outing that is nearest."""
    towns = site.geography.communes_of(area)
    known: dict[str, Near | None] = {}
    for part in dict.fromkeys(map(_area, towns)):
        known |= _reach(site, part, f"{season.du}")
    yield from ((town, known[town.code]) for town in towns if town.code in known)


@answer
def _tally(site: Site, code: str, first: str) -> Tally:
    area = known_by_key(code, site.geography)
    assert area is not None
    rows = [*reach(site, area, Season.of(date.fromisoformat(first)))]
    people = [(town.habitants or 0, is_far(near)) for town, near in rows]
    return Tally(
        len(people),
        sum(far for _, far in people),
        habitants=sum(count for count, _ in people),
        habitants_loin=sum(count for count, far in people if far),
    )


def tally(site: Site, code: str, season: Season) -> Tally:
    """What a territory, by its key, has far from any outing."""
    return _tally(site, code, f"{season.du}")
