"""Who is part of a content: members, partners, those whom its contents name."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import unlinked
from portail.model.entry import Entry
from portail.model.place import PlaceEntry
from portail.model.registry import references_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import capital, plain

from ..views.shared import Lien
from .around import TAKING_PART


def acteurs_of(item: Item, site: Site) -> tuple[Lien, ...]:
    if taking_part := TAKING_PART.of(site.features, item.entry.kind):
        return tuple(taking_part(item, site))
    field = item.entry.kind.info.members
    if field:
        return tuple(named_in(item.entry, field, site))
    return ()


def named_in(entry: Entry, field: str, site: Site) -> Iterator[Lien]:
    for mention in references_of(entry, field):
        ref = mention.named(site.items)
        yield described(site.items[ref], site) if ref else Lien(unlinked(mention))


def described(who: Item, site: Site) -> Lien:
    """A structure by its sort and town, a person by their structure."""
    entry = who.entry
    note = ""
    if affiliation := vars(entry).get("affiliation"):
        home = site.lieu(affiliation)
        note = home.name if home else affiliation
    elif isinstance(entry, PlaceEntry):
        sort = site.vocabularies["types-lieux"].get(entry.type or "")
        note = ", ".join(filter(None, (capital(sort.label) if sort else "", who.town)))
    return Lien(plain(entry.titre), who.url, note)
