"""Price of an event, and ways to book it."""

from __future__ import annotations

from datetime import date

from portail.facts.base import Fact, Value, event_of, mail_and_phone, texts
from portail.facts.when import moment_text
from portail.model.event import Event
from portail.site.item import Item
from portail.site.site import Site
from portail.text.numbers import euros
from portail.text.typography import capital


def price(item: Item, site: Site) -> Fact:
    """Price of an event with its conditions; its value is the list of prices in euros."""
    tarif = event_of(item).tarif
    if tarif is None:
        return Fact("Tarif", value=())
    short = "Gratuit" if tarif.nul else "" if tarif.prix is None else euros(tarif.prix)
    reduced = "" if tarif.reduit is None else f"réduit {euros(tarif.reduit)}"
    full = short or ("Payant" if tarif.gratuit is False else "")
    text = ", ".join(filter(None, (full, reduced)))
    rest = capital(tarif.conditions or "")
    known = (one for one in (tarif.prix, tarif.reduit) if one is not None)
    line = ". ".join(filter(None, (text, rest)))
    return Fact(
        "Tarif",
        (Value(text, note=rest),) if text else texts(rest),
        f"Tarif : {line}" if line else "",
        short,
        (0,) if tarif.gratuit else tuple(known),
    )


def is_free(event: Event) -> bool | None:
    """Whether nothing is to pay; ``None`` when no price is given."""
    tarif = event.tarif
    if tarif is None or (tarif.gratuit, tarif.prix, tarif.reduit) == (None, None, None):
        return None
    return tarif.nul


def price_terms(item: Item, site: Site) -> Fact:
    """Every term of the price of an event, as the national dataset lists them."""
    tarif = event_of(item).tarif
    if tarif is None:
        return Fact("Tarif")
    full = "" if tarif.prix is None else euros(tarif.prix)
    reduced = "" if tarif.reduit is None else f"tarif réduit {euros(tarif.reduit)}"
    parts = ("gratuit" if tarif.gratuit else "", full, reduced, tarif.conditions)
    return Fact("Tarif", short="\u00a0; ".join(filter(None, parts)))


def booking(item: Item, site: Site) -> Fact:
    """Whether and how to book an event, whatever the day; its value is whether one must."""
    one = event_of(item).inscription
    if one is None:
        return Fact("Inscription")
    text = site.vocabularies.labels("regimes", (one.regime,))
    if one.avant_le:
        text += f", avant le {moment_text(one.avant_le)}"
    page = (Value("réserver", one.url),) if one.url else ()
    ways = ", ".join(filter(None, (one.url, one.courriel, one.telephone)))
    return Fact(
        "Inscription",
        (Value(text), *page, *mail_and_phone(one.courriel, one.telephone)),
        f"{text} : {ways}" if ways else text,
        value=one.regime == "obligatoire",
    )


def booking_today(item: Item, site: Site) -> Fact:
    """Whether an event must be booked, or that its booking is closed on the day of the build."""
    fact, one = booking(item, site), event_of(item).inscription
    if one and one.avant_le and is_closed(item, site.day.date):
        text = f"Inscriptions closes depuis le {moment_text(one.avant_le)}"
        return fact._replace(values=(Value(text),))
    return fact._replace(values=fact.values[:1])


def booking_contact(item: Item, site: Site) -> Fact:
    """Mail and telephone of an event: to book while this is possible, else to ask."""
    event = event_of(item)
    one, over = event.inscription, item.passe or event.etat == "annule"
    if one is None:
        return Fact("Contact")
    open_ = one.regime != "aucune" and not over and not is_closed(item, site.day.date)
    values = mail_and_phone(one.courriel, one.telephone)
    return Fact("Réserver" if open_ else "Contact", values)


def booking_page(event: Event) -> str:
    """Address where an event is booked, empty without one."""
    return (event.inscription.url or "") if event.inscription else ""


def booking_day(item: Item) -> date | None:
    """The last day when an event can be booked, if it gives one."""
    one = item.entry.inscription if isinstance(item.entry, Event) else None
    return one.avant_le.jour if one and one.avant_le else None


def is_closed(item: Item, today: date) -> bool:
    """Whether an event to come can no longer be booked."""
    last = booking_day(item)
    return not item.passe and last is not None and last < today


def booking_deadline(event: Event, near: date) -> str:
    """« Inscription avant le 7 octobre à 12 h »; the year where it is not that of ``near``."""
    until = event.inscription.avant_le if event.inscription else None
    if until is None or until.jour < near:
        return ""
    year = until.jour.year != near.year
    return f"Inscription avant le {moment_text(until, year=year)}"
