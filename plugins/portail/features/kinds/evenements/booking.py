"""How one books an event, as its page says it."""

from __future__ import annotations

from portail.facts.base import Fact, Value, mail_and_phone
from portail.facts.price import booked_until, booking, is_closed
from portail.model.event import Event
from portail.site.item import Item
from portail.site.site import Site


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
