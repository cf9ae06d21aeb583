"""Which communes are within reach of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from portail.geo.coordinates import KM_PER_DEGREE, LatLon, distance_km
from portail.geo.places import Commune


def within(places: Iterable[Commune], towns: Iterable[Commune], reach: float) -> Iterator[Commune]:
    """Those of ``towns`` whose centre is within ``reach`` kilometres of one of ``places``."""
    high = reach / KM_PER_DEGREE
    cells: dict[tuple[int, int], list[LatLon]] = defaultdict(list)
    for town in places:
        if town.lat is not None and town.lon is not None:
            cells[int(town.lat // high), int(town.lon // (2 * high))].append((town.lat, town.lon))
    for town in towns:
        if town.lat is None or town.lon is None:
            continue
        here = (town.lat, town.lon)
        row = int(town.lat // high)
        column = int(town.lon // (2 * high))
        around = (cells.get((row + up, column + on), ()) for up in (0, -1, 1) for on in (0, -1, 1))
        if any(distance_km(here, place) <= reach for some in around for place in some):
            yield town
