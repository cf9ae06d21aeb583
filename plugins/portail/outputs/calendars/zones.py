"""VTIMEZONE (RFC 5545, § 3.6.5): when the clocks of a zone change, found in the data of zones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from portail.outputs.calendars.told import instant, line

_FIRST, _LAST = 1981, 2037
"""Years that are looked at: agendas tell nothing older, and tables of changes end there."""
_STEP = timedelta(days=7)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Sort:
    """What changes have in common that one rule may tell."""

    before: timedelta
    after: timedelta
    name: str
    summer: bool
    month: int
    weekday: int
    hour: str


@dataclass(frozen=True, slots=True)
class _Change:
    """The clocks change at ``at`` (UTC), when they show ``shown``."""

    at: datetime
    shown: datetime
    sort: _Sort

    @property
    def ranks(self) -> frozenset[int]:
        """Which of its month that day of the week is, from the beginning and from the end."""
        left = (self.shown.replace(day=28) + timedelta(days=4)).replace(day=1) - self.shown
        return frozenset({(self.shown.day - 1) // _WEEK + 1, -((left.days - 1) // _WEEK + 1)})


@lru_cache(maxsize=8)
def timezone_text(zone: ZoneInfo) -> str:
    """The component of ``zone``; rules that still hold never end."""
    changes = _changes(zone)
    runs = sorted(_runs(changes), key=lambda run: run[0].at)
    parts = [line("BEGIN", "VTIMEZONE"), line("TZID", zone.key)]
    if not changes or changes[0].at.year > _FIRST:
        parts += _always(zone)
    for run in runs:
        parts += _observance(run)
    return "".join((*parts, line("END", "VTIMEZONE")))


def _changes(zone: ZoneInfo) -> list[_Change]:
    """Every change of the years that are looked at, in order."""
    start, end = datetime(_FIRST, 1, 1, tzinfo=UTC), datetime(_LAST + 1, 1, 1, tzinfo=UTC)
    looks = [start + _STEP * count for count in range((end - start) // _STEP + 1)]
    ahead = [look.astimezone(zone).utcoffset() for look in looks]
    found = []
    for (early, late), (one, other) in zip(pairwise(looks), pairwise(ahead), strict=True):
        if one != other:
            found.append(_change(zone, early, late))
    return found


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> _Change:
    """The change between two instants, to the minute."""
    before = early.astimezone(zone).utcoffset() or timedelta()
    while late - early > timedelta(minutes=1):
        half = early + (late - early) // 2
        half -= timedelta(seconds=half.second, microseconds=half.microsecond)
        half = max(half, early + timedelta(minutes=1))
        early, late = (half, late) if half.astimezone(zone).utcoffset() == before else (early, half)
    there, shown = late.astimezone(zone), (late + before).replace(tzinfo=None)
    sort = _Sort(
        before,
        there.utcoffset() or timedelta(),
        there.tzname() or "",
        bool(there.dst()),
        shown.month,
        shown.weekday(),
        f"{shown:%H%M%S}",
    )
    return _Change(late, shown, sort)


def _runs(changes: list[_Change]) -> list[list[_Change]]:
    """Changes that one rule tells: a year after another, of one sort and one rank."""
    runs: list[list[_Change]] = []
    open_: dict[_Sort, list[_Change]] = {}
    for one in changes:
        run = open_.get(one.sort)
        follows = run and one.at.year == run[-1].at.year + 1
        if run and follows and one.ranks.intersection(*(other.ranks for other in run)):
            run.append(one)
            continue
        open_[one.sort] = [one]
        runs.append(open_[one.sort])
    return runs


def _observance(run: list[_Change]) -> Iterator[str]:
    first, last, sort = run[0], run[-1], run[0].sort
    rule = ""
    if len(run) > 1:
        rank = min(first.ranks.intersection(*(one.ranks for one in run)))
        until = "" if last.at.year == _LAST else f"UNTIL={instant(last.at)};"
        day = f"{rank}{_WEEKDAYS[sort.weekday]}"
        rule = line("RRULE", f"FREQ=YEARLY;{until}BYDAY={day};BYMONTH={sort.month}")
    yield from _told(sort.summer, f"{first.shown:%Y%m%dT%H%M%S}", rule, sort)


def _always(zone: ZoneInfo) -> Iterator[str]:
    """What clocks show before their first change."""
    there = datetime(_FIRST, 1, 1, tzinfo=UTC).astimezone(zone)
    ahead = there.utcoffset() or timedelta()
    sort = _Sort(ahead, ahead, there.tzname() or "", bool(there.dst()), 1, 1, "")
    yield from _told(sort.summer, "19700101T000000", "", sort)


def _told(summer: bool, start: str, rule: str, sort: _Sort) -> Iterator[str]:
    name = "DAYLIGHT" if summer else "STANDARD"
    yield line("BEGIN", name)
    yield line("DTSTART", start) + rule
    yield line("TZNAME", sort.name)
    yield line("TZOFFSETFROM", _offset(sort.before))
    yield line("TZOFFSETTO", _offset(sort.after))
    yield line("END", name)


def _offset(ahead: timedelta) -> str:
    minutes = abs(ahead) // timedelta(minutes=1)
    return f"{'-' if ahead < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"
