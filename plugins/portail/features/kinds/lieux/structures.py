"""Prices and tickets of a place, its closures, groups that it receives, rooms that it hires out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.facts.base import Fact, Value, contacts, mail_and_phone, texts, web_site
from portail.facts.when import day_of
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.excerpts import clause, unstopped
from portail.text.typography import capital, euros, nombre

from .model import AccueilGroupes, Espace, Fermeture, Lieu


def prices(item: Item, site: Site) -> Fact:
    rows = (
        Value(
            f"{capital(tarif.libelle)} : {euros(tarif.prix) if tarif.prix else 'gratuit'}",
            note=unstopped(capital(tarif.conditions or "")),
        )
        for tarif in item.of(Lieu).tarifs
    )
    return Fact("Tarifs", tuple(rows))


def tickets(item: Item, site: Site) -> Fact:
    """Where tickets are sold before one comes, and what to know of them."""
    tickets_sold = item.of(Lieu).billetterie
    if tickets_sold is None:
        return Fact("Billetterie")
    ways = (*web_site(tickets_sold.url), *mail_and_phone(None, tickets_sold.telephone))
    return Fact(
        "Billetterie", (*ways, *texts(capital(tickets_sold.note or ""))), value=tickets_sold.url
    )


def closure(closing: Fermeture, lists: Vocabularies, *, running: bool) -> str:
    """« Fermé du 25 décembre 2021 au 15 janvier 2022 », true until the last day once read."""
    if closing.equipement is None:
        return f"Fermé {periode(closing.du, closing.au)}"
    agreed = "fermée" if lists.detail("equipements", closing.equipement, "feminin") else "fermé"
    when = f"jusqu’au {day_of(closing.au)}" if running else periode(closing.du, closing.au)
    return f"{capital(lists.label('equipements', closing.equipement))} {agreed} {when}"


def closed_today(item: Item, site: Site) -> Iterator[tuple[str, date]]:
    """Closures that run on the day of the build, « Fermé jusqu’au 15 janvier 2022 » those of a
    whole place, and the last day of each."""
    for closing in item.of(Lieu).fermetures:
        if site.has_come(closing.du) and not site.is_over(closing.au):
            whole = f"Fermé jusqu’au {day_of(closing.au)}"
            part = closure(closing, site.vocabularies, running=True)
            yield part if closing.equipement else whole, closing.au


def receptions(item: Item, site: Site) -> tuple[Fact, ...]:
    rooms = tuple(_room(room) for room in item.of(Lieu).espaces)
    return (Fact("Venir en groupe", tuple(_groups(item))), Fact("Louer un espace", rooms))


def _groups(item: Item) -> Iterator[Value]:
    # How many come, how early and how one asks; whom, where it is somebody else.
    place = item.of(Lieu)
    terms = place.groupes
    own_ways = mail_and_phone(place.courriel, place.telephone)
    if terms is None:
        return
    yield from texts(
        *map(capital, (group_size(terms), delay(terms.delai_jours), terms.comment or ""))
    )
    yield from (way for way in contacts(terms) if way not in own_ways)


def group_size(terms: AccueilGroupes) -> str:
    """« de 10 à 60 personnes », « 30 personnes au plus »; nothing when it is not told."""
    low, high = (nombre(size) if size else "" for size in (terms.min, terms.max))
    if low and high:
        return f"de {low} à {high} personnes"
    if low:
        return f"à partir de {low} personnes"
    return f"{high} personnes au plus" if high else ""


def delay(days: int | None) -> str:
    """« à demander 15 jours à l’avance »."""
    if days:
        return f"à demander {days} jour{'s' * (days > 1)} à l’avance"
    return ""


def _room(room: Espace) -> Value:
    seats = f"{nombre(room.places)} places" if room.places else ""
    surface = f"{nombre(room.surface_m2)}\u00a0m²" if room.surface_m2 else ""
    notes = (seats, surface, clause(room.tarif or ""), unstopped(room.precision or ""))
    return Value(capital(room.nom), note=capital(", ".join(filter(None, notes))))
