"""Prices and tickets of a place, its closures, groups that it receives, rooms that it hires out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from portail.facts.audience import ages, groups, publics
from portail.facts.base import (
    Fact,
    Value,
    contacts,
    mail_and_phone,
    names,
    sort,
    text_of,
    texts,
    web_site,
)
from portail.facts.price import booking, booking_deadline, place_of, price
from portail.facts.when import day_of, occurrence_phrase
from portail.model.event import Event
from portail.model.lieu import Lieu
from portail.model.parts import AccueilGroupes, Espace, Fermeture
from portail.model.ressource import Ressource
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.site.school import SCHOOL, opens
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.spaces import NBSP
from portail.text.typography import capital, euros, nombre


def prices(item: Item, site: Site) -> Fact:
    """Prices of a place, by public, each with its conditions."""
    rows = (
        Value(
            f"{capital(fare.libelle)} : {euros(fare.prix) if fare.prix else 'gratuit'}",
            note=capital(fare.conditions or ""),
        )
        for fare in item.of(Lieu).tarifs
    )
    return Fact("Tarifs", tuple(rows))


def tickets(item: Item, site: Site) -> Fact:
    """Where tickets are sold before one comes, and what to know of them."""
    office = item.of(Lieu).billetterie
    if office is None:
        return Fact("Billetterie")
    ways = (*web_site(office.url), *mail_and_phone(None, office.telephone))
    return Fact("Billetterie", (*ways, *texts(capital(office.note or ""))), value=office.url)


def closure(closing: Fermeture, lists: Vocabularies, *, running: bool) -> str:
    """« Fermé du 25 décembre 2021 au 15 janvier 2022 » of a whole place, « Planétarium fermé
    jusqu’au 28 janvier 2022 » of a facility; once read, it holds until the last day."""
    if closing.equipement is None:
        return f"Fermé {periode(closing.du, closing.au)}"
    agreed = "fermée" if lists.detail("equipements", closing.equipement, "feminin") else "fermé"
    when = f"jusqu’au {day_of(closing.au)}" if running else periode(closing.du, closing.au)
    return f"{capital(lists.label('equipements', closing.equipement))} {agreed} {when}"


def closed_today(item: Item, site: Site) -> Iterator[tuple[str, date]]:
    """Closures that run on the day of the build, « Fermé jusqu’au 15 janvier 2022 » those of a
    whole place, and the last day of each."""
    entry = item.of(Lieu)
    for rank, running in entry.fermetures_au(site.day.date):
        closing = entry.fermetures[rank]
        if running:
            whole = f"Fermé jusqu’au {day_of(closing.au)}"
            part = closure(closing, site.vocabularies, running=True)
            yield part if closing.equipement else whole, closing.au


def receptions(item: Item, site: Site) -> tuple[Fact, ...]:
    """How one comes in a group, which rooms one hires."""
    rooms = tuple(_room(space) for space in item.of(Lieu).espaces)
    return (Fact("Venir en groupe", tuple(_groups(item))), Fact("Louer un espace", rooms))


def _groups(item: Item) -> Iterator[Value]:
    """How many come, how early and how one asks; whom, where it is somebody else."""
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
    return f"à partir de {low} personnes" if low else f"{high} personnes au plus" if high else ""


def delay(days: int | None) -> str:
    """« à demander 15 jours à l’avance »."""
    return f"à demander {days} jour{'s' * (days > 1)} à l’avance" if days else ""


def _room(space: Espace) -> Value:
    seats = f"{nombre(space.places)} places" if space.places else ""
    surface = f"{nombre(space.surface_m2)}\u00a0m²" if space.surface_m2 else ""
    details = (seats, surface, space.tarif, space.precision)
    return Value(capital(space.nom), note=capital(", ".join(filter(None, details))))


# What a teacher asks first of what a class may book: for whom, where, when, how many, how much, how
# one books. The unknown is not said.

_YEAR = timedelta(days=365)
_MONTH = timedelta(days=30)


class Offer(NamedTuple):
    """What a line says of an offer: ``pour`` whom it is; the rest, each phrase apart."""

    pour: str
    details: tuple[str, ...]


def offer_of(item: Item, site: Site) -> Offer:
    """What is said of a content that a class may book."""
    if isinstance(item.entry, Event):
        whom = _classes(item, site)
        phrases = _event(item, site)
    else:
        codes = [code for code in item.of(Lieu, Ressource).publics if code in SCHOOL]
        levels = site.vocabularies.labels("publics", codes)
        whom = iter((text_of(sort(item, site).values), levels))
        phrases = _lieu(item, site) if isinstance(item.entry, Lieu) else _tool(item, site)
    details = (
        capital(phrase) if rank == 0 else phrase
        for rank, phrase in enumerate(filter(None, phrases))
    )
    return Offer(" · ".join(filter(None, whom)), tuple(details))


def _classes(item: Item, site: Site) -> Iterator[str]:
    """Classes by their names, else publics; subjects, else ages."""
    facts = {fact.label: fact for fact in groups(item, site)[1]}
    yield facts["Niveaux"].short or text_of(publics(item, site).values)
    yield text_of(facts["Disciplines"].values) or ages(item, site).short


def _event(item: Item, site: Site) -> Iterator[str]:
    event = item.of(Event)
    today = site.day.date
    shorts = {fact.label: fact.short for fact in groups(item, site)[1]}
    most = event.groupes.effectif_max if event.groupes else None
    yield _when(item, site)
    yield place_of(item, site)
    yield shorts["Durée"]
    yield f"{nombre(most)} élèves au plus" if most else ""
    yield shorts["Prix du groupe"] or price(item, site).short
    yield booking_deadline(event, today)
    yield _ways(booking(item, site).values[1:])


def _when(item: Item, site: Site) -> str:
    """Its dates to come: the only one, else how many and from when to when."""
    coming = [
        occurrence
        for occurrence in item.occurrences
        if occurrence.a_venir(site.day.date) and occurrence.maintenue
    ]
    if len(coming) < 2:
        return "".join(map(occurrence_phrase, coming))
    first = coming[0].premier_jour
    last = max(occurrence.dernier_jour for occurrence in coming)
    return f"{nombre(len(coming))} séances, {periode(first, last)}"


def _lieu(item: Item, site: Site) -> Iterator[str]:
    place = item.of(Lieu)
    terms = place.groupes
    yield item.town
    yield "toute l’année" if place.horaires_ouverture and _all_year(item, site) else ""
    yield place.duree_visite or ""
    yield group_size(terms) if terms else ""
    yield delay(terms.delai_jours) if terms else ""
    yield _ways(contacts(terms) or mail_and_phone(place.courriel, place.telephone))


def _all_year(item: Item, site: Site) -> bool:
    """Whether a place opens in each month of the year that begins."""
    first = site.day.date
    place = item.of(Lieu)
    days = (first + rank * _MONTH for rank in range(_YEAR // _MONTH))
    return all(opens(place, day, day + _MONTH) for day in days)


def _tool(item: Item, site: Site) -> Iterator[str]:
    tool = item.of(Ressource)
    yield ", ".join(filter(None, (text_of(names(item, site, "proprietaire")), item.town)))
    yield tool.duree or ""
    yield capital((tool.pret and tool.pret.tarif) or "")
    yield delay(tool.pret.delai_jours) if tool.pret else ""


def _ways(values: Iterable[Value]) -> str:
    """How one books, as words that paper keeps: telephone, then mail; else that it is on line."""
    ways = [*values]
    reachable = sorted(
        (value for value in ways if value.sign), key=lambda value: value.sign, reverse=True
    )
    if reachable:
        return f"réserver : {', '.join(value.text.replace(' ', NBSP) for value in reachable)}"
    return "réservation en ligne" if ways else ""
