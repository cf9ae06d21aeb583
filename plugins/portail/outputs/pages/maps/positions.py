"""Where a content is, and how well it is known."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, radians

from portail.geo.coordinates import LatLon, distance_km
from portail.geo.territories import Commune
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.lieu import Lieu
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["Position", "far_phrase", "position_of"]

_WINDS = (
    "au nord", "au nord-est", "à l’est", "au sud-est",
    "au sud", "au sud-ouest", "à l’ouest", "au nord-ouest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees (WGS 84) of a content: its own if ``exacte``, else of its commune's town hall."""

    lat: float
    lon: float
    commune: Commune | None
    exacte: bool = False

    @property
    def point(self) -> LatLon:
        """Latitude and longitude."""
        return self.lat, self.lon


def position_of(item: Item, site: Site) -> Position | None:
    """Where a lieu is, an event takes place, a tool is shown: its own address, else its lieu's."""
    entry, commune = item.entry, item.commune
    place: Entry = entry
    if showing := site.showings.get(item.ref):
        host = site.items.get(showing.lieu)
        return (position_of(host, site) if host else None) or _of_commune(commune)
    if isinstance(entry, Event) and (found := site.lieu_of(entry)):
        place = found.entry
    if not isinstance(place, (Lieu, Event)):
        return None
    known = place.coordonnees if isinstance(place, Lieu) else None
    if known:
        return Position(known.lat, known.lon, commune, True)
    return _of_commune(commune)


def _of_commune(commune: Commune | None) -> Position | None:
    if commune is None or commune.lat is None or commune.lon is None:
        return None
    return Position(commune.lat, commune.lon, commune)


def far_phrase(start: LatLon, end: LatLon) -> str:
    """How far and in which direction ``end`` is from ``start``.

    >>> far_phrase((50.7, 2.24), (50.75, 2.26))
    'à 6\\xa0km au nord'
    """
    (lat1, lon1), (lat2, lon2) = start, end
    east = (lon2 - lon1) * cos(radians((lat1 + lat2) / 2))
    wind = _WINDS[round(degrees(atan2(east, lat2 - lat1)) / 45) % 8]
    return f"à {max(1, round(distance_km(start, end)))}\u00a0km {wind}"
