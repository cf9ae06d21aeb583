"""Loans of touring tools in the database (``schema.sql``). Examples are counted only where nothing
else is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from portail.features.services.alentours.relations import point_of_commune
from portail.features.services.fiches.base import put
from portail.features.services.prets.loans import copies_of
from portail.geo.coordinates import distance_km
from portail.geo.places import Commune
from portail.model.kinds import BORROWED
from portail.model.place import PlaceEntry
from portail.model.resource import Etape, ResourceEntry
from portail.site.item import Item
from portail.site.site import Site
from portail.site.tools import lender_code
from portail.text.normalise import fold, sort_key

# Types of places that the first words of a name tell: « Collège de… », « Mairie de… ». Others
# mislead: a « Société d’astronomie » is no firm.
_BY_NAME = frozenset(
    {"etablissement-scolaire", "mediatheque", "centre-social", "collectivite", "musee"}
)


def put_loans(made: sqlite3.Connection, site: Site) -> None:
    """Tools that tell their loans, by title: the true ones if there are some, else examples."""
    made.create_function("distance_km", 4, _distance, deterministic=True)
    items = [item for item in site.of_kinds(BORROWED) if item.of(ResourceEntry).itinerance]
    true = [item for item in items if not item.entry.exemple]
    tools = sorted(true or items, key=lambda item: (sort_key(item.name), item.ref))
    put(made, "tool", (_tool(item, rank, site) for rank, item in enumerate(tools)))
    for item in tools:
        put(made, "loan", _loans(item, site))


def _distance(*ends: float | None) -> float | None:
    lat, lon, other_lat, other_lon = ends
    if lat is None or lon is None or other_lat is None or other_lon is None:
        return None
    return distance_km((lat, lon), (other_lat, other_lon))


def _point(commune: Commune | None) -> Sequence[float | None]:
    return point_of_commune(commune) or (None, None)


def _tool(item: Item, rank: int, site: Site) -> Sequence[object]:
    entry = item.of(ResourceEntry)
    code = lender_code(entry)
    owner = site.lieu(entry.proprietaire)
    page = site.lieu(code)
    name = owner.short if owner else entry.proprietaire or ""
    head = item.ref, rank, item.name, item.url, entry.type or "", code, name, page and page.url
    about = entry.exemplaires, entry.annee, bool(entry.exemple)
    return *head, *about, *_point(owner.commune if owner else None)


def _loans(item: Item, site: Site) -> Iterator[Sequence[object]]:
    entry = item.of(ResourceEntry)
    copies = copies_of(entry.itinerance, entry.exemplaires)
    for stop, copy in zip(entry.itinerance, copies, strict=True):
        commune, *who = _borrower(stop, site)
        code = commune.departement if commune else ""
        area = site.geography.departement(code)
        town = (commune.nom, commune.code) if commune else ("", "")
        where = code, area.nom if area else "", *town, *_point(commune)
        yield item.ref, str(stop.du), str(stop.au), copy, *who, *where


def _borrower(loan: Etape, site: Site) -> tuple[Commune | None, str, str, str, bool]:
    # Its commune; who it is, what it is called, its type, whether its name alone tells that.
    lieu = site.lieu(loan.lieu)
    commune = site.geography.by_code(loan.commune) if loan.commune else None
    if lieu:
        kind = lieu.of(PlaceEntry).type or ""
        return commune or lieu.commune, lieu.ref, lieu.short, kind, False
    name = loan.emprunteur or ""
    who = f"{fold(name)}, {commune.code if commune else ''}" if name else ""
    term = site.vocabularies["types-lieux"].begins(name)
    code = term.code if term and term.code in _BY_NAME else ""
    return commune, who, name, code, bool(code)
