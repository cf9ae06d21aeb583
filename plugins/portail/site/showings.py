"""Tools on tour where they are shown, told by the agenda as an event that lasts would be.

The item of a showing is that of the tool, at the commune of whoever has it: it leads to its page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.model.collections import Etape, PlaceEntry, ResourceEntry
from portail.model.entry import Entry
from portail.model.kinds import place_ref
from portail.model.vocabulary import Vocabularies
from portail.text.typography import capital

from .facet_readers import ValueReader
from .facets import Pair
from .territories import around

if TYPE_CHECKING:
    from .item import Item


class Showing(Struct, frozen=True):
    """A tool that the public may see at a host from ``du`` to ``au``, both included.

    ``item`` is the tool where it is shown, ``lieu`` the reference of the host, ``hote`` its name;
    ``ouvert``: the host is known to receive visitors.
    """

    item: Item
    du: date
    au: date
    lieu: str
    hote: str
    format: str
    ouvert: bool


def shown_format(entry: ResourceEntry, vocabularies: Vocabularies) -> str:
    """The format under which the agenda lists a tool; ``""`` for what only its borrower uses."""
    return vocabularies.detail("types-ressources", entry.type, "agenda")


def showings_of(
    items: Mapping[str, Item], vocabularies: Vocabularies, geography: Geography, today: date
) -> dict[str, Showing]:
    """Showings that are not over, whose host or commune is known, by reference; none where an event
    tells of the tool at the same place and time.
    """
    events = [item for item in items.values() if item.entry.kind.info.dated]
    if not events:
        return {}
    maker = _ShowingBuilder(items, vocabularies, geography)
    every: list[tuple[str, Showing]] = []
    for item in items.values():
        every.extend((item.ref, showing) for showing in maker.showings(item, today))
    telling = _telling(events, items) if every else {}
    by_place: dict[tuple[object, ...], Showing] = {}
    for ref, showing in every:
        if not any(_takes_place_at(event, showing) for event in telling.get(ref, ())):
            place = showing.lieu, showing.hote, showing.item.commune
            by_place.setdefault((ref, *place, showing.du, showing.au), showing)
    return {showing.item.ref: showing for showing in by_place.values()}


class _ShowingBuilder(Struct, frozen=True):
    """Makes the showings of a tool."""

    items: Mapping[str, Item]
    vocabularies: Vocabularies
    geography: Geography

    def showings(self, item: Item, today: date) -> Iterator[Showing]:
        entry = item.entry
        if not isinstance(entry, ResourceEntry) or not shown_format(entry, self.vocabularies):
            return
        for rank, loan in enumerate(entry.itinerance):
            showing = self._stay(item, rank, loan)
            if loan.au >= today and (showing.lieu or showing.item.commune):
                yield showing

    def _stay(self, item: Item, rank: int, loan: Etape) -> Showing:
        lieu = _host(loan, self.items)
        commune = None
        if loan.commune:
            commune = self.geography.by_code(loan.commune)
        enclosing = lieu.territoires if lieu else ()
        if commune:
            enclosing = around(commune, self.geography)
        where = commune_of_loan(loan, self.items, self.geography)
        return Showing(
            replace(item, ref=f"{item.ref}#{rank}", commune=where, territoires=enclosing),
            loan.du,
            loan.au,
            lieu=lieu.ref if lieu else "",
            hote=lieu.short if lieu else loan.emprunteur or "",
            format=shown_format(item.of(ResourceEntry), self.vocabularies),
            ouvert=is_visited(lieu.entry if lieu else None, self.vocabularies),
        )


def commune_of_loan(loan: Etape, items: Mapping[str, Item], geography: Geography) -> Commune | None:
    if loan.commune:
        return geography.by_code(loan.commune)
    lieu = _host(loan, items)
    if lieu:
        return lieu.commune
    return None


def _host(loan: Etape, items: Mapping[str, Item]) -> Item | None:
    return items.get(place_ref(loan.lieu or ""))


def is_visited(entry: Entry | None, vocabularies: Vocabularies) -> bool:
    kind = entry.type if isinstance(entry, PlaceEntry) else None
    return vocabularies.detail("types-lieux", kind, "visitable") == "oui"


def family_of(entry: Entry, vocabularies: Vocabularies) -> str:
    """Under what the directory puts a place that one visits (« Voir le ciel »); ``""`` for
    others.
    """
    if not isinstance(entry, PlaceEntry) or not is_visited(entry, vocabularies):
        return ""
    return family_of_type(entry.type or "", vocabularies)


def family_of_type(code: str, vocabularies: Vocabularies) -> str:
    """The same of a type that one visits; ``""`` for another."""
    if vocabularies.detail("types-lieux", code, "visitable") != "oui":
        return ""
    named = vocabularies.detail("types-lieux", code, "famille")
    return named or capital(vocabularies.label("types-lieux", code, plural=True))


def _telling(events: list[Item], items: Mapping[str, Item]) -> Mapping[str, list[Item]]:
    # Events by the tools that their fields or their text name.
    tools = {item.url: ref for ref, item in items.items() if item.entry.kind.info.borrowed}
    by_tool: dict[str, list[Item]] = defaultdict(list)
    for event in events:
        paths = {url.partition("#")[0] for url in event.links.values()}
        named = {tools[path] for path in paths if path in tools}
        for ref in named | {target for target in event.targets if target in items}:
            by_tool[ref].append(event)
    return by_tool


def _takes_place_at(event: Item, showing: Showing) -> bool:
    here = False
    if showing.lieu:
        here = showing.lieu in event.targets
    here = here or (event.commune is not None and event.commune == showing.item.commune)
    return here and any(
        occurrence.first_day <= showing.au and occurrence.last_day >= showing.du
        for occurrence in event.occurrences
    )


def pairs_of_shown(
    showings: Mapping[str, Showing],
    told: Mapping[str, Item],
    reader: ValueReader,
    offered: Mapping[Pair, object],
) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    """The values of each showing, and of what is told without a page, among those that some event
    has."""
    every = [
        (ref, (*reader.common(showing.item), ("format", showing.format)))
        for ref, showing in showings.items()
    ]
    every += [(ref, (*reader.pairs(item),)) for ref, item in told.items()]
    for ref, pairs in every:
        yield ref, tuple(pair for pair in pairs if pair in offered)
