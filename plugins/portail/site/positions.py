"""Where contents are, as maps and open data show them."""

from __future__ import annotations

from msgspec import Struct

from portail.geo.coordinates import LatLon
from portail.geo.places import Commune
from portail.model.collections import PlaceEntry
from portail.model.entry import Entry
from portail.model.event import Event, away

from .item import Item
from .site import Site


class Position(Struct, frozen=True):
    """Degrees (WGS 84) of a content: its own if ``exacte``, else of its commune's town hall."""

    lat: float
    lon: float
    commune: Commune | None
    exacte: bool = False

    @property
    def point(self) -> LatLon:
        return self.lat, self.lon


def position_of(item: Item, site: Site) -> Position | None:
    """Where a lieu is, an event takes place, a tool is shown: its own address, else its lieu's."""
    entry = item.entry
    commune = item.commune
    place: Entry = entry
    if showing := site.showings.get(item.ref):
        host = site.items.get(showing.lieu)
        return (host and position_of(host, site)) or centre_of(commune)
    if isinstance(entry, Event) and (lieu := site.lieu_of(entry)):
        place = lieu.entry
    if not isinstance(place, (PlaceEntry, Event)) or away(place):
        return None
    if point := place.coordonnees:
        return Position(point.lat, point.lon, commune, True)
    return centre_of(commune)


def centre_of(commune: Commune | None) -> Position | None:
    if commune and commune.point:
        return Position(*commune.point, commune)
    return None
