"""What a source had and has no more: events to come, which a person may then cancel.

The journal says which source gave each content last. An export is named anew each time, so one that
gives at least half of the events to come of another source goes on with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import date

from msgspec import Struct

from portail.features.importer.base import SOURCE, Base, Journal, days_of, mark
from portail.features.importer.matching import Traits, titles_of
from portail.model.event import Event
from portail.site.item import Item
from portail.text.dates import jour

_PAGE = 10
"""From so many items on, a source may show its first ones alone: what comes after is not sought."""
CANCELLED = "annule"
_KEPT = "laissé comme il est : quelqu’un l’a rétabli"


class Departed(Struct, frozen=True):
    """An event that is no more in its source; with a ``note``, nothing is proposed for it."""

    item: Item
    note: str = ""


def departed(
    read: Sequence[Traits], there: Collection[str], base: Base, journal: Journal
) -> Iterator[Departed]:
    """The events of former runs of this source, neither over nor cancelled, that it says no more.
    ``read`` is all that it says, ``there`` the references of the contents that this is."""
    held: dict[str, dict[str, Event]] = defaultdict(dict)
    for ref, memory in journal.items():
        item = base.items.get(ref)
        entry = item.entry if item else None
        if item and isinstance(entry, Event) and not item.passe and SOURCE in memory:
            held[memory[SOURCE]][ref] = entry
    mentioned = {title for one in read for title in one.titles}
    for source, entries in held.items():
        known = len(entries.keys() & there)
        if not known or (source != base.key and 2 * known < len(entries)):
            continue
        for ref in sorted(entries.keys() - there):
            item = base.items[ref]
            if entries[ref].etat != CANCELLED and not entries[ref].brouillon:
                yield Departed(item, _note(item, read, mentioned, journal[ref]))


def _note(
    item: Item, read: Sequence[Traits], mentioned: Set[str], memory: Mapping[str, object]
) -> str:
    last = max((min(one.days) for one in read if one.days), default=date.max)
    if titles_of(item) & mentioned and any(not one.days for one in read):
        return "la source en dit un autre de ce titre, qui n’est pas importé"
    if len(read) >= _PAGE and min(days_of(item.entry), default=last) > last:
        return f"peut-être parce qu’elle s’arrête au {jour(last)}"
    return _KEPT if memory.get("etat") == mark(CANCELLED) else ""
