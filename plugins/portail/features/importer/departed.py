"""Events to come that a source had and no longer has: a person may then cancel them.

The journal says which source gave each content last. Exports get a new name each time, so a source
that has at least half of the upcoming events of another one is taken for its next export.
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
"""A source of this many items may be one page of a longer list: what is dated after its last item
may be on the next page, and is not proposed as cancelled."""
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
    by_source: dict[str, dict[str, Event]] = defaultdict(dict)
    for ref, memory in journal.items():
        item = base.items.get(ref)
        entry = item.entry if item else None
        if item and isinstance(entry, Event) and not item.passe and SOURCE in memory:
            by_source[memory[SOURCE]][ref] = entry
    mentioned = {title for traits in read for title in traits.titles}
    for source, entries in by_source.items():
        still_there = len(entries.keys() & there)
        if not still_there or (source != base.key and 2 * still_there < len(entries)):
            continue
        for ref in sorted(entries.keys() - there):
            item = base.items[ref]
            if entries[ref].etat != CANCELLED and not entries[ref].brouillon:
                yield Departed(item, _note(item, read, mentioned, journal[ref]))


def _note(
    item: Item, read: Sequence[Traits], mentioned: Set[str], memory: Mapping[str, object]
) -> str:
    last = max((min(traits.days) for traits in read if traits.days), default=date.max)
    if titles_of(item) & mentioned and any(not traits.days for traits in read):
        return "la source en dit un autre de ce titre, qui n’est pas importé"
    if len(read) >= _PAGE and min(days_of(item.entry), default=last) > last:
        return f"peut-être parce qu’elle s’arrête au {jour(last)}"
    return _KEPT if memory.get("etat") == mark(CANCELLED) else ""
