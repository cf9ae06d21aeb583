"""When an event of a calendar takes place: its dates, its repetitions, their exceptions.

A plain weekly rule of more than six dates becomes ``horaires``; any other, sessions, which anybody
can edit. Rules are followed by our own engine: it is bounded, and tells what it does not read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from portail.agenda.occurrences import exists
from portail.agenda.recurrence import MAX_YEARS
from portail.agenda.rrule import Rule, RuleError, days_of, parse_rule
from portail.clock import portal_zone
from portail.model.states import Stated, common_states, safest, state_of_title
from portail.text.dates import jour
from portail_importer.importer.public import state_of

from .calendar_parts import Event, Time
from .items import Loss
from .moments import (
    Seance,
    between,
    doubtful_end,
    from_zone,
    later,
    limited,
    moment,
    read,
    timetable,
)
from .prose import one_line

_MOST_DATES = 4_000
_FEW = 6
_MOST_EXCEPTIONS = 100
_YEAR = timedelta(days=364)
_DAY = timedelta(days=1)
_ENDLESS = ";COUNT=999999"
_SKIPPED = "elle n’existe pas\u00a0: on passait à l’heure d’été"
# Before an hour or a minute of one figure.
_FIGURE = re.compile(r"\bBY(?:HOUR|MINUTE|SECOND)=(?=\d\b)", re.ASCII)


class When(Struct):
    """The day of the import; what is lost, or doubtful, on the way."""

    day: date
    losses: list[Loss] = field(default_factory=list)
    doubts: list[Loss] = field(default_factory=list)

    def doubt(self, name: str, value: str, reason: str) -> None:
        self.doubts.append(Loss(name, value[:200], reason))

    def lose(self, name: str, value: str, reason: str) -> None:
        self.losses.append(Loss(name, value[:200], reason))

    def shown(self, at: Time) -> str:
        """What our clock shows then; an hour that clocks skipped is to be checked."""
        if isinstance(at, datetime):
            known = isinstance(at.tzinfo, ZoneInfo | None)
            if known and not exists(at.date(), at.time(), at.tzinfo):
                self.doubt("heure", f"{at:%Y-%m-%d %H:%M}", _SKIPPED)
        return shown(at)


def shown(at: Time, length: timedelta = timedelta()) -> str:
    """What our clock shows then, or ``length`` after that; "" beyond the years of a portal."""
    if isinstance(at, datetime):
        return from_zone(at.replace(tzinfo=None), at.tzinfo, length)
    with suppress(OverflowError):
        at += timedelta(days=length.days)
        return moment(at.year, at.month, at.day) or ""
    return ""


def quand_of(group: Sequence[Event], when: When) -> Mapping[str, Any]:
    moved: dict[str, list[Event]] = defaultdict(list)
    events: list[Event] = []
    for event in group:
        when.doubts += event.doubts
        uid = event.text("UID")
        (moved[uid] if "RECURRENCE-ID" in event.said else events).append(event)
    if not events:
        events = list(group)
        moved.clear()
    if len(events) == 1:
        return _repeated(events[0], [*chain(*moved.values())], when)
    seances: list[Seance] = []
    for event in events:
        seances += _seances(event, _rule_of(event, when), moved.pop(event.text("UID"), ()), when)
    return limited(_without_common_state(seances), when.day, when.losses, "dates")


def titled(event: Event) -> Stated:
    """Its title without its state, and the state that both it and STATUS say."""
    return _stated(event.text("SUMMARY"), event.text("STATUS").upper(), "LOCATION" in event.said)


@lru_cache(maxsize=1024)
def _stated(summary: str, status: str, placed: bool) -> Stated:
    titre = one_line(summary)
    stated = state_of_title(titre, common_states(), placed=placed) or Stated(titre, "", ())
    return stated._replace(etat=safest(stated.etat, state_of(status) or ""))


def common_state(events: Sequence[Event]) -> str:
    """The state that all of them are in; "" for none, or several."""
    states = {titled(event).etat for event in events}
    if len(states) == 1:
        return states.pop()
    return ""


def _state(event: Event) -> Seance:
    if etat := titled(event).etat:
        return {"etat": etat}
    return {}


def _without_common_state(seances: list[Seance]) -> list[Seance]:
    # Sessions whose state is that of all of them, which the event says, do not say it.
    if len({seance.get("etat") for seance in seances}) == 1:
        for seance in seances:
            seance.pop("etat", "")
    return seances


def _repeated(event: Event, moved: Sequence[Event], when: When) -> Mapping[str, Any]:
    rule = _rule_of(event, when)
    seances = _without_common_state(_seances(event, rule, moved, when))
    other = moved or event.times["RDATE"]
    many = rule and not other and (len(seances) > _FEW or _is_endless(rule))
    if rule and many and (horaires := _weekly(rule, seances)):
        return horaires
    return limited(seances, when.day, when.losses, "dates")


def _length(event: Event, when: When) -> tuple[timedelta, bool]:
    # How long it lasts on our clock, or, when this is true, by hours that are counted.
    start = event.time("DTSTART")
    if start is None:
        return timedelta(), False
    end = event.time("DTEND")
    if event.length is not None:
        if end and shown(end) != shown(start, event.length):
            when.doubt("DTEND", shown(end), "sa durée (DURATION) dit une autre fin")
        return event.length, isinstance(start, datetime) and event.length.seconds > 0
    if end is None:
        return timedelta(), False
    last = when.shown(end)
    if not last:
        when.doubt("DTEND", event.text("DTEND"), "cette fin ne se lit pas")
        return timedelta(), False
    if not isinstance(start, datetime) and last[10:] not in ("", " 00:00"):
        when.doubt("DTEND", last, "le début n’a pas d’heure")
    when.doubts += doubtful_end("DTEND", shown(start), last)
    return read(last) - read(shown(start)), False


def _seance(at: Time, length: timedelta, exact: bool, when: When) -> Seance:
    first = when.shown(at)
    last = ""
    if first and length > timedelta():
        last = shown(at, length) if exact else later(first, length)
    if last > first and not isinstance(at, datetime):  # the end of whole days is the day after
        last = later(last, -_DAY)
    return between(first, last)


def _seances(event: Event, rule: Rule | None, moved: Sequence[Event], when: When) -> list[Seance]:
    start = event.time("DTSTART")
    if start is None or not shown(start):
        return []
    length = _length(event, when)
    starts: list[Time] = []
    if rule:
        starts += _starts(rule, start, when)
    # The first date is one, whatever the rule says (§ 3.8.5.3).
    if not starts or not rule or not _is_endless(rule) or _day(start) >= when.day:
        starts.append(start)
    by_start = {shown(at): _seance(at, *length, when) for at in starts}
    for first, last in event.times["RDATE"]:
        seance = _seance(first, *length, when)
        if isinstance(start, datetime) > isinstance(first, datetime):
            when.doubt("RDATE", shown(first), "elle n’a pas d’heure")
        if last is not None:
            fin = shown(first, last) if isinstance(last, timedelta) else shown(last)
            seance = between(shown(first), fin)
        by_start[shown(first)] = seance
    by_start = _without_exceptions(event, by_start, when)
    return _moved({key: seance | _state(event) for key, seance in by_start.items()}, moved, when)


def _without_exceptions(event: Event, by_start: dict[str, Seance], when: When) -> dict[str, Seance]:
    known = set(chain.from_iterable(map(_names, by_start)))
    gone = set(chain.from_iterable(_named(at) for at, _ in event.times["EXDATE"]))
    for at, _ in event.times["EXDATE"]:
        if shown(at)[:10] in known and known.isdisjoint(_named(at)):
            when.doubt("EXDATE", shown(at), "aucune séance ne commence à cette heure")
    return {key: it for key, it in by_start.items() if key and gone.isdisjoint(_names(key))}


def _names(key: str) -> tuple[str, str]:
    # What names a session: its beginning; its day, or any hour of it when it is of whole days.
    return key, key[:10] if key[10:] else f"{key} *"


def _named(at: Time) -> tuple[str, ...]:
    # What a time may name, the surest first: the midnight of any clock is a day for some programs.
    if not isinstance(at, datetime):
        return (shown(at),)
    return shown(at), f"{shown(at)[:10]} *", f"{shown(at.date())} *"


def _moved(by_start: dict[str, Seance], moved: Sequence[Event], when: When) -> list[Seance]:
    keys: dict[str, str] = {}
    for key in reversed(by_start):
        keys |= dict.fromkeys(_names(key), key)
    more: list[Seance] = []
    for event in moved:
        start = event.time("DTSTART")
        was = event.time("RECURRENCE-ID")
        if start is None or was is None:  # told by its event
            continue
        own = _seance(start, *_length(event, when), when) | _state(event)
        if any("RANGE" in row.params for row in event.rows("RECURRENCE-ID")):
            when.doubt(
                "RECURRENCE-ID", shown(was), "les séances qui suivent celle-ci changent aussi"
            )
        if key := next((keys[name] for name in _named(was) if name in keys), ""):
            by_start[key] = own
            continue
        if shown(was)[:10] >= f"{when.day}":
            when.doubt("RECURRENCE-ID", shown(was), "elle ne change aucune des séances")
        if own.get("debut", "") >= f"{when.day}":  # a date of the past may be put off
            more.append(own)
    return [seance for seance in (*by_start.values(), *more) if "debut" in seance]


def _is_endless(rule: Rule) -> bool:
    return rule.until is None and _ENDLESS.endswith(f"={rule.count}")


def _day(at: Time) -> date:
    if isinstance(at, datetime):
        return at.date()
    return at


def _rule_of(event: Event, when: When) -> Rule | None:
    # The rule of an event; ``None`` for none, and for one that is not read, which is a doubt.
    start = event.time("DTSTART")
    if start is None or not event.rules:
        return None
    # What adds nothing: the hour of the first date.
    own = start.strftime("BYHOUR=%H BYMINUTE=%M BYSECOND=%S").split()
    rules: set[Rule] = set()
    for text in event.rules:
        pieces = _FIGURE.sub(r"\g<0>0", "".join(text.split())).strip(";").split(";")
        bare = ";".join(piece for piece in pieces if piece not in own)
        ends = "COUNT=" in bare or "UNTIL=" in bare
        try:
            rule = parse_rule(bare if ends else f"{bare}{_ENDLESS}").anchored(_day(start))
            rules.add(replace(rule, until=_there(rule.until, start)) if "Z" in bare else rule)
        except RuleError as error:
            when.doubt("RRULE", text, f"la répétition n’est pas reprise\u00a0: {error}")
    if len(rules) > 1:
        when.doubt("RRULE", event.rules[1], "il y en a plusieurs")
        return None
    return next(iter(rules), None)


def _there(until: datetime | None, start: Time) -> datetime | None:
    # An instant of our clock on that of ``start``.
    with suppress(OverflowError):
        if until and isinstance(start, datetime) and start.tzinfo:
            there = until.replace(tzinfo=portal_zone()).astimezone(start.tzinfo)
            return there.replace(tzinfo=None)
    return until


def _hour(at: Time) -> time:
    if isinstance(at, datetime):
        return at.time()
    return time()


def _starts(rule: Rule, start: Time, when: When) -> Iterator[Time]:
    # Beginnings of a repetition, in its own zone: those of a year at most when it has no end.
    first = _day(start)
    today = when.day
    endless = _is_endless(rule)
    horizon = date(max(first.year, today.year) + MAX_YEARS, 12, 31)
    if endless:
        horizon = max(first, today) + _YEAR
        reason = f"la répétition n’a pas de fin\u00a0: elle est reprise jusqu’au {jour(horizon)}"
        when.lose("dates", "", reason)
        if rule.interval == 1:
            first = max(first, today)  # it says the same days from any of them
    count = min(rule.count or _MOST_DATES, _MOST_DATES)
    for day in islice(days_of(rule, first, horizon), count):
        at = datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day
        if rule.until and datetime.combine(at, _hour(start)) > rule.until:
            return
        count -= 1
        if not endless or day >= today:
            yield at
    if not endless and (rule.until.date() > horizon if rule.until else count):
        when.lose("dates", "", f"les dates après le {jour(horizon)} sont laissées")


def _weekly(rule: Rule, seances: Sequence[Seance]) -> dict[str, Any] | None:
    # The timetable that says the same days, with the same hours; ``None`` when none does.
    hours = {(it["debut"][11:], it.get("fin", "")[11:]) for it in seances}
    plain = rule.freq == "WEEKLY" and rule.interval == 1 and not (rule.by_month or rule.by_setpos)
    longer = any("etat" in it or it.get("fin", it["debut"])[:10] > it["debut"] for it in seances)
    if longer or not plain or len(hours) != 1:
        return None
    days = sorted({date.fromisoformat(it["debut"][:10]) for it in seances})
    kinds = {day.weekday() for day in days}
    every = (days[0] + count * _DAY for count in range((days[-1] - days[0]).days + 1))
    out = sorted({day for day in every if day.weekday() in kinds} - {*days})
    long = days[-1].year - days[0].year >= MAX_YEARS
    if long or len(kinds) > len(rule.by_day) or len(out) > _MOST_EXCEPTIONS:
        return None
    return timetable(days[0], days[-1], sorted(kinds), hours.pop(), out)
