"""What the page of an event says of its ties (its place, the events that it contains, its rank in a
parcours), and how one books it."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Lasting
from portail.facts.base import Fact, Value, mail_and_phone
from portail.facts.place import Address, address
from portail.facts.price import booked_until, booking, is_closed
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


def booking_today(item: Item, site: Site) -> Fact:
    """Whether an event must be booked, or that its booking is closed on the day of the build."""
    fact = booking(item, site)
    terms = item.of(Event).inscription
    if terms and terms.regime != "aucune" and item.of(Event).etat == "annule":
        return fact._replace(values=(Value("Inscriptions closes"),))
    if terms and terms.avant_le and is_closed(item, site):
        text = f"Inscriptions closes : c’était {booked_until(terms.avant_le)}"
        return fact._replace(values=(Value(text),))
    return fact._replace(values=fact.values[:1])


def booking_contact(item: Item, site: Site) -> Fact:
    """Mail and telephone of an event: to book while this is possible, else to ask."""
    event = item.of(Event)
    terms = event.inscription
    over = item.is_over or event.etat == "annule"
    if terms is None:
        return Fact("Contact")
    open_ = terms.regime != "aucune" and not over and not is_closed(item, site)
    values = mail_and_phone(terms.courriel, terms.telephone)
    return Fact("Réserver" if open_ else "Contact", values)


def booking_page(event: Event) -> str:
    if event.inscription:
        return event.inscription.url or ""
    return ""


def booking_way(event: Event) -> Value | None:
    """The easiest way to book an event: page, mail, telephone; ``None`` without any."""
    terms = event.inscription
    if terms is None or terms.regime == "aucune":
        return None
    page = (Value("", terms.url),) if terms.url else ()
    return next(iter((*page, *mail_and_phone(terms.courriel, terms.telephone))), None)
