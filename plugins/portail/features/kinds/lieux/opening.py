"""Which places receive visitors, on a day and at an hour: one answer for all who ask, and the file
by which scripts answer for any day, near any commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from portail.agenda.occurrences import days_between
from portail.facts.base import Fact, texts
from portail.features.services.horaires.french import opening_lines, short_span
from portail.features.services.horaires.notation import read_opening_hours
from portail.features.services.horaires.rules import DAY, Rule, Span
from portail.files import digest_bytes, digest_of
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.views.shared import Lien, Ouvert
from portail.outputs.spreadsheets import compact
from portail.site.item import Item
from portail.site.memo import kept_answer, per_site
from portail.site.positions import position_of
from portail.site.site import Site
from portail.site.urls import HOURS

from .facade import facades, is_step_free
from .model import Lieu
from .structures import holidays_at


def open_places(site: Site, day: date, hour: int = 0) -> Iterator[tuple[Item, Ouvert]]:
    """Places that receive visitors on a day, without a condition, until later than ``hour``
    (minutes since midnight): one a département before a second one, in an order that changes from
    day to day, so that each has its turn."""
    for ref, spans in hours_of(site, day.isoformat()):
        if hour < (spans[-1].fin or DAY):
            yield site.items[ref], opened(site.items[ref], site, day=day, spans=spans)


@kept_answer
def hours_of(site: Site, day: str) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """The same as plain values, worked out once for all that tell of a day."""
    when = date.fromisoformat(day)
    found = {item.ref: tuple(_sure(item, when, site)) for item in site.of_kind(Kind.LIEU)}
    turns = {ref: digest_bytes(f"{day} {ref}".encode()) for ref, spans in found.items() if spans}
    before = Counter[str]()
    ranked = list[tuple[int, int, str]]()
    for ref in sorted(turns, key=lambda ref: (not site.items[ref].of(Lieu).facade, turns[ref])):
        commune = site.items[ref].commune
        around = commune.departement if commune else ""
        ranked.append((before[around], len(ranked), ref))
        before[around] += 1
    return tuple((ref, found[ref]) for *_, ref in sorted(ranked))


def opened(item: Item, site: Site, *, day: date, spans: Sequence[Span]) -> Ouvert:
    """A place, drawn, with its hours of a day; without any where it does not open surely."""
    bounds = [*chain.from_iterable((span.debut, span.fin or DAY) for span in spans)]
    return Ouvert(
        lien=Lien(item.short, item.url, said(spans)),
        jour=day if spans else None,
        heures=" ".join(map(str, (day, *bounds))) if spans else "",
        fin=max(bounds, default=0),
        facade=next(facades(site, item), None),
        plain_pied=is_step_free(item.of(Lieu)),
        commune=item.town,
    )


def said(spans: Iterable[Span]) -> str:
    """« 10 h – 12 h, 14 h – 18 h »."""
    return ", ".join(map(short_span, spans))


def open_days(site: Site, item: Item, first: date, last: date) -> Iterator[date]:
    """Days on which a place is open without a condition, as far as its hours and closures tell."""
    return (day for day in days_between(first, last) if _opening(item, day, site))


def _sure(item: Item, day: date, site: Site) -> list[Span]:
    # Hours until an hour that is told, of a sheet that is to be relied on.
    place = item.of(Lieu)
    if not place.indexable or place.a_verifier(day):
        return []
    spans = (span for rule in _opening(item, day, site) for span in rule.heures)
    short_spans = [span for span in spans if span.fin and span.fin - span.debut < DAY]
    return sorted(short_spans, key=lambda span: span.debut)


def _opening(item: Item, day: date, site: Site) -> list[Rule]:
    place = item.of(Lieu)
    if any(shut.du <= day <= shut.au for shut in place.fermetures if not shut.equipement):
        return []
    hours = read_opening_hours(place.horaires_ouverture or "off").told
    school = site.holidays.own
    rules = hours.of(
        day, lambda day: any(day in holiday for holiday in school), holidays_at(item, site)
    )
    return [rule for rule in rules if not rule.ferme and not rule.note]


def hours_there(item: Item, site: Site) -> Fact:
    """The hours of the place of an event that is to come and tells none."""
    event = item.of(Event)
    place = site.lieu_of(event)
    told = any(not one.journee for one in item.occurrences)
    if place is None or told or item.is_over or event.etat == "annule":
        return Fact("Heures du lieu")
    hours = place.of(Lieu).horaires_ouverture
    days = [day for one in item.occurrences for day in one.days() if not site.is_over(day)]
    every = {said(_sure(place, day, site)) for day in days}
    if len(every) == 1:
        return Fact("Heures du lieu", texts(*every))
    return Fact("Heures du lieu", texts(*opening_lines(read_opening_hours(hours or "off").told)))


@per_site
def telling(site: Site) -> tuple[str, ...]:
    """Places whose sheets tell their hours, in the order of the file of hours."""
    places = ((item, item.of(Lieu)) for item in site.of_kind(Kind.LIEU))
    return tuple(item.ref for item, lieu in places if lieu.indexable and lieu.horaires_ouverture)


def mark(site: Site) -> str:
    """Which these places are, for who knows them by their rank."""
    return digest_of(*telling(site))[:6]


def plan_hours(site: Site) -> Iterator[TextFile]:
    if telling(site):
        yield text_file(site, HOURS, _written)


def _written(site: Site) -> Iterator[str]:
    # Columns: address, name, commune, degrees, whether it is step-free, rules
    # (``OpeningHours.compact``), closures, public holidays, the last day when it is relied on.
    school = chain.from_iterable((holiday.du, holiday.au) for holiday in site.holidays.own)
    head = f'"marque":"{mark(site)}","vacances":{compact([*map(str, school)])}'
    rows = ",\n".join(compact(_row(site.items[ref], site)) for ref in telling(site))
    yield f'{{{head},"lieux":[\n{rows}\n]}}\n'


def _row(item: Item, site: Site) -> list[object]:
    place = item.of(Lieu)
    position = position_of(item, site)
    shut = [one for one in place.fermetures if not one.equipement]
    return [
        site.config.base + item.url,
        item.short,
        item.town,
        [round(degrees, 3) for degrees in position.point] if position else None,
        int(is_step_free(place)),
        read_opening_hours(place.horaires_ouverture or "off").told.compact(),
        [*chain.from_iterable((str(one.du), str(one.au)) for one in shut)],
        holidays_at(item, site),
        str(place.sure_jusque),
    ]
