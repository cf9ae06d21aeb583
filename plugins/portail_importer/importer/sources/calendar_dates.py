"""When an event of a calendar takes place: its dates, its repetitions, their exceptions.

A plain weekly rule of more than six dates becomes ``horaires``; any other, sessions, which anybody
can edit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any

from msgspec import Struct, field

from portail.agenda.recurrence import MAX_YEARS
from portail.agenda.rrule import Rule, RuleError, days_of, parse_rule
from portail.clock import portal_zone
from portail.model.states import Stated, common_states, safest, state_of_title
from portail.text.dates import jour
from portail.text.figures import number_of

from .calendar_parts import (
    Clock,
    Component,
    Property,
    Zones,
    length_of,
)
from .items import Loss
from .moments import (
    Seance,
    between,
    doubtful_end,
    later,
    limited,
    read,
    timetable,
)
from .prose import one_line

_MOST_DATES = 4_000
_FEW = 6
_MOST_EXCEPTIONS = 100
_YEAR = timedelta(days=364)
_DAY = timedelta(days=1)


class When(Struct):
    """The zones of a calendar, the day of the import; what is lost, or doubtful, on the way."""

    zones: Zones
    day: date
    losses: list[Loss] = field(default_factory=list)
    doubts: list[Loss] = field(default_factory=list)

    def doubt(self, name: str, value: str, reason: str) -> None:
        self.doubts.append(Loss(name, value[:200], reason))

    def lose(self, name: str, value: str, reason: str) -> None:
        self.losses.append(Loss(name, value[:200], reason))


def quand_of(group: Sequence[Component], when: When) -> Mapping[str, Any]:
    moved: dict[str, list[Component]] = defaultdict(list)
    events: list[Component] = []
    for event in group:
        uid = event.text("UID")
        (moved[uid] if "RECURRENCE-ID" in event.properties else events).append(event)
    if not events:
        events = list(group)
        moved.clear()
    if len(events) == 1:
        return _repeated(events[0], list(chain(*moved.values())), when)
    seances: list[Seance] = []
    for event in events:
        seances += _seances(event, moved[event.text("UID")], when)[0]
    return limited(_without_common_state(seances), when.day, when.losses, "DTSTART")


def titled(event: Component) -> Stated:
    """Its title without its state, and the state that both it and STATUS say."""
    titre = one_line(event.text("SUMMARY"))
    placed = "LOCATION" in event.properties
    stated = state_of_title(titre, common_states(), placed=placed) or Stated(titre, "", ())
    cancelled = "annule" if event.text("STATUS").upper() == "CANCELLED" else ""
    return stated._replace(etat=safest(stated.etat, cancelled))


def common_state(events: Sequence[Component]) -> str:
    """The state that all of them are in; "" for none, or several."""
    states = {titled(event).etat for event in events}
    return states.pop() if len(states) == 1 else ""


def _state(event: Component) -> Seance:
    return {"etat": etat} if (etat := titled(event).etat) else {}


def _without_common_state(seances: list[Seance]) -> list[Seance]:
    # Sessions whose state is that of all of them, which the event says, do not say it.
    if len({seance.get("etat") for seance in seances}) == 1:
        for seance in seances:
            seance.pop("etat", "")
    return seances


class _Bounds(Struct, frozen=True):
    """Beginning of the first occurrence, and how long each lasts on the clock of the portal, or
    ``exact``, when hours are counted."""

    start: Clock
    length: timedelta
    exact: bool = False

    def at(self, clock: Clock) -> Seance:
        first = clock.moment
        last = ""
        if first and self.length > timedelta():
            last = clock.after(self.length) if self.exact else later(first, self.length)
        if clock.whole and last > first:  # the end of whole days is the day after
            last = later(last, -_DAY)
        return between(first, last)


def _bounds(event: Component, when: When) -> _Bounds | None:
    start = when.zones.clock(event.first("DTSTART"))
    if start is None or not start.moment:
        return None
    duration = event.text("DURATION")
    length = length_of(duration)
    exact = "T" in duration.upper() and not start.whole
    end = when.zones.clock(event.first("DTEND"))
    if length is None:
        first = start.moment
        last = end.moment if end else ""
        length = read(last) - read(first) if last else timedelta()
        for name in ("DTEND", "DURATION"):
            if name in event.properties and not last:
                when.lose(name, event.text(name), "cette fin ne se lit pas")
        when.doubts += doubtful_end("DTEND", first, last)
    return _Bounds(start, length, exact)


class _Repetition(Struct, frozen=True):
    """A rule as read: its days, when it begins and ends; ``weekly``: it may be a timetable."""

    start: Clock
    rule: Rule
    count: int | None
    until: datetime | None
    weekly: bool

    @property
    def endless(self) -> bool:
        return self.count is None and self.until is None


def _repeated(event: Component, moved: Sequence[Component], when: When) -> Mapping[str, Any]:
    seances, repetition = _seances(event, moved, when)
    seances = _without_common_state(seances)
    plain = repetition and repetition.weekly and not moved and "RDATE" not in event.properties
    if plain and repetition and (len(seances) > _FEW or repetition.endless):
        last = ""
        if repetition.endless:
            last = f"{max(when.day, repetition.start.at.date()) + _YEAR}"
        elif repetition.until:
            last = Clock(repetition.until, repetition.start.zone).moment[:10]
        if horaires := _weekly(seances, last):
            return horaires
    return limited(seances, when.day, when.losses, "RRULE" if repetition else "DTSTART")


def _seances(
    event: Component, moved: Sequence[Component], when: When
) -> tuple[list[Seance], _Repetition | None]:
    bounds = _bounds(event, when)
    if bounds is None:
        return [], None
    repetition = _repetition(event, bounds.start, when)
    clocks = _clocks(repetition, when) if repetition else ()
    by_start = {clock.moment: bounds.at(clock) for clock in [*clocks] or [bounds.start]}
    start = bounds.start
    if start.moment not in by_start and not (
        repetition and repetition.endless and start.at.date() < when.day
    ):
        when.lose("DTSTART", start.moment, "cette date n’est pas de celles de sa répétition")
    by_start |= _added(event, bounds, when)
    for _, value, out in when.zones.clocks(event.properties.get("EXDATE", ())):
        if out is None:
            when.lose("EXDATE", value, "cette date ne se lit pas")
        else:
            gone = (out.moment[:10] if out.whole else out.moment) or "?"
            by_start = {key: seance for key, seance in by_start.items() if not key.startswith(gone)}
    by_start = {key: seance | _state(event) for key, seance in by_start.items() if seance}
    for exception in moved:
        _move(exception, by_start, when)
    return [seance for seance in by_start.values() if seance], repetition


def _clocks(repetition: _Repetition, when: When) -> Iterator[Clock]:
    # Beginnings of a repetition, in its own zone: those of a year at most when it has no end.
    first = repetition.start.at.date()
    today = when.day
    horizon = date(max(first.year, today.year) + MAX_YEARS, 12, 31)
    if repetition.endless:
        horizon = max(first, today) + _YEAR
        reason = f"la répétition n’a pas de fin\u00a0: elle est reprise jusqu’au {jour(horizon)}"
        when.lose("RRULE", "", reason)
        if repetition.rule.interval == 1:
            first = max(first, today)  # it says the same days from any of them
    last = min(horizon, repetition.until.date()) if repetition.until else horizon
    count = min(repetition.count or _MOST_DATES, _MOST_DATES)
    for day in islice(days_of(repetition.rule, first, last), count):
        clock = repetition.start.on(day)
        if repetition.until is not None and clock.at > repetition.until:
            return
        count -= 1
        if not repetition.endless or day >= today:
            yield when.zones.noted(clock)
    beyond = repetition.until.date() > horizon if repetition.until else repetition.count and count
    if beyond:
        when.lose("RRULE", "", f"les dates après le {jour(last)} sont laissées")


def _repetition(event: Component, start: Clock, when: When) -> _Repetition | None:
    # The rule of an event; ``None`` for none, and for one that is not read, which is told.
    rules = event.properties.get("RRULE", [])
    if not rules:
        return None
    text = rules[0].value.upper()
    parts = [part.partition("=") for part in text.strip().strip(";").split(";")]
    rest = ";".join(f"{name}={value}" for name, _, value in parts if name not in ("UNTIL", "COUNT"))
    limits = {name: value for name, _, value in parts}
    try:
        if len(rules) > 1 or "EXRULE" in event.properties:
            raise RuleError("il y en a plusieurs")
        rule = parse_rule(f"{rest};COUNT=1").anchored(start.at.date())
        count, until = _end(limits, start, when)
    except RuleError as error:
        reason = f"la répétition n’est pas reprise, seule la première date l’est\u00a0: {error}"
        when.lose("RRULE", rules[0].value, reason)
        return None
    weekly = rule.freq == "WEEKLY" and rule.interval == 1
    return _Repetition(start, rule, count, until, weekly and not (rule.by_month or rule.by_setpos))


def _end(limits: Mapping[str, str], start: Clock, when: When) -> tuple[int | None, datetime | None]:
    # How many there are, or the last instant on the clocks of ``start``. Raises ``RuleError``.
    if "COUNT" in limits:
        many = number_of(limits["COUNT"], 1_000_000)
        if many is None:
            raise RuleError("« COUNT » n’est pas un nombre")
        return max(1, many), None
    if "UNTIL" not in limits:
        return None, None
    last = when.zones.clock(Property({}, limits["UNTIL"]))
    if last is None:
        raise RuleError("« UNTIL » n’est pas une date")
    if last.whole:
        return None, datetime.combine(last.at.date(), time.max)
    if last.zone is None or start.whole:
        return None, last.at
    try:
        there = last.at.replace(tzinfo=last.zone).astimezone(start.zone or portal_zone())
    except OverflowError:  # the end of time
        return None, last.at
    return None, there.replace(tzinfo=None)


def _added(event: Component, bounds: _Bounds, when: When) -> dict[str, Seance]:
    by_start: dict[str, Seance] = {}
    for row, value, clock in when.zones.clocks(event.properties.get("RDATE", ())):
        if clock is None or not clock.moment:
            when.lose("RDATE", value, "cette date ne se lit pas")
            continue
        seance = bounds.at(clock)
        if "/" in value:
            end = value.partition("/")[2]
            length = length_of(end)
            last = when.zones.clock(row, end)
            fin = clock.after(length) if length else last.moment if last else ""
            seance = between(clock.moment, fin)
        by_start[clock.moment] = seance
    return by_start


def _move(event: Component, by_start: dict[str, Seance], when: When) -> None:
    named = event.first("RECURRENCE-ID")
    was = when.zones.clock(named)
    own = _bounds(event, when)
    if named is None or was is None or own is None:
        when.lose(
            "RECURRENCE-ID", event.text("RECURRENCE-ID"), "cette séance déplacée ne se lit pas"
        )
        return
    if "RANGE" in named.parameters:
        when.doubt("RECURRENCE-ID", was.moment, "les séances qui suivent celle-ci changent aussi")
    same_day = (key for key in by_start if key[:10] == was.moment[:10]) if was.whole else iter(())
    key = was.moment if was.moment in by_start else next(same_day, "")
    if key:
        by_start[key] = own.at(own.start) | _state(event)
    elif was.moment[:10] >= f"{when.day}":
        when.lose("RECURRENCE-ID", was.moment, "elle ne change aucune des séances")


def _weekly(seances: Sequence[Seance], last: str) -> dict[str, Any] | None:
    # The timetable that says the same days, with the same hours; ``None`` when none does.
    hours = {(seance["debut"][11:], seance.get("fin", "")[11:]) for seance in seances}
    longer = any(
        seance.get("fin", seance["debut"])[:10] != seance["debut"][:10] for seance in seances
    )
    if len(hours) != 1 or longer or any("etat" in seance for seance in seances):
        return None
    days = sorted({date.fromisoformat(seance["debut"][:10]) for seance in seances})
    du = days[0]
    au = max(days[-1], date.fromisoformat(last or str(days[-1])))
    kinds = {day.weekday() for day in days}
    every = (du + count * _DAY for count in range((au - du).days + 1))
    out = sorted({day for day in every if day.weekday() in kinds} - set(days))
    if len(out) > _MOST_EXCEPTIONS or au.year - du.year > MAX_YEARS - 1:
        return None
    return timetable(du, au, sorted(kinds), hours.pop(), out)
