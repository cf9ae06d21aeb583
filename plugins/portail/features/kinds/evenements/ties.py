"""What ties an event to others: its place, the events that it contains, its rank in a parcours."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Lasting
from portail.facts.place import Address, address
from portail.facts.price import is_closed
from portail.features.services.editions.editions import children_of, siblings_of
from portail.model.event import Event
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.memo import own_answer
from portail.site.narrowed import lasting_of
from portail.site.positions import Position, position_of
from portail.site.site import Site


class Enfant(NamedTuple):
    """An event that another one contains."""

    lien: Lien
    theme: str
    shown: Occurrence | None
    commune: str
    position: Position | None


class Rang(NamedTuple):
    """The rank of an event among the steps of a parcours."""

    # From 1.
    rang: int
    total: int
    precedente: Lien | None
    suivante: Lien | None


class EventTies(Struct, frozen=True):
    """What an event says with what others say."""

    adresse: Address | None
    # Whether booking has ended.
    clos: bool
    durable: Lasting | None
    enfants: tuple[Enfant, ...]
    # Its rank in a parcours.
    rang: Rang | None


@own_answer
def event_ties(site: Site, ref: str) -> EventTies:
    item = site.items[ref]
    children = tuple(
        Enfant(_link(child), child.theme, child.shown, child.town, position_of(child, site))
        for child in children_of(item, site)
    )
    return EventTies(
        address(item, site),
        is_closed(item, site),
        lasting_of(item, site),
        children,
        _rank(item, site),
    )


def _link(item: Item) -> Lien:
    return Lien(item.name, item.url)


def _rank(item: Item, site: Site) -> Rang | None:
    if item.of(Event).etape is None:
        return None
    steps = [step for step in siblings_of(item, site) if getattr(step.entry, "etape", None)]
    refs = [step.ref for step in steps]
    if item.ref not in refs:
        return None
    rank = refs.index(item.ref)
    before = steps[:rank][-1:]
    after = steps[rank + 1 : rank + 2]
    return Rang(
        rank + 1,
        len(steps),
        _link(before[0]) if before else None,
        _link(after[0]) if after else None,
    )
