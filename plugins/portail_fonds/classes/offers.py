"""What a teacher asks first of what a class may book: for whom, where, when, how many, how much,
how one books. The unknown is not said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from portail.agenda.occurrences import days_between
from portail.agenda.weeks import Week
from portail.facts.audience import ages, groups, publics
from portail.facts.base import Value, contacts, mail_and_phone, names, sort, text_of
from portail.facts.place import place_of
from portail.facts.price import booking, booking_deadline, price
from portail.facts.when import occurrence_phrase
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.lieux.opening import hours_of, open_days, said
from portail.features.kinds.lieux.structures import delay, group_size
from portail.features.kinds.ressources.model import Ressource
from portail.model.event import Event
from portail.site.item import SCHOOL, Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.text.dates import JOURS_COURTS, periode
from portail.text.typography import capital, nombre

_YEAR = timedelta(days=364)
# Months with school, and days of its weeks.
_ALL_YEAR = 10
_DAYS = 5


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
    days = _school_days(site, item.ref)
    if place.horaires_ouverture and len({day.month for day in days}) >= _ALL_YEAR:
        yield "toute l’année"
    yield _school_week(site, item.ref)
    yield place.duree_visite or ""
    if terms:
        yield group_size(terms)
        yield delay(terms.delai_jours)
    yield _ways(contacts(terms) or mail_and_phone(place.courriel, place.telephone))


def _has_school(day: date, site: Site) -> bool:
    return day.weekday() < _DAYS and not any(day in holiday for holiday in site.holidays.own)


@per_site
def _school_days(site: Site, ref: str) -> tuple[date, ...]:
    # Of the year that begins, those on which a place is open.
    days = open_days(site, site.items[ref], site.day.date, site.day.date + _YEAR)
    return tuple(day for day in days if _has_school(day, site))


@answer
def _school_week(site: Site, ref: str) -> str:
    # « Du 3 au 7 octobre : lun., jeu. 9 h – 17 h »: hours of a place in the next week with school.
    return _school_weeks(site).get(ref, "")


@per_site
def _school_weeks(site: Site) -> Mapping[str, str]:
    monday = Week.of(site.day.date).last + timedelta(days=1)
    ahead = days_between(monday, monday + _YEAR)
    first = next((day for day in ahead if _has_school(day, site)), monday)
    days = [day for day in days_between(first, Week.of(first).last) if _has_school(day, site)]
    by_place = defaultdict[str, dict[str, list[date]]](lambda: defaultdict(list))
    for day in days:
        for ref, spans in hours_of(site, day.isoformat()):
            by_place[ref][said(spans)].append(day)
    week = periode(days[0], days[-1], annee=False) if days else ""
    told = {}
    for ref, by_hours in by_place.items():
        rows = (f"{_week_days(open_then)} {hours}" for hours, open_then in by_hours.items())
        told[ref] = f"{week} : {' ; '.join(rows)}"
    return told


def _week_days(days: Sequence[date]) -> str:
    # « lun. – ven. », « lun., jeu. »
    names = [JOURS_COURTS[day.weekday()] for day in days]
    if len(days) > 2 and (days[-1] - days[0]).days < len(days):
        return f"{names[0]} – {names[-1]}"
    return ", ".join(names)


def days_of(item: Item, site: Site) -> tuple[date, ...] | None:
    """Days of the year that begins on which a class may have it; ``None`` where nothing says so."""
    entry = item.entry
    if isinstance(entry, Event):
        coming = (day for one in item.coming if one.maintained for day in one.days())
        return tuple(day for day in coming if not site.is_over(day))
    if isinstance(entry, Lieu) and entry.horaires_ouverture:
        return _school_days(site, item.ref)
    return None


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
