"""Which territories hold a content: derived from its commune, or typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeAlias

from portail.geo.places import Commune, Departement, Epci, Region
from portail.geo.places import Territoire as Territory
from portail.geo.territories import Geography
from portail.model.collections import TerritoryEntry
from portail.text.typography import plain

# A territory that holds a content: its key in ``Indexes.by_territoire``, its official name.
Enclosing: TypeAlias = tuple[str, str]


def territory_code(territoire: Territory) -> str:
    """Key of a territory in ``Indexes.by_territoire``: SIREN or INSEE code, ``R`` before a
    region's (the region 32 is not the département 32)."""
    match territoire:
        case Epci(siren=siren):
            return siren
        case Region(code=code):
            return f"R{code}"
        case Departement(code=code):
            return code


def code_of(page: TerritoryEntry) -> str:
    code = page.code or ""
    if page.type == "region":
        return f"R{code}"
    return code


def known_by_page(page: TerritoryEntry, geography: Geography) -> Territory | None:
    code = page.code or ""
    if page.type == "region":
        return geography.region(code)
    return geography.epci(code) or geography.departement(code)


def known_by_key(code: str, geography: Geography) -> Territory | None:
    if code.startswith("R"):
        return geography.region(code[1:])
    return geography.epci(code) or geography.departement(code)


def is_whole(zone: Collection[str], geography: Geography) -> bool:
    """Whether a zone (``Item.zone``) is the region of the instance, or all its départements."""
    home = geography.home
    if home is None or f"R{home.code}" in zone:
        return True
    return {departement.code for departement in geography.departements_of(home.code)} <= {*zone}


def _parents(territoire: Territory, geography: Geography) -> Iterator[Territory]:
    departement = region = None
    if isinstance(territoire, Epci):
        departement = geography.departement(territoire.departement)
    if isinstance(territoire, Departement):
        region = geography.region(territoire.region)
    elif departement:
        region = geography.region(departement.region)
    yield from filter(None, (departement, region))


def around(commune: Commune, geography: Geography) -> tuple[Enclosing, ...]:
    """What holds a commune, from near to far."""
    enclosing = geography.territoires_of(commune)
    return tuple((territory_code(territory), territory.nom) for territory in enclosing)


def lineage(territory: TerritoryEntry | Territory, geography: Geography) -> tuple[Enclosing, ...]:
    """A territory, given by its page or by the tables, then what holds it."""
    if isinstance(territory, TerritoryEntry):
        described = known_by_page(territory, geography)
        first = (code_of(territory), plain(territory.titre))
    else:
        described = territory
        first = (territory_code(territory), territory.nom)
    above = _parents(described, geography) if described else ()
    return (first, *((territory_code(parent), parent.nom) for parent in above))
