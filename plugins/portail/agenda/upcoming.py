"""What is on from a day on, each thing told once: rendez-vous on their days, and what lasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Lasting, Programme, RendezVous
from portail.agenda.weeks import Week
from portail.model.event import Event, Seance

__all__ = ["Dated", "called_off", "lasting", "maintained", "undated", "upcoming", "written"]

Dated: TypeAlias = tuple[date, RendezVous | Lasting]
"""What is on, with the day on which it is told."""


def upcoming(programme: Programme, today: date, after: date) -> list[Dated]:
    """Rendez-vous from ``today`` on, each told once, on the first of its days; what lasts and
    begins later than ``after``, on the day when it begins. In the order of time."""
    later = lasting(programme, today, date.max)
    rows: list[Dated] = [(one.du, one) for one in later if one.du > after]
    rows += _rendez_vous(programme, today)
    return sorted(rows, key=lambda row: row[0])


def _rendez_vous(programme: Programme, today: date) -> Iterator[tuple[date, RendezVous]]:
    for week in programme.weeks:
        if week.last < today:
            continue
        for day in programme.week(week).jours:
            for one in day.rendez_vous if day.jour >= today else ():
                if any(day.jour == max(each.premier_jour, today) for each in one.occurrences):
                    yield day.jour, one


def lasting(programme: Programme, today: date, until: date) -> list[Lasting]:
    """What lasts and is on, or begins by ``until``: what is on first, the soonest end first; what
    is called off last."""
    weeks = {Week.of(today), *(week for week in programme.weeks if week.first <= until)}
    found = {
        one
        for week in weeks
        for one in programme.week(week).durables
        if one.du <= until and one.au >= today
    }
    return sorted(found, key=lambda one: (not maintained(one), one.du > today, one.au, one.ref))


def maintained(one: RendezVous | Lasting) -> bool:
    """Whether it takes place: it is neither cancelled nor postponed."""
    return one.etat not in ("annule", "reporte")


def written(event: Event, one: Occurrence) -> Event | Seance:
    """What gives the dates of an occurrence: one of the séances of its event, or the event."""
    return event if one.source is None else event.seances[one.source]


def undated(event: Event, one: Occurrence) -> bool:
    """Whether an occurrence of an event is postponed and says no date but the one that it had."""
    source = written(event, one)
    return one.etat == "reporte" and source.ancien_debut in (None, source.debut)


def called_off(event: Event, one: Occurrence) -> str:
    """State of an occurrence that is cancelled or waits for another date; ``""`` for others."""
    return one.etat if one.etat == "annule" or undated(event, one) else ""
