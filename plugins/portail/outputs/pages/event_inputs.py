"""What only the page of an event is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Lasting
from portail.model.event import Event
from portail.model.lieu import Lieu
from portail.outputs.pages.maps import Position, position_of
from portail.outputs.pages.views.shared import Lien
from portail.site.hierarchy import children_of, siblings_of
from portail.site.item import Item
from portail.site.lasting import lasting_of
from portail.site.site import Site
from portail.text.inline import plain

__all__ = ["Enfant", "EventInputs", "Venue", "event_inputs", "venue_of"]


@dataclass(frozen=True, slots=True)
class Venue:
    """The lieu where an event takes place, as machines are told of it."""

    titre: str
    url: str
    rue: str
    code_postal: str


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
    """``clos`` is whether booking has ended; ``durable`` what its sessions are together, when it is
    an exhibition rather than a rendez-vous of each of its days; ``enfants`` the events that it
    contains, in their order, ``rang`` its own in a parcours."""

    venue: Venue | None = None
    clos: bool = False
    durable: Lasting | None = None
    enfants: tuple[Enfant, ...] = ()
    rang: Rang | None = None


def event_inputs(item: Item, site: Site) -> EventInputs:
    """Nothing for what is not an event."""
    if not isinstance(item.entry, Event):
        return EventInputs()
    closed = _closed(item, item.entry, site.day.date)
    lasting = lasting_of(site, item.ref)
    held = tuple(_child(one, site) for one in children_of(item, site))
    return EventInputs(venue_of(item.entry, site), closed, lasting, held, _rank(item, site))


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


def venue_of(entry: Event, site: Site) -> Venue | None:
    """The lieu where an event takes place, when it names one."""
    found = site.lieu_of(entry)
    if found is None or not isinstance(found.entry, Lieu):
        return None
    address = found.entry.adresse
    street, code = (address.rue, address.code_postal) if address else ("", "")
    return Venue(found.entry.titre, found.url, street or "", code or "")


def _closed(item: Item, entry: Event, today: date) -> bool:
    """Whether an event to come can no longer be booked."""
    booking = entry.inscription if not item.passe else None
    last = booking.avant_le if booking else None
    return last is not None and last.jour < today
