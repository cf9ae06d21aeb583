"""Price of an event, ways to book it."""

from __future__ import annotations

from datetime import date, datetime, time

from portail.agenda.occurrences import local
from portail.model.event import Event
from portail.model.scalars import Moment
from portail.site.item import Item
from portail.site.site import Site
from portail.text.excerpts import unstopped
from portail.text.typography import capital, euros

from .base import Fact, Value, mail_and_phone, texts
from .when import moment_text


def price(item: Item, site: Site) -> Fact:
    """Price of an event with its conditions; its value is the list of prices in euros."""
    tarif = vars(item.entry).get("tarif")
    if tarif is None:
        return Fact("Tarif", value=())
    short = ""
    if tarif.nul:
        short = "Gratuit"
    elif tarif.prix is not None:
        short = euros(tarif.prix)
    reduced = "" if tarif.reduit is None else f"réduit {euros(tarif.reduit)}"
    full = short or ("Payant" if tarif.gratuit is False else "")
    text = ", ".join(filter(None, (full, reduced)))
    conditions = unstopped(capital(tarif.conditions or ""))
    amounts = (amount for amount in (tarif.prix, tarif.reduit) if amount is not None)
    line = ". ".join(filter(None, (text, conditions)))
    values = texts(conditions)
    euro = (0,) if tarif.gratuit else tuple(amounts)
    if text and conditions.replace("\u00a0", " ").startswith(text.replace("\u00a0", " ")):
        line = conditions  # « 4 € le baromètre » says « 4 € »
    elif text:
        values = (Value(text, note=conditions),)
    return Fact("Tarif", values, f"Tarif : {line}" if line else "", short, euro)


def is_free(event: Event) -> bool | None:
    """Whether nothing is to pay; ``None`` when no price is given."""
    tarif = event.tarif
    if tarif is None or (tarif.gratuit, tarif.prix, tarif.reduit) == (None, None, None):
        return None
    return tarif.nul


def booking(item: Item, site: Site) -> Fact:
    terms = item.of(Event).inscription
    if terms is None:
        return Fact("Inscription")
    text = site.vocabularies.labels("regimes", (terms.regime,))
    if terms.avant_le:
        text += f", {booked_until(terms.avant_le)}"
    page = (Value("réserver", terms.url),) if terms.url else ()
    ways = ", ".join(filter(None, (terms.url, terms.courriel, terms.telephone)))
    return Fact(
        "Inscription",
        (Value(text), *page, *mail_and_phone(terms.courriel, terms.telephone)),
        f"{text} : {ways}" if ways else text,
    )


def booking_closes(item: Item) -> datetime | None:
    """The last instant when an event can be booked, if it gives one."""
    terms = None
    if isinstance(item.entry, Event):
        terms = item.entry.inscription
    until = terms.avant_le if terms else None
    if until:
        return local(until.jour, until.heure or time.max)
    return None


def booking_day(item: Item) -> date | None:
    """The day of it."""
    closes = booking_closes(item)
    if closes:
        return closes.date()
    return None


def booking_end(item: Item) -> date | None:
    last = item.last_day
    deadline = booking_day(item)
    if last and deadline:
        return min(last, deadline)
    return last


def is_closed(item: Item, site: Site) -> bool:
    last = booking_day(item)
    return not item.is_over and last is not None and site.is_over(last)


def booking_deadline(event: Event, near: date) -> str:
    """« Inscription jusqu’au 7 octobre à 12 h »; the year only where it is not that of ``near``."""
    until = None
    if event.inscription:
        until = event.inscription.avant_le
    if until is None or until.jour < near:
        return ""
    text = f"Inscription {booked_until(until, year=until.jour.year != near.year)}"
    if until.jour == near:
        return f"{text}, dernier jour"
    return text


def booked_until(until: Moment, *, year: bool = True) -> str:
    return f"jusqu’au {moment_text(until, year=year)}"
