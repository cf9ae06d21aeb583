"""How the occurrences of an event are written: as components that every client understands.

Outlook wants an ``RRULE`` with any ``RDATE`` ([MS-OXCICAL] § 2.1.3.1.1.20.18) and leaves out the
whole event otherwise, so ``RDATE`` is never written:

- what recurs (``horaires``, ``rrule``, séances at one hour on the same days of weeks) is an
  ``RRULE`` with its ``EXDATE``; an occurrence that differs (state, note, the length of a night
  when clocks change) is one more component with ``RECURRENCE-ID``, which all clients read;
- séances without a rhythm are one component each, with an identifier of its own: everyone shows
  them all, and no telephone calls three scattered dates « tous les 17 jours ».

The occurrences of the site decide: a rule that does not give exactly their days is not written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from math import gcd

from portail.agenda.occurrences import Occurrence
from portail.agenda.rrule import ByDay, Rule, days_of
from portail.agenda.rrule_text import parse_rule
from portail.model.event import Event

__all__ = ["Series", "note_of", "series_of"]

_RHYTHM = 3
"""From how many séances on a rhythm is looked for; it may leave out half as many days."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Series:
    """An occurrence or, with a rule, all that repeat ``premiere`` up to ``derniere``.

    ``sauf`` are the days of the rule without occurrence; ``autres`` the occurrences, maybe the
    first one too, that differ from the first as the event itself tells it in more than their day.
    ``suffixe`` tells the series of one event apart, ``""`` for that of the first séance written.
    """

    premiere: Occurrence
    suffixe: str = ""
    regle: Rule | None = None
    derniere: Occurrence | None = None
    sauf: tuple[date, ...] = ()
    autres: tuple[Occurrence, ...] = ()


def series_of(entry: Event, occurrences: Sequence[Occurrence]) -> Iterator[Series]:
    """The series of an event; together they are exactly ``occurrences``, in the order of time."""
    names: dict[str, int] = defaultdict(int)
    for group in _groups(entry, occurrences):
        hour = f"/{group[0].debut:%H%M}" if not group[0].journee else "/jour"
        found = _recurring(entry, group)
        if found:
            yield replace(found, suffixe=_name(entry, group, hour, names))
            continue
        for one in group:
            yield Series(one, _name(entry, [one], f"/{_announced(entry, one)}", names))


def note_of(entry: Event, one: Occurrence) -> str:
    """What a séance has of its own."""
    return (entry.seances[one.source].note or "") if one.source is not None else ""


def _groups(entry: Event, occurrences: Sequence[Occurrence]) -> list[list[Occurrence]]:
    """Séances that begin at the same hour; all occurrences of what is written as a rule."""
    found: dict[tuple[bool, time], list[Occurrence]] = defaultdict(list)
    for one in occurrences:
        found[one.journee, one.debut.time()].append(one)
    return list(found.values())


def _name(entry: Event, group: Sequence[Occurrence], own: str, names: dict[str, int]) -> str:
    """The suffix of a series; twins are numbered."""
    first = any(one.source == 0 or (one.source is None and one.rang == 0) for one in group)
    suffix = "" if first else own
    names[suffix] += 1
    return suffix if names[suffix] == 1 else f"{suffix}-{names[suffix]}"


def _announced(entry: Event, one: Occurrence) -> str:
    """The day and hour first announced: a séance that moves keeps its identifier."""
    seance = entry.seances[one.source] if one.source is not None else None
    if seance and seance.ancien_debut:
        day, hour = seance.ancien_debut.jour, seance.ancien_debut.heure
    else:
        day, hour = one.premier_jour, None if one.journee else one.debut.time()
    return f"{day:%Y%m%d}" + (f"T{hour:%H%M}" if hour else "")


def _recurring(entry: Event, group: Sequence[Occurrence]) -> Series | None:
    """The occurrences as one series, if they have a rule that says them well."""
    days = [one.premier_jour for one in group]
    if len(set(days)) < max(len(days), 2):
        return None
    first = group[0]
    if entry.rrule and entry.debut:
        written = replace(parse_rule(entry.rrule).anchored(entry.debut.jour), count=None)
        rule: Rule | None = replace(written, until=None, exdates=())
    else:
        rule = _weekly(days, loose=entry.horaires is not None)
    if not rule or len({bool(one.ordinal) for one in rule.by_day}) > 1:
        return None  # « 1SA,SU »: some clients take the Sundays that are first Saturdays
    given = list(days_of(rule, days[0], days[-1]))
    if not set(days).issubset(given):
        return None
    left = tuple(day for day in given if day not in set(days))
    if entry.seances and (len(days) < _RHYTHM or 2 * len(left) > len(days)):
        return None
    others = tuple(one for one in group if _differs(entry, one, first))
    return Series(first, "", rule, group[-1], left, others)


def _weekly(days: Sequence[date], *, loose: bool) -> Rule:
    """The rule of the days of the week that ``days`` have, every so many weeks.

    ``loose`` is for a timetable, which is weekly even if each other week is left out.
    """
    weekdays = sorted({day.weekday() for day in days})
    mondays = [(day - timedelta(days=day.weekday())).toordinal() for day in days]
    weeks = gcd(*(one - mondays[0] for one in mondays)) // _WEEK
    interval = 1 if loose else max(1, weeks)
    if len(weekdays) == _WEEK and interval == 1:
        return Rule("DAILY")
    return Rule("WEEKLY", interval, by_day=tuple(ByDay(day) for day in weekdays))


def _differs(entry: Event, one: Occurrence, first: Occurrence) -> bool:
    """Whether an occurrence is not the event, on another day, as long as the first one.

    Clients count the length in real time (RFC 5545 § 3.8.5.3) or on the clock: both must agree.
    """
    if one.etat != entry.etat or note_of(entry, one):
        return True
    return one.duree != first.duree or _on_the_clock(one) != _on_the_clock(first)


def _on_the_clock(one: Occurrence) -> timedelta:
    """What clocks show between its ends."""
    end = one.fin or one.debut
    return end.replace(tzinfo=None) - one.debut.replace(tzinfo=None)
