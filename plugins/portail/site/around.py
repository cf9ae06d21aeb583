"""What is around a place: the contents nearest to a point, the point of a territory.

Distances are as the crow flies, between centres of communes (``geo.coordinates.distance_km``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from portail.geo.coordinates import BoundingBox, LatLon, distance_km
from portail.geo.territories import Commune, Geography, Territoire
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

__all__ = [
    "Around", "is_helper", "lender_of", "nearest", "nearest_by_lender", "point_of",
    "point_of_commune",
]  # fmt: skip

HELPS = frozenset({"animation", "pret", "conseil", "formation"})
"""What a structure that can come or help offers others (vocabulary ``offres``)."""


class Around(NamedTuple):
    """A content, and how far it is in whole kilometres: 0 in the commune itself only."""

    item: Item
    km: int

    @property
    def loin(self) -> str:
        """How far, in words."""
        return f"à {self.km}\u00a0km" if self.km else "sur place"


def point_of_commune(commune: Commune | None) -> LatLon | None:
    """The centre of a commune; ``None`` when it is unknown."""
    if commune is None or commune.lat is None or commune.lon is None:
        return None
    return commune.lat, commune.lon


def nearest(
    point: LatLon, items: Iterable[Item], most: int = 6, reach: float | None = None
) -> tuple[Around, ...]:
    """The ``most`` contents nearest to ``point``, within ``reach`` kilometres if given, the nearest
    first, then in the order given. A content without a commune is nowhere, thus never near."""
    found: list[tuple[float, int, Item]] = []
    for rank, item in enumerate(items):
        there = point_of_commune(item.commune)
        km = distance_km(point, there) if there else None
        if km is not None and (reach is None or km <= reach):
            found.append((km, rank, item))
    found.sort(key=lambda row: row[:2])
    return tuple(Around(item, round(km) or int(km > 0)) for km, _, item in found[:most])


def lender_of(tool: Item) -> str:
    """Who lends a tool, as its sheet names it; the tool itself when it names nobody."""
    return getattr(tool.entry, "proprietaire", None) or tool.ref


def nearest_by_lender(
    point: LatLon, tools: Sequence[Item], most: int, reach: float | None = None
) -> tuple[Around, ...]:
    """The nearest tool of each of the ``most`` nearest lenders, as ``nearest`` tells them."""
    first: dict[str, Around] = {}
    for found in nearest(point, tools, len(tools), reach):
        first.setdefault(lender_of(found.item), found)
    return tuple(first.values())[:most]


def is_helper(item: Item) -> bool:
    """Whether a place is one to ask for help: an ``acteur-ressource``, or one that offers others to
    come, to lend, to advise or to train."""
    roles: tuple[str, ...] = getattr(item.entry, "roles", ())
    offers: tuple[str, ...] = getattr(item.entry, "offre", ())
    return "acteur-ressource" in roles or bool(HELPS.intersection(offers))


@per_site
def point_of(site: Site, territory: Territoire, siege: str = "") -> LatLon | None:
    """The point from which distances of a territory are told: the centre of its ``siege`` (INSEE
    code), else of its most populous town, else the middle of its communes."""
    geography = site.geography
    seat = point_of_commune(geography.by_code(siege) if siege else None)
    return seat or next(_centres(territory, geography), None)


def _centres(territory: Territoire, geography: Geography) -> Iterator[LatLon]:
    """Its towns, the most populous first, then the middle of all its communes."""
    communes = geography.communes_of(territory)
    codes = {one.code for one in communes}
    towns = (one for one in geography.towns if one.code in codes)
    yield from filter(None, map(point_of_commune, towns))
    box = BoundingBox.of(filter(None, map(point_of_commune, communes)))
    if box:
        yield box.centre
