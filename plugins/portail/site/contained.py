"""Events that contain others: a village, a festival, a parcours, with their animations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portail.model.entry import Entry
from portail.model.event import Event

if TYPE_CHECKING:
    from portail.source.store import Loaded

    from .item import Item


def parent_of(entry: Entry) -> str:
    """Reference of the event that contains this one; empty when there is none."""
    name = None
    if isinstance(entry, Event):
        name = entry.evenement_parent
    if not name:
        return ""
    if "/" in name:
        return name
    return f"{entry.kind.value}/{name}"


def lineage(entry: Entry, items: Mapping[str, Item] | Mapping[str, Loaded]) -> dict[str, Entry]:
    """A content and the events that contain it, the nearest first, by reference."""
    line = {}
    above: Entry | None = entry
    while above and above.ref not in line:
        line[above.ref] = above
        holder = items.get(parent_of(above))
        above = holder.entry if holder else None
    return line
