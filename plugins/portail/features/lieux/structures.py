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
            f"{capital(one.libelle)} : {euros(one.prix) if one.prix else 'gratuit'}",
            note=capital(one.conditions or ""),
        )
        for one in item.of(Lieu).tarifs
    )
    return Fact("Tarifs", tuple(rows))


def tickets(item: Item, site: Site) -> Fact:
    """Where tickets are sold before one comes, and what to know of them."""
    one = item.of(Lieu).billetterie
    if one is None:
        return Fact("Billetterie")
    ways = (*web_site(one.url), *mail_and_phone(None, one.telephone))
    return Fact("Billetterie", (*ways, *texts(capital(one.note or ""))), value=one.url)


def closure(one: Fermeture, lists: Vocabularies, *, running: bool) -> str:
    """« Fermé du 25 décembre 2021 au 15 janvier 2022 » of a whole place, « Planétarium fermé
    jusqu’au 28 janvier 2022 » of a facility; once read, it holds until the last day."""
    if one.equipement is None:
        return f"Fermé {periode(one.du, one.au)}"
    agreed = "fermée" if lists.detail("equipements", one.equipement, "feminin") else "fermé"
    when = f"jusqu’au {day_of(one.au)}" if running else periode(one.du, one.au)
    return f"{capital(lists.label('equipements', one.equipement))} {agreed} {when}"


def closed_today(item: Item, site: Site) -> Iterator[tuple[str, date]]:
    """Closures that run on the day of the build, « Fermé jusqu’au 15 janvier 2022 » those of a
    whole place, and the last day of each."""
    entry = item.of(Lieu)
    for rank, running in entry.fermetures_au(site.day.date):
        one = entry.fermetures[rank]
        if running:
            whole = f"Fermé jusqu’au {day_of(one.au)}"
            part = closure(one, site.vocabularies, running=True)
            yield part if one.equipement else whole, one.au


def receptions(item: Item, site: Site) -> tuple[Fact, ...]:
    """How one comes in a group, which rooms one hires."""
    rooms = tuple(_room(one) for one in item.of(Lieu).espaces)
    return (Fact("Venir en groupe", tuple(_groups(item))), Fact("Louer un espace", rooms))


def _groups(item: Item) -> Iterator[Value]:
    """How many come, how early and how one asks; whom, where it is somebody else."""
    place = item.of(Lieu)
    one = place.groupes
    known = mail_and_phone(place.courriel, place.telephone)
    if one is None:
        return
    yield from texts(*map(capital, (group_size(one), delay(one.delai_jours), one.comment or "")))
    yield from (way for way in contacts(one) if way not in known)


def group_size(one: AccueilGroupes) -> str:
    """« de 10 à 60 personnes », « 30 personnes au plus »; nothing when it is not told."""
    low, high = (nombre(size) if size else "" for size in (one.min, one.max))
    if low and high:
        return f"de {low} à {high} personnes"
    return f"à partir de {low} personnes" if low else f"{high} personnes au plus" if high else ""


def delay(days: int | None) -> str:
    """« à demander 15 jours à l’avance »."""
    return f"à demander {days} jour{'s' * (days > 1)} à l’avance" if days else ""


def _room(one: Espace) -> Value:
    seats = f"{nombre(one.places)} places" if one.places else ""
    surface = f"{nombre(one.surface_m2)}\u00a0m²" if one.surface_m2 else ""
    said = (seats, surface, one.tarif, one.precision)
    return Value(capital(one.nom), note=capital(", ".join(filter(None, said))))


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
        told = _event(item, site)
    else:
        codes = [code for code in item.of(Lieu, Ressource).publics if code in SCHOOL]
        levels = site.vocabularies.labels("publics", codes)
        whom = iter((text_of(sort(item, site).values), levels))
        told = _lieu(item, site) if isinstance(item.entry, Lieu) else _tool(item, site)
    details = (capital(one) if rank == 0 else one for rank, one in enumerate(filter(None, told)))
    return Offer(" · ".join(filter(None, whom)), tuple(details))


def _classes(item: Item, site: Site) -> Iterator[str]:
    """Classes by their names, else publics; subjects, else ages."""
    told = {one.label: one for one in groups(item, site)[1]}
    yield told["Niveaux"].short or text_of(publics(item, site).values)
    yield text_of(told["Disciplines"].values) or ages(item, site).short


def _event(item: Item, site: Site) -> Iterator[str]:
    event = item.of(Event)
    today = site.day.date
    told = {one.label: one.short for one in groups(item, site)[1]}
    most = event.groupes.effectif_max if event.groupes else None
    yield _when(item, site)
    yield place_of(item, site)
    yield told["Durée"]
    yield f"{nombre(most)} élèves au plus" if most else ""
    yield told["Prix du groupe"] or price(item, site).short
    yield booking_deadline(event, today)
    yield _ways(booking(item, site).values[1:])


def _when(item: Item, site: Site) -> str:
    """Its dates to come: the only one, else how many and from when to when."""
    coming = [one for one in item.occurrences if one.a_venir(site.day.date) and one.maintenue]
    if len(coming) < 2:
        return "".join(map(occurrence_phrase, coming))
    first = coming[0].premier_jour
    last = max(one.dernier_jour for one in coming)
    return f"{nombre(len(coming))} séances, {periode(first, last)}"


def _lieu(item: Item, site: Site) -> Iterator[str]:
    place = item.of(Lieu)
    one = place.groupes
    yield item.town
    yield "toute l’année" if place.horaires_ouverture and _all_year(item, site) else ""
    yield place.duree_visite or ""
    yield group_size(one) if one else ""
    yield delay(one.delai_jours) if one else ""
    yield _ways(contacts(one) or mail_and_phone(place.courriel, place.telephone))


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
    known = [*values]
    told = sorted((one for one in known if one.sign), key=lambda one: one.sign, reverse=True)
    if told:
        return f"réserver : {', '.join(one.text.replace(' ', NBSP) for one in told)}"
    return "réservation en ligne" if known else ""
