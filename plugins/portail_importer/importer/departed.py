"""Contents that a source had and has no more: events to come, which a person may then cancel, and
what it no longer makes public, which a person may take back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import date

from msgspec import Struct

from portail.model.event import Event
from portail.site.item import Item
from portail.text.dates import jour

from .base import (
    Base,
    claims_of,
    days_of,
    is_owned,
    mark,
)
from .matching import Traits, titles_of
from .origins import formers

# A source of this many items may be one page of a longer list: what is dated after its last item
# may be on the next page, and is not proposed as cancelled.
PAGE = 10
CANCELLED = "annule"
_KEPT = "laissé comme il est : quelqu’un l’a rétabli"
DRAFT = "brouillon"
NO_MORE_PUBLIC = "sa source ne le publie plus"
_PUBLIC_ELSEWHERE = f"{NO_MORE_PUBLIC}, mais une autre le dit : à vous de choisir"
TOLD = "laissé comme il est : une autre source le dit encore"
_ASKED = (
    "si c’est bien elle qui l’a donné : rien n’est annulé. S’il n’a plus lieu, écrivez dans sa "
    "fiche « etat: annule »"
)


class Departed(Struct, frozen=True):
    """An event that is no more in its source; with a ``note``, nothing is proposed for it."""

    item: Item
    note: str = ""


def departed(
    read: Sequence[Traits], there: Collection[str], origin: str, base: Base
) -> Iterator[Departed]:
    """The events of former runs of this source, neither over nor cancelled, that it says no
    more.
    """
    mentioned = {title for traits in read for title in traits.titles}
    for name, former in formers(base).items():
        still = 2 * len(former.coming.keys() & there)
        most = still >= len(former.coming)
        asked = not origin and (most or bool(former.labels & base.labels))
        if not still or not (asked or name == origin):
            continue
        for ref in sorted(former.coming.keys() - there):
            item = base.items[ref]
            entry = item.of(Event)
            if entry.etat == CANCELLED or entry.brouillon:
                continue
            alike = former.coming[ref].label == base.label
            sure = name == origin and (origin == base.address or (alike and most))
            yield Departed(
                item, _note(item, read, mentioned, base.journal[ref]) if sure else _ASKED
            )


def _note(
    item: Item, read: Sequence[Traits], mentioned: Set[str], memory: Mapping[str, object]
) -> str:
    last = max((min(traits.days) for traits in read if traits.days), default=date.max)
    if titles_of(item.entry) & mentioned and any(not traits.days for traits in read):
        return "la source en dit un autre de ce titre, qui n’est pas importé"
    if len(read) >= PAGE and min(days_of(item.entry), default=last) > last:
        return f"peut-être parce qu’elle s’arrête au {jour(last)}"
    if len(claims_of(memory)) > 1:
        return TOLD
    return _KEPT if memory.get("etat") == mark(CANCELLED) else ""


def kept_shown(memory: Mapping[str, object], origin: str) -> str:
    """Why a content that its source no longer makes public stays as it is, in French; "" when it
    is to be taken back. ``memory`` is what the journal says of it."""
    if not is_owned(memory, origin):
        return _PUBLIC_ELSEWHERE
    return _KEPT if memory.get("statut") == mark(DRAFT) else ""
