"""The seats left in a coach: from where, on which day, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from portail.agenda.occurrences import Occurrence
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.facts.base import Fact, mail_and_phone, texts
from portail.geo.names import from_town
from portail.model.event import Car, Event
from portail.site.draft import Draft
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import nombre

_LABEL = "Car à partager"


def coach_of(item: Item) -> Car | None:
    groups = item.of(Event).groupes
    if groups:
        return groups.car
    return None


def seats(item: Item, site: Site) -> Fact:
    coach = coach_of(item)
    if coach is None or coach.jour < site.day.date or not _on(item, coach.jour):
        return Fact(_LABEL)
    count = f"{nombre(coach.places)} place{'s' * (coach.places > 1)}"
    seats = f"{count} au départ {from_town(coach.depart)}"
    text = f"{seats}, {jour(coach.jour, annee=False)}"
    values = (*texts(text), *mail_and_phone(coach.courriel, coach.telephone))
    days = ((coach.jour, f"{_LABEL}\u00a0: {seats}"),)
    return Fact(_LABEL, values, short=f"{_LABEL}\u00a0: {text}", days=days)


def is_to_come(item: Item) -> bool:
    """Whether the day of the coach is one of the days to come of the event."""
    coach = coach_of(item)
    if coach is None or item.upcoming is None:
        return False
    return coach.jour >= item.upcoming.first_day and bool(_on(item, coach.jour))


def sessions_served(item: Item) -> tuple[Occurrence, ...]:
    coach = coach_of(item)
    if coach:
        return _on(item, coach.jour)
    return ()


def _on(item: Item, day: date) -> tuple[Occurrence, ...]:
    return tuple(
        session for session in item.occurrences if session.maintained and day in session.days()
    )


def other_days(draft: Draft) -> Iterator[Diagnostic]:
    """Coaches of a day on which the event has no session (C542)."""
    for loaded, entry in draft.entries(Event.kind):
        coach = None
        if isinstance(entry, Event) and entry.groupes:
            coach = entry.groupes.car
        if coach is None or not loaded.occurrences:
            continue
        if not any(coach.jour in session.days() for session in loaded.occurrences):
            place = draft.place(loaded, ("groupes", "car", "jour"))
            yield diagnostic("C542", place, jour=jour(coach.jour))


def switch(item: Item, items: Mapping[str, Item]) -> Iterable[str]:
    """Whether an event has a coach to come."""
    if is_to_come(item):
        return ("oui",)
    return ()
