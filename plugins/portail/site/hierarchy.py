"""Events that hold others: a village, a festival, a parcours, with their animations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind

if TYPE_CHECKING:
    from portail.site.item import Item
    from portail.site.site import Site

__all__ = ["children_of", "parent_of", "siblings_of"]

_LAST = 1_000_000


def parent_of(entry: Entry) -> str:
    """Reference of the event that contains this one; empty when there is none."""
    name = entry.evenement_parent if isinstance(entry, Event) else None
    if not name:
        return ""
    return name if "/" in name else f"{Kind.EVENT.value}/{name}"


def children_of(item: Item, site: Site) -> tuple[Item, ...]:
    """Events that an event contains, by step then by hour."""
    named = (site.items[ref] for ref in site.indexes.by_target.get(item.ref, ()))
    held = (one for one in named if one.occurrences and parent_of(one.entry) == item.ref)
    return tuple(sorted(held, key=_order))


def siblings_of(item: Item, site: Site) -> tuple[Item, ...]:
    """The events of the one that contains this one, itself included; none without it."""
    parent = site.items.get(parent_of(item.entry))
    return children_of(parent, site) if parent else ()


def _order(item: Item) -> tuple[int, float, str]:
    step = item.entry.etape if isinstance(item.entry, Event) else None
    return (step or _LAST, item.occurrences[0].debut.timestamp(), item.ref)
