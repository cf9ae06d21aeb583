"""What a teacher asks first of what a class may book: for whom, where, when, how many, how much,
how one books. The unknown is not said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from portail.facts.audience import ages, groups, publics
from portail.facts.base import Value, contacts, mail_and_phone, names, sort, text_of
from portail.facts.place import place_of
from portail.facts.price import booking, booking_deadline, price
from portail.facts.when import occurrence_phrase
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.lieux.opening import open_days
from portail.features.kinds.lieux.structures import delay, group_size
from portail.features.kinds.ressources.model import Ressource
from portail.model.event import Event
from portail.site.item import SCHOOL, Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import capital, nombre

_YEAR = timedelta(days=364)
_ALL_YEAR = 12


class Offer(NamedTuple):
    """What a line says of an offer."""

    pour: str
    details: tuple[str, ...]


def offer_of(item: Item, site: Site) -> Offer:
    """What is said of a content that a class may book."""
    if isinstance(item.entry, Event):
        whom = _classes(item, site)
        details_of = _event(item, site)
    else:
        codes = [code for code in item.of(Lieu, Ressource).publics if code in SCHOOL]
        levels = site.vocabularies.labels("publics", codes)
        whom = iter((text_of(sort(item, site).values), levels))
        details_of = _lieu(item, site) if isinstance(item.entry, Lieu) else _tool(item, site)
    details = tuple(map(capital, filter(None, details_of)))
    return Offer(" · ".join(filter(None, whom)), details)


def _classes(item: Item, site: Site) -> Iterator[str]:
    # Classes by their names, else publics; subjects, else ages.
    by_label = {fact.label: fact for fact in groups(item, site)[1]}
    yield by_label["Niveaux"].short or text_of(publics(item, site).values)
    yield text_of(by_label["Disciplines"].values) or ages(item, site).short


def _event(item: Item, site: Site) -> Iterator[str]:
    event = item.of(Event)
    today = site.day.date
    by_label = {fact.label: fact.short for fact in groups(item, site)[1]}
    most = most_pupils(item)
    yield _when(item, site)
    yield place_of(item, site)
    yield by_label["Durée"]
    if most:
        yield f"{nombre(most)} élèves au plus"
    yield by_label["Prix du groupe"] or price(item, site).short
    yield booking_deadline(event, today)
    yield _ways(booking(item, site).values[1:])


def _when(item: Item, site: Site) -> str:
    # Its dates to come: the only one, else how many and from when to when.
    coming = [
        occurrence
        for occurrence in item.occurrences
        if occurrence.is_to_come(site.day.date) and occurrence.maintained
    ]
    if len(coming) < 2:
        return "".join(map(occurrence_phrase, coming))
    first = coming[0].first_day
    last = max(occurrence.last_day for occurrence in coming)
    return f"{nombre(len(coming))} séances, {periode(first, last)}"


def _lieu(item: Item, site: Site) -> Iterator[str]:
    place = item.of(Lieu)
    terms = place.groupes
    yield item.town
    if place.horaires_ouverture and len(_open_months(site, item.ref)) == _ALL_YEAR:
        yield "toute l’année"
    yield place.duree_visite or ""
    if terms:
        yield group_size(terms)
        yield delay(terms.delai_jours)
    yield _ways(contacts(terms) or mail_and_phone(place.courriel, place.telephone))


@per_site
def _open_months(site: Site, ref: str) -> frozenset[int]:
    last = site.day.date + _YEAR
    return frozenset(day.month for day in open_days(site, site.items[ref], site.day.date, last))


def months(item: Item, site: Site) -> Iterable[int]:
    """Months of the year that begins when a class may have it: all, where nothing says which."""
    entry = item.entry
    if isinstance(entry, Event):
        coming = (day for one in item.coming if one.maintained for day in one.days())
        return {day.month for day in coming if not site.is_over(day)}
    if isinstance(entry, Lieu) and entry.horaires_ouverture:
        return _open_months(site, item.ref)
    return range(1, 13)


def most_pupils(item: Item) -> int | None:
    """How many pupils may come at once, if it says so."""
    entry = item.entry
    if isinstance(entry, Event):
        return entry.groupes.effectif_max if entry.groupes else None
    return entry.groupes.max if isinstance(entry, Lieu) and entry.groupes else None


def _tool(item: Item, site: Site) -> Iterator[str]:
    tool = item.of(Ressource)
    yield ", ".join(filter(None, (text_of(names(item, site, "proprietaire")), item.town)))
    yield tool.duree or ""
    yield capital((tool.pret and tool.pret.tarif) or "")
    if tool.pret:
        yield delay(tool.pret.delai_jours)


def _ways(values: Iterable[Value]) -> str:
    ways = [*values]
    signed = sorted((way for way in ways if way.sign), key=lambda way: way.sign, reverse=True)
    if signed:
        return f"réserver : {', '.join(way.text for way in signed)}"
    if ways:
        return "réservation en ligne"
    return ""
