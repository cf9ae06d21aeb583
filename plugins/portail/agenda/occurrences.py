"""One occurrence of an event: real instants in the zone of the portal, the days it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from portail.clock import portal_zone
from portail.model.event import Event, Seance

_DAY = timedelta(days=1)
_LONG_DAYS = 7
_NIGHT_ENDS = time(6)
# What begins before dawn is of the evening before, unless it goes on past noon: a fair of the early
# morning is of its day.
_DAWN = 5
_NOON = time(12)


def local(day: date, hour: time | None = None) -> datetime:
    """The instant when clocks of the portal show ``hour`` (midnight by default) on ``day``.

    The first one when clocks show it twice; ask ``exists`` before, for an hour that they skip.
    """
    return datetime.combine(day, hour or time(), tzinfo=portal_zone())


def exists(day: date, hour: time, zone: tzinfo | None = None) -> bool:
    """Whether clocks of ``zone`` (by default the portal's) show ``hour`` on ``day``.

    >>> exists(date(2021, 3, 28), time(2, 30)), exists(date(2021, 3, 28), time(3))
    (False, True)
    """
    shown = datetime.combine(day, hour)
    with suppress(OverflowError):
        there = shown.replace(tzinfo=zone or portal_zone())
        return there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) == shown
    return True


class Occurrence(Struct, frozen=True):
    """One time that an event takes place.

    - ``journee`` false: ``debut`` and ``fin`` are aware instants in the zone of the portal; ``fin``
      is ``None`` when unknown, else the first instant that is over.
    - ``journee`` true: 0:00 of the first day and of the **last day, included**.

    ``etat`` is its own state, else the event's; ``rang`` counts from 0 in the order of time;
    ``source`` is the index of its item of ``seances``.
    """

    debut: datetime
    fin: datetime | None
    journee: bool
    etat: str
    rang: int
    source: int | None = None

    @property
    def day(self) -> date:
        return self.debut.date()

    @property
    def is_night(self) -> bool:
        """Begins after midnight, in the night of an evening: people leave home the day before."""
        if self.journee or self.debut.hour >= _DAWN:
            return False
        return self.fin is None or self.fin <= local(self.day, _NOON)

    @property
    def first_day(self) -> date:
        """The day under which it is listed: the one it begins, or its eve for a night."""
        day = self.debut.date()
        if self.debut.hour < _DAWN and self.is_night:
            return day - _DAY
        return day

    @property
    def last_day(self) -> date:
        """The last day it belongs to, included.

        A night belongs to its eve alone: what ends by 6 in the morning does not count on that day.
        """
        if self.fin is None or (self.debut.hour < _DAWN and self.is_night):
            return self.first_day
        last = self.fin.date()
        if not self.journee and last > self.first_day and self.fin.time() <= _NIGHT_ENDS:
            return last - _DAY
        return last

    @property
    def day_count(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def days(self) -> Iterator[date]:
        yield from days_between(self.first_day, self.last_day)

    @property
    def over_at(self) -> datetime:
        """The first aware instant when it is over (iCalendar's exclusive end).

        ``debut`` itself when the end is not known.
        """
        if self.journee:
            return local(self.last_day + _DAY)
        return self.fin or self.debut

    @property
    def duree(self) -> timedelta | None:
        """Elapsed time, changes of clocks included; ``None`` when the end is not known."""
        if self.journee:
            return self.day_count * _DAY
        if self.fin is None:
            return None
        return self.fin.astimezone(UTC) - self.debut.astimezone(UTC)

    @property
    def is_long(self) -> bool:
        """Whether it lasts more than 7 days on end: an exhibition rather than a rendez-vous."""
        return self.day_count > _LONG_DAYS

    @property
    def maintained(self) -> bool:
        return self.etat not in ("annule", "reporte")

    @property
    def off(self) -> str:
        """Its state when it does not take place, or not on any day that is known."""
        if self.maintained:
            return ""
        return self.etat

    @property
    def undated(self) -> bool:
        """Whether it waits for another day: one that has its new day is ``reprogramme`` (E233)."""
        return self.etat == "reporte"

    def is_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def is_over(self, day: date) -> bool:
        """Over before ``day`` began; a night that begins on that day was not."""
        return (self.day if self.is_night else self.last_day) < day

    def is_to_come(self, day: date) -> bool:
        return not self.is_over(day)

    def touches(self, first: date, last: date) -> bool:
        """Whether it takes place on some day from ``first`` to ``last``, both included."""
        return self.first_day <= last and self.last_day >= first


def days_between(first: date, last: date) -> Iterator[date]:
    """Days from ``first`` to ``last``, both included; none when ``last`` is before."""
    for count in range((last - first).days + 1):
        yield first + count * _DAY


def span(occurrences: Sequence[Occurrence]) -> tuple[date, date]:
    first = min(occurrence.first_day for occurrence in occurrences)
    return first, max(occurrence.last_day for occurrence in occurrences)


def written(event: Event, occurrence: Occurrence) -> Event | Seance:
    """What gives the dates of an occurrence: one of the séances of its event, or the event."""
    if occurrence.source is None:
        return event
    return event.seances[occurrence.source]
