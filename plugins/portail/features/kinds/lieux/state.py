"""What the day makes of a place: its closures, whether its sheet is too old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from portail.agenda.occurrences import days_between
from portail.features.services.horaires.notation import read_opening_hours
from portail.features.services.horaires.rules import DAY, NATIONAL, Rule, Span
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site

from .model import Lieu


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


def open_days(site: Site, item: Item, first: date, last: date) -> Iterator[date]:
    """Days on which a place is open without a condition, as far as its hours and closures tell."""
    return (day for day in days_between(first, last) if _opening(item, day, site))


def open_on(site: Site, days: Sequence[date]) -> Iterator[tuple[Item, list[date]]]:
    """Places that are open on some of these days, as surely, and on which."""
    for item in site.of_kind(Kind.LIEU):
        if opened := opened_of(item, days, site):
            yield item, opened


def opened_of(item: Item, days: Iterable[date], site: Site) -> list[date]:
    return [day for day in days if spans_of(item, day, site)]


def spans_of(item: Item, day: date, site: Site) -> list[Span]:
    """Hours of a day when a place is open without a condition, until an hour that is told, if its
    sheet is to be relied on."""
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
