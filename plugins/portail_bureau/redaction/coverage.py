"""Where nothing happens yet: EPCI without a rendez-vous soon, or without a place near.

A white zone is no fault of those who live there: beside each stand those who could come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.programme import Lasting, RendezVous, maintained
from portail.features.services.alentours.relations import (
    Around,
    is_helper,
    lender_of,
    nearest,
    nearest_by_lender,
    point_of,
)
from portail.geo.places import Epci, short_name
from portail.site.borrowed import borrowable
from portail.site.facets import territory_pair
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import sort_key

DESK = "/redaction/"
COVERAGE = f"{DESK}couverture/"

# Days, that of the build included, in which something has to take place.
COVERAGE_DAYS = 60
# Kilometres from the point of an EPCI within which a place is near.
REACH = 15.0
_MOST = 3

# Neither a rendez-vous nor a place; no rendez-vous; no place; both are there.
CLASSES = ("rien", "sans-evenement", "sans-lieu", "couvert")


class Cover(Struct, frozen=True):
    """What there is in an EPCI and near it; ``acteurs`` and ``outils`` could come, the nearest
    first.
    """

    epci: Epci
    evenements: int
    prochain: date | None
    lieux: int
    nearest: Around | None
    acteurs: tuple[Around, ...] = ()
    outils: tuple[tuple[Around, int], ...] = ()

    @property
    def lacks_event(self) -> bool:
        return not self.evenements

    @property
    def lacks_place(self) -> bool:
        near = self.nearest
        return not self.lieux and (near is None or near.km > REACH)

    @property
    def classe(self) -> str:
        return CLASSES[(not self.lacks_event) * 2 + (not self.lacks_place)]


@per_site
def coverage(site: Site) -> tuple[Cover, ...]:
    """Every EPCI that has a commune in the region of the site, by name; none without a region."""
    epcis = (
        territory for territory in site.geography.home_territoires if isinstance(territory, Epci)
    )
    lieux = [item for item in site.places if not item.entry.exemple]
    helpers = [item for item in lieux if is_helper(item)]
    tools = [item for item in borrowable(site) if not item.entry.exemple]
    return tuple(
        _cover(epci, site, lieux, helpers, tools)
        for epci in sorted(epcis, key=lambda epci: (sort_key(short_name(epci)), epci.siren))
    )


def _cover(
    epci: Epci,
    site: Site,
    lieux: Sequence[Item],
    helpers: Sequence[Item],
    tools: Sequence[Item],
) -> Cover:
    days = sorted(_days(epci, site))
    last = site.day.date + timedelta(days=COVERAGE_DAYS - 1)
    point = None
    if lieux or tools:
        point = point_of(site, epci, _seat(epci, site))
    near = nearest(point, lieux, 1) if point else ()
    cover = Cover(
        epci,
        sum(day <= last for day in days),
        next(iter(days), None),
        sum(any(code == epci.siren for code, _ in item.territoires) for item in lieux),
        next(iter(near), None),
    )
    if point is None or cover.classe == "couvert":
        return cover
    by_lender = Counter(map(lender_of, tools))
    lent = nearest_by_lender(point, tools, _MOST)
    outils = tuple((tool, by_lender[lender_of(tool.item)] - 1) for tool in lent)
    return replace(cover, acteurs=nearest(point, helpers, _MOST), outils=outils)


def _seat(epci: Epci, site: Site) -> str:
    page = site.territory_page(epci.siren)
    if page:
        return getattr(page.entry, "siege", None) or ""
    return ""


def _days(epci: Epci, site: Site) -> Iterator[date]:
    # The first day, from that of the build on, of each thing that takes place in an EPCI.
    outlook = site.ahead.of(territory_pair(epci, site.geography))
    first: dict[str, date] = {}
    rows: list[tuple[date, RendezVous | Lasting]] = [
        *outlook.rows,
        *((max(lasting.du, site.day.date), lasting) for lasting in outlook.lasting),
    ]
    for day, row in rows:
        ours = row.ref not in site.told and not site.on(row.ref).entry.exemple
        if maintained(row) and ours:
            first[row.ref] = min(day, first.get(row.ref, day))
    yield from first.values()
