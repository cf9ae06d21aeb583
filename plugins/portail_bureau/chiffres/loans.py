"""Loans of touring tools, year by year. A loan is of the year of its first day; its days are of the
years they fall in. Examples are counted only where nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from portail.features.services.alentours.relations import point_of_commune
from portail.features.services.prets.loans import copies_of
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.places import Commune
from portail.model.kinds import BORROWED
from portail.model.place import PlaceEntry
from portail.model.resource import Etape, ResourceEntry
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.tools import lender_code
from portail.text.normalise import fold, sort_key

# Types of places that the first words of a name tell: « Collège de… », « Mairie de… ». Others
# mislead: a « Société d’astronomie » is no firm.
_BY_NAME = frozenset(
    {"etablissement-scolaire", "mediatheque", "centre-social", "collectivite", "musee"}
)


class Loan(NamedTuple):
    """One loan of a tool: its days, both included; the copy and ``qui`` has it, 0 and ``""`` when
    unknown.
    """

    du: date
    au: date
    exemplaire: int
    qui: str
    nom: str
    type: str
    by_name_alone: bool
    commune: Commune | None

    def days(self, year: int) -> int:
        """Its days of a year."""
        last = min(self.au, date(year, 12, 31))
        return max(0, (last - max(self.du, date(year, 1, 1))).days + 1)


class Tool(NamedTuple):
    """A tool whose sheet tells its loans, the earliest first; ``preteur`` is the code of who lends
    it, ``proprietaire`` its name, ``commune`` where it comes back to."""

    ref: str
    url: str
    titre: str
    type: str
    themes: tuple[str, ...]
    preteur: str
    proprietaire: str
    commune: Commune | None
    exemplaires: int
    annee: int | None
    exemple: bool
    prets: tuple[Loan, ...]


class Way(NamedTuple):
    """Kilometres of the legs whose ends are known, how many they are, out of how many."""

    km: float
    connus: int
    trajets: int


def route(site: Site, year: int) -> Way:
    """How far copies went in a year, from town to town and back, as the crow flies."""
    legs = [leg for tool in tools_of(site) for leg in _legs(tool, year)]
    distances = [distance_km(*leg) for leg in legs if leg]
    return Way(sum(distances), len(distances), len(legs))


def _legs(tool: Tool, year: int) -> Iterator[tuple[LatLon, LatLon] | None]:
    stops: dict[int, list[LatLon | None]] = {}
    for loan in tool.prets:
        if loan.du.year == year:
            where = point_of_commune(loan.commune) if loan.exemplaire else None
            stops.setdefault(loan.exemplaire, []).append(where)
    home = point_of_commune(tool.commune)
    for copy, places in stops.items():
        ends = home if copy else None
        for start, end in pairwise((ends, *places, ends)):
            yield (start, end) if start and end else None


@per_site
def tools_of(site: Site) -> tuple[Tool, ...]:
    """Tools that tell their loans, by title: the true ones if there are some, else examples."""
    tools = [
        _tool(item, entry, site)
        for item in site.of_kinds(BORROWED)
        if isinstance(entry := item.entry, ResourceEntry) and entry.itinerance
    ]
    true = [tool for tool in tools if not tool.exemple]
    return tuple(sorted(true or tools, key=lambda tool: (sort_key(tool.titre), tool.ref)))


def left_out(site: Site) -> int:
    if given_as_examples(site):
        return 0
    entries = (item.entry for item in site.of_kinds(BORROWED) if item.entry.exemple)
    return sum(len(entry.itinerance) for entry in entries if isinstance(entry, ResourceEntry))


def given_as_examples(site: Site) -> bool:
    """Whether the loans that are counted are invented."""
    return any(tool.exemple for tool in tools_of(site))


def _tool(item: Item, entry: ResourceEntry, site: Site) -> Tool:
    owner = site.lieu(entry.proprietaire)
    copies = copies_of(entry.itinerance, entry.exemplaires)
    loans = (_loan(stop, copy, site) for stop, copy in zip(entry.itinerance, copies, strict=True))
    named = (item.ref, item.url, item.name, entry.type or "", entry.themes, lender_code(entry))
    lent = (owner.short, owner.commune) if owner else (entry.proprietaire or "", None)
    ordered = tuple(sorted(loans, key=lambda loan: (loan.du, loan.au, loan.exemplaire)))
    return Tool(*named, *lent, entry.exemplaires, entry.annee, bool(entry.exemple), ordered)


def _loan(loan: Etape, copy: int, site: Site) -> Loan:
    lieu = site.lieu(loan.lieu)
    commune = site.geography.by_code(loan.commune) if loan.commune else None
    if lieu and isinstance(lieu.entry, PlaceEntry):
        kind = lieu.entry.type or ""
        return Loan(
            loan.du, loan.au, copy, lieu.ref, lieu.short, kind, False, commune or lieu.commune
        )
    name = loan.emprunteur or ""
    who = f"{fold(name)}, {commune.code if commune else ''}" if name else ""
    term = site.vocabularies["types-lieux"].begins(name)
    code = term.code if term and term.code in _BY_NAME else ""
    return Loan(loan.du, loan.au, copy, who, name, code, bool(code), commune)


def tool_rows(site: Site) -> Iterator[Sequence[object]]:
    """Their rows in the database (``schema.sql``)."""
    for rank, tool in enumerate(tools_of(site)):
        page = site.lieu(tool.preteur)
        lender = tool.preteur, tool.proprietaire or "Non précisé", page.url if page else ""
        about = tool.exemplaires, tool.annee, tool.exemple
        yield tool.ref, rank, tool.titre, tool.url, tool.type, *lender, *about


def loan_rows(site: Site) -> Iterator[Sequence[object]]:
    for tool in tools_of(site):
        for loan in tool.prets:
            code = loan.commune.departement if loan.commune else ""
            area = site.geography.departement(code)
            name = area.nom if area else code or "Commune non précisée"
            who = loan.qui, loan.type, loan.by_name_alone
            yield tool.ref, str(loan.du), str(loan.au), *who, code, name
