"""What is on, week by week: rendez-vous on their days, and apart what lasts.

An exhibition open for months is not a rendez-vous of each of its days: it is « en ce moment ».
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

from msgspec import Struct, msgpack

from portail.files import digest_bytes

from .occurrences import Occurrence
from .weeks import Month, Week

_WEEK = 7


class RendezVous(NamedTuple):
    """An event on one day: its occurrences of that day that share a state, in order of time.

    ``reporte_au`` is its new day, on the day that it was first announced for.
    """

    ref: str
    occurrences: tuple[Occurrence, ...]
    reporte_au: date | None = None

    @property
    def etat(self) -> str:
        return self.occurrences[0].etat

    @property
    def maintained(self) -> bool:
        return self.occurrences[0].maintained


class Lasting(NamedTuple):
    """What is on for more than 7 days: at one go, or again and again between ``du`` and ``au``."""

    du: date
    au: date
    ref: str
    etat: str


class DayProgramme(Struct, frozen=True):
    """A day: what begins or runs then, in order of time, without what lasts."""

    jour: date
    rendez_vous: tuple[RendezVous, ...]

    @property
    def refs(self) -> frozenset[str]:
        """Events that take place, neither cancelled nor postponed."""
        return frozenset(
            appointment.ref for appointment in self.rendez_vous if appointment.maintained
        )

    @property
    def nombre(self) -> int:
        return len(self.refs)


class WeekProgramme(Struct, frozen=True):
    """A week: its seven days from Monday, and what lasts, from the first begun."""

    week: Week
    jours: tuple[DayProgramme, ...]
    durables: tuple[Lasting, ...]

    @property
    def nombre(self) -> int:
        return len(frozenset[str]().union(*(day.refs for day in self.jours)))


class Programme:
    """Dated contents by week; a week is put in order when it is asked for.

    ``spans`` are editions of highlights, ``moved`` occurrences as first announced, with their new
    day, ``durables`` events whose sessions are so many that they are one thing that lasts.
    """

    __slots__ = ("_days", "_known", "_lasting", "_weeks", "durables", "lasting")

    def __init__(
        self,
        dated: Iterable[tuple[str, Sequence[Occurrence]]],
        spans: Iterable[tuple[str, date, date]] = (),
        moved: Iterable[tuple[str, Occurrence, date]] = (),
    ) -> None:
        self._days: dict[int, list[_Dated]] = defaultdict(list)
        self._lasting: dict[int, list[Lasting]] = defaultdict(list)
        self._weeks: set[int] = set()
        self._known: dict[Week, WeekProgramme] = {}
        self.durables: dict[str, Lasting] = {}
        self.lasting: set[Lasting] = set()
        for ref, occurrences in dated:
            self._add(ref, occurrences)
        for ref, showing, day in moved:
            self._days[_week(showing.first_day)].append((ref, showing, day))
        for ref, du, au in spans:
            self._add_lasting(Lasting(du, au, ref, "programme"), range(_week(du), _week(au) + 1))
        self._weeks.update(self._days)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """Weeks with a rendez-vous, or when something that lasts begins or ends, in order."""
        days = (date.fromordinal(number * _WEEK + 1) for number in sorted(self._weeks))
        return tuple(map(Week.of, days))

    @property
    def months(self) -> tuple[Month, ...]:
        dated = self._days.items()  # no week is put in order for that
        days: set[date] = set()
        for week, days_of_week in dated:
            days.update(day for day in _by_day(days_of_week) if _week(day) == week)
        for lasting in chain.from_iterable(self._lasting.values()):
            days |= {lasting.du, lasting.au}
        return tuple(Month(*pair) for pair in sorted({(day.year, day.month) for day in days}))

    @property
    def digest(self) -> str:
        parts = (self._days, self._lasting, sorted(self._weeks), self.durables)
        return digest_bytes(msgpack.encode(parts))

    def week(self, week: Week) -> WeekProgramme:
        known = self._known.get(week)
        if known is None:
            number = _week(week.first)
            days = _by_day(self._days.get(number, ()))
            known = self._known[week] = WeekProgramme(
                week,
                tuple(DayProgramme(day, _grouped(day, days.get(day, ()))) for day in week.days),
                tuple(sorted(self._lasting.get(number, ()))),
            )
        return known

    def _add(self, ref: str, occurrences: Sequence[Occurrence]) -> None:
        if may_last(occurrences):
            occurrences = self._without_dense(ref, occurrences)
        for occurrence in occurrences:
            first = occurrence.first_day
            last = occurrence.last_day
            weeks = range(_week(first), _week(last) + 1)
            if len(weeks) > 1 and occurrence.is_long:
                self._add_lasting(Lasting(first, last, ref, occurrence.etat), weeks)
            else:
                for number in weeks:
                    self._days[number].append((ref, occurrence, None))

    def _without_dense(self, ref: str, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
        states: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in occurrences:
            states["programme" if occurrence.maintained else occurrence.etat].append(occurrence)
        single: list[Occurrence] = []
        for etat, in_state in states.items():
            days = sorted(
                set(
                    chain.from_iterable(
                        occurrence.days() for occurrence in in_state if not occurrence.is_long
                    )
                )
            )
            if not _dense(days):
                single += in_state
                continue
            single += (occurrence for occurrence in in_state if occurrence.is_long)
            lasting = Lasting(days[0], days[-1], ref, etat)
            self._add_lasting(lasting, {_week(day) for day in days})
            if etat == "programme":
                self.durables[ref] = lasting
        return single

    def _add_lasting(self, lasting: Lasting, weeks: Iterable[int]) -> None:
        self.lasting.add(lasting)
        self._weeks |= {_week(lasting.du), _week(lasting.au)}
        for number in weeks:
            self._lasting[number].append(lasting)


def may_last(occurrences: Sequence[Occurrence]) -> bool:
    return len(occurrences) > _WEEK


def lasts(occurrences: Sequence[Occurrence]) -> bool:
    """Whether those that take place are so many that together they are one thing that lasts, or
    one of them does by itself."""
    on = [occurrence for occurrence in occurrences if occurrence.maintained]
    if any(occurrence.is_long for occurrence in on):
        return True
    return may_last(on) and _dense(
        sorted(set(chain.from_iterable(session.days() for session in on)))
    )


def _dense(days: Sequence[date]) -> bool:
    # Whether days in order are opening days: more than 7, and more than two in five, closures of
    # more than a week aside.
    if len(days) <= _WEEK:
        return False
    gaps = (min((after - before).days, _WEEK) for before, after in pairwise(days))
    return 5 * len(days) > 2 * (1 + sum(gaps))


def _week(day: date) -> int:
    return (day.toordinal() - 1) // _WEEK


_Dated = tuple[str, Occurrence, date | None]


def _by_day(dated: Iterable[_Dated]) -> Mapping[date, list[_Dated]]:
    days: dict[date, list[_Dated]] = defaultdict(list)
    for row in dated:
        for day in row[1].days():
            days[day].append(row)
    return days


def _grouped(day: date, dated: Iterable[_Dated]) -> tuple[RendezVous, ...]:
    groups: dict[tuple[str, str, date | None], list[Occurrence]] = {}
    for ref, meeting, new in sorted(dated, key=lambda dated: _order(day, dated)):
        groups.setdefault((ref, meeting.etat, new), []).append(meeting)
    return tuple(
        RendezVous(ref, tuple(meetings), new) for (ref, _, new), meetings in groups.items()
    )


def _order(day: date, dated: _Dated) -> tuple[datetime, str, int]:
    # What has no hour or began before that day comes first.
    ref, meeting, _ = dated
    start = meeting.debut.replace(tzinfo=None)
    return max(start, datetime.combine(day, datetime.min.time())), ref, meeting.rang


# What is on from a day on, each thing told once: rendez-vous on their days, and what lasts.

Dated: TypeAlias = tuple[date, RendezVous | Lasting]
"""What is on, with the day on which it is told."""


def upcoming(programme: Programme, today: date, after: date) -> list[Dated]:
    """Rendez-vous from ``today`` on, each once, on its first day; what lasts and begins later than
    ``after``, on the day it begins. In the order of time.
    """
    later = lasting(programme, today, date.max)
    rows: list[Dated] = [(lasting.du, lasting) for lasting in later if lasting.du > after]
    rows += _rendez_vous(programme, today)
    return sorted(rows, key=lambda row: row[0])


def _rendez_vous(programme: Programme, today: date) -> Iterator[tuple[date, RendezVous]]:
    for week in programme.weeks:
        if week.last < today:
            continue
        for day in programme.week(week).jours:
            if day.jour >= today:
                for meeting in day.rendez_vous:
                    if any(day.jour == max(each.first_day, today) for each in meeting.occurrences):
                        yield day.jour, meeting


def lasting(programme: Programme, today: date, until: date) -> list[Lasting]:
    """What lasts and is on, or begins by ``until``: the soonest end first, cancelled ones last."""
    running = (
        lasting for lasting in programme.lasting if lasting.du <= until and lasting.au >= today
    )
    return sorted(
        running,
        key=lambda lasting: (not maintained(lasting), lasting.du > today, lasting.au, lasting.ref),
    )


def maintained(one: RendezVous | Lasting) -> bool:
    return one.etat not in ("annule", "reporte")
