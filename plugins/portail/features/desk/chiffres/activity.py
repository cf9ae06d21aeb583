"""What has to do with a structure in a year: events, publications, loans, what cites it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from portail.features.desk.chiffres.held import KINDS, Pair, genuine
from portail.features.desk.chiffres.loans import LoanYear, loans_in
from portail.model.articles import AnnouncementEntry, ArticleEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.place import PlaceEntry
from portail.model.registry import references_of
from portail.model.resource import ResourceEntry
from portail.site.item import Item
from portail.site.site import Site

LIKE = 5
"""A mean is shown from this many structures of the type on: of fewer, it would say nothing."""

ROLES = {"organisateurs": "Organisés", "lieu": "Accueillis", "partenaires": "En partenariat"}
"""What a structure is to an event, by the field that names it."""
_OWN = frozenset(("organisateurs", "lieu"))
"""Fields that make an event that of a structure."""
_PARUTIONS = (ArticleEntry, AnnouncementEntry, ResourceEntry)
_LENT = "itinerance"
"""A tool that a structure borrows is not one of its own."""
WORDS: tuple[tuple[type[Entry], tuple[str, str]], ...] = (
    (ArticleEntry, ("article", "articles")),
    (AnnouncementEntry, ("annonce", "annonces")),
    (ResourceEntry, ("ressource", "ressources")),
)
"""What comes out, and how it is counted in words."""


class Activity(Struct, frozen=True):
    """What has to do with a structure in a year, and in the year before: ``events`` that it
    organises or hosts, ``fields`` by which each one names it, contents that it publishes or that
    are about it; ``own`` are its events of any year."""

    events: Pair
    partner: Pair
    fields: Mapping[str, frozenset[str]]
    parutions: tuple[Item, ...]
    avant: tuple[Item, ...]
    own: tuple[Item, ...]

    def count(self, model: type[Entry]) -> tuple[int, int]:
        """Contents of a kind that came out in the year, and in the year before."""
        now, before = (
            sum(isinstance(item.entry, model) for item in some)
            for some in (self.parutions, self.avant)
        )
        return now, before

    def __bool__(self) -> bool:
        return bool(self.events.now or self.partner.now or self.parutions)


def activity_of(site: Site, item: Item, year: int) -> Activity:
    """What names a structure in its fields, in a year."""
    naming = (*site.indexes.by_target.get(item.ref, ()), *site.indexes.apart.get(item.ref, ()))
    fields: dict[str, frozenset[str]] = {}
    own: list[Item] = []
    beside: list[Item] = []
    parutions: list[Item] = []
    for content in genuine((site.items[ref] for ref in naming), item.entry):
        named_by = fields[content.ref] = _fields(content.entry, item)
        if isinstance(content.entry, Event):
            if named_by:
                (own if named_by & _OWN else beside).append(content)
        elif _is_own(content, named_by):
            parutions.append(content)
    events = Pair.of(site, own, year)
    partner = Pair.of(site, beside, year)
    now = _out(parutions, year)
    before = _out(parutions, year - 1)
    return Activity(events, partner, fields, now, before, tuple(own))


def _fields(entry: Entry, item: Item) -> frozenset[str]:
    """The fields by which a content names a structure, of those that count here: its roles in an
    event; of a tool, every field but that of its borrowers."""
    names = (item.ref, item.entry.slug)
    if isinstance(entry, Event):
        return frozenset(field for field in ROLES if _holds(getattr(entry, field), names))
    if isinstance(entry, ResourceEntry) and entry.itinerance:
        mentions = (reference for reference in references_of(entry) if reference.value in names)
        return frozenset(str(mention.loc[0]) for mention in mentions)
    return frozenset()


def _holds(value: str | tuple[str, ...] | None, names: tuple[str, str]) -> bool:
    if isinstance(value, str):
        return value in names
    return value is not None and (names[0] in value or names[1] in value)


def _out(items: Sequence[Item], year: int) -> tuple[Item, ...]:
    """Those that came out in a year, in the order of time."""
    dated = ((item.entry.publie_le, item.ref, item) for item in items if item.entry.publie_le)
    return tuple(
        item for day, _, item in sorted(dated, key=lambda row: row[:2]) if day.year == year
    )


def like_of(site: Site, item: Item) -> list[Item]:
    """Structures of the same type, this one among them."""
    kind = item.of(PlaceEntry).type
    return [
        place for place in genuine(site.places, item.entry) if place.of(PlaceEntry).type == kind
    ]


def cited(site: Site, item: Item, activity: Activity, year: int) -> tuple[Item, ...]:
    """Contents that came out in a year and name a structure, in a field or by a link of their
    text, but for those that are its own."""
    own = {ref for ref, fields in activity.fields.items() if _is_own(site.items[ref], fields)}
    citing = []
    for content in (
        content for kind in KINDS for content in genuine(site.of_kind(kind), item.entry)
    ):
        linked = any(link.partition("#")[0] == item.url for link in content.links.values())
        if content.ref not in own and (linked or item.ref in content.targets):
            citing.append(content)
    return _out(citing, year)


def _is_own(item: Item, fields: frozenset[str]) -> bool:
    """Whether a content that names a structure by these fields is counted among its own."""
    if isinstance(item.entry, Event):
        return bool(fields)
    return isinstance(item.entry, _PARUTIONS) and fields != {_LENT}


def lent_by(site: Site, item: Item, year: int) -> LoanYear:
    """The loans of its tools."""
    loans = loans_in(site, year, item.entry.slug)
    true = (tool for tool in loans.outils if item.entry.exemple or not tool.exemple)
    return LoanYear(year, tuple(true))
