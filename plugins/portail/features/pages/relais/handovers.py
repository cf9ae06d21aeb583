"""Which borrowers may hand a tool to each other, and what it spares. Distances are as the crow
flies, between the communes that the itinerance names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from portail.facts.base import Fact, Value
from portail.facts.place import host_of
from portail.features.services.prets.loans import copies_of
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.places import Commune
from portail.model.resource import Etape, ResourceEntry
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import nombre

_LABEL = "De main en main"
_LONGEST_WAIT = timedelta(days=21)
"""Between two loans; whoever keeps a tool longer has no room for it."""
_SPARED = 0.5
"""The direct way is at most this share of the way by the lender."""
_SHOWN = 2
"""Handovers that a page proposes, the nearest in time."""


class Handover(NamedTuple):
    """A loan that may follow another without the tool going back."""

    last: Etape
    following: Etape
    km: int
    """From one commune to the other."""
    km_by_lender: int
    """From the first to the lender’s commune, then to the second."""


def handovers(item: Item, site: Site, since: date) -> Iterator[Handover]:
    """Those whose second loan begins after ``since``, copy after copy, in order of time."""
    tool = item.of(ResourceEntry)
    home = _point(item.commune)
    if home is None or not tool.itinerante:
        return
    for last, following in _successions(tool):
        wait = following.du - last.au
        start, end = (_point(host_of(loan, site)[1]) for loan in (last, following))
        if following.du <= since or wait > _LONGEST_WAIT or start is None or end is None:
            continue
        direct = distance_km(start, end)
        around = distance_km(start, home) + distance_km(home, end)
        if around and direct <= around * _SPARED:
            yield Handover(last, following, round(direct), round(around))


def _successions(tool: ResourceEntry) -> Iterator[tuple[Etape, Etape]]:
    """Loans of one copy that follow each other, by the day of the second."""
    loans = tool.itinerance
    by_copy: dict[int, list[Etape]] = defaultdict(list)
    copies = copies_of(loans, tool.pret.exemplaires if tool.pret else 1)
    for loan, copy in zip(loans, copies, strict=True):
        if copy:
            by_copy[copy].append(loan)
    found = (
        pair
        for some in by_copy.values()
        for pair in pairwise(sorted(some, key=lambda loan: loan.du))
    )
    return iter(sorted(found, key=lambda pair: pair[1].du))


def _point(town: Commune | None) -> LatLon | None:
    if town is None or town.lat is None or town.lon is None:
        return None
    return town.lat, town.lon


def shown_handovers(item: Item, site: Site) -> Fact:
    """« De Laon à Soissons, 32 km au lieu de 118, autour du 14 novembre »."""
    tool = item.of(ResourceEntry)
    if not tool.itinerance:
        return Fact(_LABEL)
    near = list(handovers(item, site, site.day.date))[:_SHOWN]
    return Fact(_LABEL, tuple(Value(_sentence(one, site)) for one in near))


def _sentence(one: Handover, site: Site) -> str:
    start, end = (_who(loan, site) for loan in (one.last, one.following))
    day = jour(one.following.du, semaine=False, annee=False)
    return (
        f"{start} peut le passer à {end} vers le {day}\u00a0: {nombre(max(one.km, 1))}\u00a0km, "
        f"au lieu de {nombre(one.km_by_lender)} par le prêteur"
    )


def _who(loan: Etape, site: Site) -> str:
    """Its name and its commune; its commune alone when the borrower is not told."""
    name, town = host_of(loan, site)
    place = town.nom if town else ""
    return f"{name} ({place})" if name and place and place not in name else name or place
