"""When contents take place, counted in hours from the sending of a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from portail.agenda.occurrences import Occurrence, local
from portail.agenda.weeks import Week
from portail.facts.price import booking_closes
from portail.features.services.editions.editions import first_day, last_day
from portail.model.collections import YearlyEntry
from portail.model.event import Event
from portail.outputs.pages.slots import OPEN_HOURS
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

from . import rules


class Thing(NamedTuple):
    """A content that a letter may tell."""

    item: Item
    # See ``Pick.start``.
    start: datetime
    reason: str
    # By which it comes before others of its row; then by its reference.
    rank: tuple[object, ...]
    rendez_vous: int = 0
    heures: str = ""


# The start of what has none.
ALWAYS = local(date(1990, 1, 1))


def leaves(thursday: date) -> datetime:
    return local(thursday, rules.HOUR)


@per_site
def listed(site: Site, thursday: date) -> tuple[Item, ...]:
    """What lists show of the contents that are out when a letter goes out."""
    connu = min(thursday, site.day.date)
    return tuple(
        item
        for item in site.items.values()
        if item.listed and not item.reserve and item.entry.paru(connu)
    )


@per_site
def open_on(site: Site, day: date) -> tuple[tuple[Item, str], ...]:
    """Places that receive visitors on a day, as surely, and at which hours, which no line parts."""
    every = OPEN_HOURS.ask(site, day)
    return tuple((item, opened.lien.note.replace(" –", "\u00a0–")) for item, opened in every)


def sessions(item: Item, thursday: date, length: timedelta = rules.WEEK) -> list[Occurrence]:
    """The sessions of an event that take place, of which something is still to come when the letter
    of a Thursday leaves, and that begin before the next one, by default."""
    first = leaves(thursday)
    end = leaves(thursday + length)
    return [
        occurrence
        for occurrence in item.occurrences
        if occurrence.maintained
        and occurrence.debut < end
        and max(occurrence.over_at, occurrence.debut) > first
    ]


def is_on(item: Item, thursday: date) -> bool:
    """Whether an event, or a temps fort, is on between the letter of a Thursday and the next."""
    if isinstance(item.entry, Event):
        return bool(sessions(item, thursday))
    return any(first < thursday + rules.WEEK for first, _ in editions(item, thursday))


def editions(item: Item, thursday: date) -> Iterator[tuple[date, date]]:
    """The first and the last day of each edition of a temps fort that is not over."""
    for edition in item.entry.editions if isinstance(item.entry, YearlyEntry) else ():
        first = first_day(edition)
        last = last_day(edition)
        if first and last and last >= thursday:
            yield first, last


def with_room(item: Item, live: Iterable[Occurrence], now: datetime) -> list[Occurrence]:
    """Those of these sessions to which one may still go, as one knows ``now``."""
    until = booking_closes(item)
    is_closed = until is not None and until <= now
    if is_closed:
        return []
    return [occurrence for occurrence in live if occurrence.etat != "complet"]


def comes_back(item: Item) -> bool:
    """Whether an event is there for weeks: an exhibition, a club, opening hours."""
    on = [occurrence for occurrence in item.occurrences if occurrence.maintained]
    days = [*(one.first_day for one in on), *(one.last_day for one in on)]
    is_long = bool(on) and max(days) - min(days) >= rules.AHEAD
    return is_long and (any(one.is_long for one in on) or len({*map(Week.of, days)}) > 2)
