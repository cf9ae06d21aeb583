"""Recurrence rules of RFC 5545 (§ 3.3.10), the part that an agenda of days needs.

Frequencies from DAILY to YEARLY, ``INTERVAL``, ``UNTIL`` or ``COUNT``, ``BYMONTH``,
``BYMONTHDAY``, ``BYDAY``, ``BYSETPOS``, ``WKST``; hours come from ``debut``. ``EXDATE:…`` may
follow the rule after a blank. Days are looked at one by one up to a horizon: the work is bounded
whatever the rule. ``dateutil``, the judge of the tests, compares ``until`` with the days that it
finds only: for a 30 February it walks to the year 9999 (4 s for ``FREQ=DAILY``), and it takes the
intersection of « 1SA,SU » where RFC 5545 takes the union.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

__all__ = ["ByDay", "Rule", "days_of"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ByDay:
    """One item of ``BYDAY``: ``weekday`` 0 (Monday) to 6, ``ordinal`` ±1… or 0 for every one."""

    weekday: int
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as parsed: empty tuples where it says nothing.

    ``until`` is the last wall-clock instant included (naive). ``exdates`` are the excluded days,
    each with its hour or ``None`` for the whole day.
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    by_month: tuple[int, ...] = ()
    by_monthday: tuple[int, ...] = ()
    by_day: tuple[ByDay, ...] = ()
    by_setpos: tuple[int, ...] = ()
    week_start: int = 0
    exdates: tuple[tuple[date, time | None], ...] = ()

    def anchored(self, first: date) -> Rule:
        """The rule with what it leaves unsaid taken from its first day (RFC 5545, ``DTSTART``)."""
        if self.by_monthday or self.by_day or self.freq == "DAILY":
            return self
        if self.freq == "WEEKLY":
            return replace(self, by_day=(ByDay(first.weekday()),))
        months = (first.month,) if self.freq == "YEARLY" and not self.by_month else self.by_month
        return replace(self, by_month=months, by_monthday=(first.day,))


def days_of(rule: Rule, first: date, horizon: date) -> Iterator[date]:
    """Days of ``rule`` from ``first`` to ``horizon``, both included, in order.

    ``COUNT``, ``UNTIL`` and ``EXDATE`` are left to the caller. At most one look at each day.
    """
    full = rule.anchored(first)
    for start, end in _periods(full, first, horizon):
        matching = [day for day in _span(start, end) if _matches(full, day)]
        for day in _positions(matching, full.by_setpos):
            if first <= day <= horizon:
                yield day


def _periods(rule: Rule, first: date, horizon: date) -> Iterator[tuple[date, date]]:
    """First and last day of each period of the rule that may hold a day up to ``horizon``."""
    step = 0
    while True:
        start, end = _period(rule, first, step * rule.interval)
        if start > horizon:
            return
        yield start, end
        step += 1


def _period(rule: Rule, first: date, rank: int) -> tuple[date, date]:
    match rule.freq:
        case "DAILY":
            day = first + rank * _DAY
            return day, day
        case "WEEKLY":
            monday = first - ((first.weekday() - rule.week_start) % 7) * _DAY
            return monday + 7 * rank * _DAY, monday + (7 * rank + 6) * _DAY
        case "MONTHLY":
            year, month = divmod(first.year * 12 + first.month - 1 + rank, 12)
            return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])
        case _:
            return date(first.year + rank, 1, 1), date(first.year + rank, 12, 31)


def _span(start: date, end: date) -> Iterator[date]:
    for count in range((end - start).days + 1):
        yield start + count * _DAY


def _matches(rule: Rule, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_monthday:
        last = monthrange(day.year, day.month)[1]
        if day.day not in rule.by_monthday and day.day - last - 1 not in rule.by_monthday:
            return False
    if not rule.by_day:
        return True
    return any(item.weekday == day.weekday() and _is_nth(rule, day, item) for item in rule.by_day)


def _is_nth(rule: Rule, day: date, item: ByDay) -> bool:
    """Whether ``day`` is the asked one of its weekdays, within the month or the year (RFC 5545)."""
    if not item.ordinal:
        return True
    if rule.freq == "YEARLY" and not rule.by_month:
        rank, size = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
    else:
        rank, size = day.day, monthrange(day.year, day.month)[1]
    if item.ordinal > 0:
        return (rank - 1) // 7 + 1 == item.ordinal
    return (size - rank) // 7 + 1 == -item.ordinal


def _positions(days: list[date], positions: tuple[int, ...]) -> list[date]:
    if not positions:
        return days
    size = len(days)
    ranks = {rank - 1 if rank > 0 else size + rank for rank in positions}
    return [days[rank] for rank in sorted(ranks) if 0 <= rank < size]
