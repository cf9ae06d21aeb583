"""What the page of a place says of prices and tickets, closures, groups that it receives and rooms
that it hires out, and what the day makes of it: is it closed, is its sheet too old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from portail.facts.base import Fact, Value, contacts, mail_and_phone, texts, web_site
from portail.facts.when import day_of
from portail.features.services.horaires.notation import read_opening_hours
from portail.features.services.horaires.rules import NATIONAL
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.site.memo import answer
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


class LieuState(Struct, frozen=True):
    """The state of a place on the day of the build."""

    # Closures that are not over: rank, whether it runs.
    fermetures: tuple[tuple[int, bool], ...]
    # Whether its sheet is too old.
    a_verifier: bool
    # First and last days of the school holidays on which its hours depend.
    vacances: tuple[tuple[date, date], ...] = ()
    # The present or next time of each season of its hours.
    saisons: tuple[tuple[date, date], ...] = ()
    # Its public holidays, as ``horaires/rules.py`` writes them.
    feries: str = NATIONAL


@answer
def lieu_state(site: Site, ref: str) -> LieuState:
    place = site.items[ref].of(Lieu)
    day = site.day.date
    hours = read_opening_hours(place.horaires_ouverture or "off")
    holidays = site.holidays.own if hours.scolaires else ()
    return LieuState(
        tuple(place.fermetures_au(day)),
        place.a_verifier(day),
        tuple((holiday.du, holiday.au) for holiday in holidays if holiday.au >= day),
        tuple(season.next_run(day) for rule in hours.regles for season in rule.dates),
        holidays_at(site.items[ref], site),
    )


def holidays_at(item: Item, site: Site) -> str:
    """Public holidays where a place is: those of the country and of its département."""
    departement = site.departement_of(item)
    if departement:
        return f"{NATIONAL} {departement.feries}".strip()
    return NATIONAL
