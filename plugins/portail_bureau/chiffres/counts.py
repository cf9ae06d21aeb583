"""What is counted, by what, of which year: ``questions.sql``, asked of the records of contents.

A content is of the year of its publication, an event of each year it takes place in; what is
cancelled, postponed or given as an example is not counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Self

from portail.facts.place import PARTOUT
from portail.features.services.bilans.table import Counts, Key, Row, Table, counted, share
from portail.features.services.fiches import records
from portail.features.services.fiches.records import Answer, put
from portail.features.services.prets.loans import copies_of
from portail.geo.coordinates import distance_km
from portail.geo.places import Commune, Departement, Epci, Region, Territoire, short_name
from portail.model.collections import Etape, PlaceEntry, ResourceEntry, TerritoryEntry
from portail.model.kinds import BORROWED, TERRITORIES, ranked
from portail.site.facets import lender_code
from portail.site.item import Item
from portail.site.site import Site
from portail.site.territories import known_by_page, territory_code
from portail.text.normalise import fold, sort_key
from portail.text.typography import capital, nombre, typeset

# Loans of touring tools in the database (``schema.sql``). Examples are counted only where nothing
# else is.

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
    return (commune and commune.point) or (None, None)


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
    who = ""
    if name:
        who = f"{fold(name)}, {commune.code if commune else ''}"
    term = site.vocabularies["types-lieux"].begins(name)
    code = term.code if term and term.code in _BY_NAME else ""
    return commune, who, name, code, bool(code)


# The parts of territories.

# Inhabitants to whom events are brought.
PER = 10_000
# The part of whatever is everywhere.
_EVERYWHERE = ("partout", PARTOUT, "", None)


def rate_of(events: int, people: int | None) -> float | None:
    if people:
        return round(PER * events / people, 2)
    return None


def _parts(site: Site) -> Iterator[Sequence[object]]:
    # Of the region of the site, of territories that have a page, of the départements of both.
    geography = site.geography
    pages = (page.of(TerritoryEntry) for page in site.of_kinds(TERRITORIES))
    known = (geography.home, *(known_by_page(page, geography) for page in pages))
    wholes: dict[Territoire, None] = dict.fromkeys(filter(None, known))
    for area in [*wholes]:
        if isinstance(area, Region):
            wholes |= dict.fromkeys(geography.departements_of(area.code))
    for whole in wholes:
        code = territory_code(whole)
        inside: Sequence[Territoire] = ()
        match whole:
            case Region():
                inside = geography.departements_of(whole.code)
            case Departement():
                inside = geography.home_epci_of(code) or geography.epci_of([code])
            case Epci():
                for town in geography.communes_of(whole):
                    yield code, town.code, typeset(town.nom), "", None
        for area in inside:
            key = territory_code(area)
            name = capital(typeset(short_name(area)))
            people = area.population and area.population.habitants
            yield code, key, name, site.territory_url(key), people
        yield code, *_EVERYWHERE


# What counts as a contribution: neither the directory nor what sorts the others.
KINDS = ranked(lambda info: info.news)
PORTAL = "portail"


def asked(site: Site, question: str, **values: str | int) -> list[Answer]:
    """What a question of ``questions.sql`` says."""
    return records.asked(site, __name__, question, **values)


def fill(made: sqlite3.Connection, site: Site) -> None:
    made.create_function("share", 2, share, deterministic=True)
    made.create_function("rate", 2, rate_of, deterministic=True)
    put(made, "area", _parts(site))
    put_loans(made, site)
    lines = site.part("audience") or ()
    put(made, "reading", ((line.semaine.year, line.semaine.slug, *line[1:]) for line in lines))


def rows(found: list[Answer]) -> list[Row]:
    """What a question gives, as the rows of a table."""
    return [Row(label, tuple(counts), url) for label, url, *counts in found]


def years(site: Site) -> tuple[int, ...]:
    """Years that have a true content, latest first."""
    return tuple(year for (year,) in asked(site, "annees"))


class Totals(NamedTuple):
    """The events of a year: how many, their sessions, their communes."""

    annee: int
    rendez_vous: int = 0
    seances: int = 0
    communes: int = 0


# How people may come: among whom one counts it.
OFFERS = ("qui disent leur tarif", "qui disent leur accessibilité", "de l’année")


class Asked(Counts, frozen=True, dict=True, kw_only=True):
    """Counts that questions give of a subject (``schema.sql``)."""

    sujet: str = PORTAL

    def asked(self, question: str, **values: str) -> list[Answer]:
        years = {"annee": self.annee, "avant": int(self.compared)}
        return asked(self.site, question, sujet=self.sujet, **years, **values)

    def rows(self, question: str, **values: str) -> list[Row]:
        return rows(self.asked(question, **values))

    def told(self, name: str, **options: Any) -> Table:
        """The table whose rows the question of its name gives."""
        return self.table(name, self.rows(name), **options)


class Figures(Asked, frozen=True, dict=True, kw_only=True):
    """The events of a subject in a year, beside those of the year before."""

    @classmethod
    def of(cls, site: Site, subject: str, year: int, **more: Any) -> Self:
        return cls(site, year, year - 1 in years(site), sujet=subject, **more)

    @cached_property
    def totals(self) -> tuple[Totals, Totals]:
        """Of the year, of the year before."""
        known = {row[0]: Totals(*row) for row in self.asked("evenements")}
        now, before = (known.get(year, Totals(year)) for year in (self.annee, self.annee - 1))
        return now, before

    @property
    def number(self) -> int:
        return self.totals[0].rendez_vous

    def events_key(self, label: str = "Rendez-vous") -> Key:
        now, before = self.totals
        return self.key(label, now.rendez_vous, before.rendez_vous)

    def by_field(self, field: str, name: str = "") -> Table:
        """Events by the codes of a field; one may have several."""
        ((bare,),) = self.asked("muets", champ=field)
        note = "Un rendez-vous peut en avoir plusieurs."
        if bare:
            note = f"{note[:-1]} ; {counted(bare, 'n’en dit aucun', 'n’en disent aucun')}."
        rows = self.rows("champ", champ=field, liste=_LISTS.get(field, field))
        return self.table(name or f"evenements.{field}", rows, note=note)

    def offered(self) -> Table:
        """How people may come; of each, how many say so: what is not said is unknown."""
        rows = self.rows("evenements.accueil")
        known = (row for row in rows if row.values[1] or row.values[-1])
        return self.table("evenements.accueil", known)

    def offer_keys(self) -> Iterator[Key]:
        """How many welcome people so, and among how many."""
        found = self.asked("evenements.accueil") if self.number else []
        for (label, _, number, said, *_), words in zip(found, OFFERS, strict=False):
            note = f"sur {nombre(said)} {words}" if said else "aucune fiche ne le dit"
            yield Key(label, number if said else None, note=note)


# The list of the codes of a field, where it has another name.
_LISTS = {"format": "formats"}
