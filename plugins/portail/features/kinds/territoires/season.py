"""A season, its outings, the communes of an EPCI that have none near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from portail.features.services.alentours.relations import point_of_commune
from portail.features.services.fiches.base import Answer, asked
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.places import Commune, Epci
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import sort_key

# Kilometres within which an outing is near, as the crow flies.
NEAR = 15.0


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


def outings(site: Site, season: Season) -> list[Answer]:
    """The outings of a season, each with its commune."""
    return asked(site, __name__, "sorties", debut=f"{season.du}", fin=f"{season.au}")


@per_site
def _places(site: Site, season: Season) -> Sequence[LatLon]:
    codes = dict.fromkeys(code for _, code in outings(site, season))
    places = (point_of_commune(site.geography.by_code(code)) for code in codes)
    return tuple(filter(None, places))


class Hole(Struct, frozen=True):
    """A commune, and how far the nearest outing is; ``None`` where there is none at all."""

    commune: Commune
    km: float | None


def holes(site: Site, epci: Epci, season: Season) -> Iterator[Hole]:
    """The communes of an EPCI without an outing near, by name; not those that are nowhere."""
    places = _places(site, season)
    for commune in sorted(site.geography.communes_of(epci), key=lambda town: sort_key(town.nom)):
        point = point_of_commune(commune)
        far = min((distance_km(point, place) for place in places), default=None) if point else 0
        if far is None or far > NEAR:
            yield Hole(commune, far)
