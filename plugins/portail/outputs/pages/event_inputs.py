"""What only the page of an event is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Lasting
from portail.facts.price import is_closed
from portail.facts.where import Address, address
from portail.model.event import Event
from portail.outputs.pages.maps import Position, position_of
from portail.outputs.pages.views.shared import Lien
from portail.site.hierarchy import children_of, siblings_of
from portail.site.item import Item
from portail.site.lasting import lasting_of
from portail.site.site import Site
from portail.text.inline import plain


class Enfant(NamedTuple):
    """An event that this one contains; ``montree`` is the occurrence that tells it."""

    lien: Lien
    theme: str
    montree: Occurrence | None
    commune: str
    position: Position | None


class Rang(NamedTuple):
    """Its rank, from 1, among the steps of a parcours; the step before, the next."""

    rang: int
    total: int
    precedente: Lien | None
    suivante: Lien | None


@dataclass(frozen=True, slots=True)
class EventInputs:
    """What only an event has, each part empty for other kinds."""

    adresse: Address | None = None
    """Address of its place, else its own."""
    clos: bool = False
    """Whether booking has ended."""
    durable: Lasting | None = None
    """What its sessions are together, when it is an exhibition rather than rendez-vous."""
    enfants: tuple[Enfant, ...] = ()
    """Events that it contains, in their order."""
    rang: Rang | None = None
    """Its rank in a parcours."""


def event_inputs(item: Item, site: Site) -> EventInputs:
    """Nothing for what is not an event."""
    if not isinstance(item.entry, Event):
        return EventInputs()
    lasting = lasting_of(site, item.ref)
    held = tuple(_child(one, site) for one in children_of(item, site))
    where, closed = address(item, site), is_closed(item, site.day.date)
    return EventInputs(where, closed, lasting, held, _rank(item, site))


def _child(item: Item, site: Site) -> Enfant:
    entry = item.entry
    return Enfant(
        _link(item),
        entry.themes[0] if entry.themes else "",
        item.montree,
        item.commune.nom if item.commune else "",
        position_of(item, site),
    )


def _link(item: Item) -> Lien:
    return Lien(plain(item.entry.titre), item.url)


def _rank(item: Item, site: Site) -> Rang | None:
    if not isinstance(item.entry, Event) or item.entry.etape is None:
        return None
    steps = [one for one in siblings_of(item, site) if getattr(one.entry, "etape", None)]
    refs = [one.ref for one in steps]
    if item.ref not in refs:
        return None
    rank = refs.index(item.ref)
    before, after = steps[:rank][-1:], steps[rank + 1 : rank + 2]
    return Rang(
        rank + 1,
        len(steps),
        _link(before[0]) if before else None,
        _link(after[0]) if after else None,
    )
