"""Recurrence rules (RFC 5545, § 3.3.10): the part that an agenda of days needs.

Frequencies from DAILY to YEARLY, ``INTERVAL``, ``UNTIL`` or ``COUNT``, ``BYMONTH``, ``BYMONTHDAY``,
``BYDAY``, ``BYSETPOS``, ``WKST``, and ``EXDATE:…`` after a blank. Days are looked at one by one up
to a horizon, so the work is bounded. ``dateutil`` is not used: it compares ``until`` only with the
days it finds, hence walks to the year 9999 for a 30 February, and takes the intersection of «
1SA,SU » where RFC 5545 takes the union.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, count

from msgspec import Struct
from msgspec.structs import replace

from portail.clock import portal_zone
from portail.text.normalise import is_number

from .occurrences import days_between

_DAY = timedelta(days=1)


class ByDay(Struct, frozen=True):
    """One item of ``BYDAY``: ``weekday`` 0 (Monday) to 6, ``ordinal`` ±1… or 0 for every one."""

    weekday: int
    ordinal: int = 0


class Rule(Struct, frozen=True):
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
        months = self.by_month
        if self.freq == "YEARLY" and not months:
            months = (first.month,)
        return replace(self, by_month=months, by_monthday=(first.day,))


def days_of(rule: Rule, first: date, horizon: date) -> Iterator[date]:
    """Days of ``rule`` from ``first`` to ``horizon``, both included, in order.

    ``COUNT``, ``UNTIL`` and ``EXDATE`` are left to the caller. At most one look at each day.
    """
    full = rule.anchored(first)
    for start, end in _periods(full, first, horizon):
        matching = [day for day in days_between(start, end) if _matches(full, day)]
        for day in _positions(matching, full.by_setpos):
            if first <= day <= horizon:
                yield day


def _periods(rule: Rule, first: date, horizon: date) -> Iterator[tuple[date, date]]:
    with suppress(OverflowError, ValueError):
        for step in count():
            start, end = _period(rule, first, step * rule.interval)
            if start > horizon:
                return
            yield start, end


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
    if not item.ordinal:
        return True
    if rule.freq == "YEARLY" and not rule.by_month:
        rank = day.timetuple().tm_yday
        size = 366 if isleap(day.year) else 365
    else:
        rank = day.day
        size = monthrange(day.year, day.month)[1]
    if item.ordinal > 0:
        return (rank - 1) // 7 + 1 == item.ordinal
    return (size - rank) // 7 + 1 == -item.ordinal


def _positions(days: list[date], positions: tuple[int, ...]) -> list[date]:
    if not positions:
        return days
    size = len(days)
    ranks = {rank - 1 if rank > 0 else size + rank for rank in positions}
    return [days[rank] for rank in sorted(ranks) if 0 <= rank < size]


# Reading a recurrence rule as typed: strict, with a reason in French for each refusal.

_LONGEST = 1000
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class RuleError(ValueError):
    """A rule that cannot be read; its text is the reason, in French, to follow « : ».

    ``endless`` tells a readable rule without ``UNTIL`` nor ``COUNT`` (a diagnostic of its own).
    """

    def __init__(self, reason: str, *, endless: bool = False) -> None:
        super().__init__(reason)
        self.endless = endless


def parse_rule(text: str) -> Rule:
    """The rule that ``text`` writes. Raises ``RuleError``.

    Case does not count and the prefix ``RRULE:`` is accepted, since rules are often copied from
    a calendar.

    >>> parse_rule("FREQ=WEEKLY;BYDAY=WE;COUNT=10").count
    10
    """
    if len(text) > _LONGEST:
        raise RuleError(f"elle compte plus de {_LONGEST} signes")
    if not text.strip():
        raise RuleError("elle est vide")
    first, *others = text.upper().split()
    parts = _parts(first.removeprefix("RRULE:"))
    rule = Rule(
        freq=_frequency(parts),
        interval=_one(parts, "INTERVAL", 1, 99) or 1,
        count=_one(parts, "COUNT", 1, 999_999),
        until=_until(parts.get("UNTIL")),
        by_month=_several(parts, "BYMONTH", 12, signed=False),
        by_monthday=_several(parts, "BYMONTHDAY", 31, signed=True),
        by_day=_by_day(parts.get("BYDAY")),
        by_setpos=_several(parts, "BYSETPOS", 366, signed=True),
        week_start=_week_start(parts.get("WKST")),
        exdates=tuple(chain.from_iterable(map(_exdates, others))),
    )
    _check(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    parts = {}
    for part in text.strip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise RuleError(f"« {part} » n’a pas la forme NOM=VALEUR")
        if name not in _READ:
            raise RuleError(f"« {name} » n’y est pas admis")
        if name in parts:
            raise RuleError(f"« {name} » y est écrit deux fois")
        parts[name] = value
    return parts


_READ = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST")
)


def _check(rule: Rule) -> None:
    ordinal = any(item.ordinal for item in rule.by_day)
    if rule.count is not None and rule.until is not None:
        raise RuleError("« UNTIL » et « COUNT » s’excluent")
    if ordinal and rule.freq in ("DAILY", "WEEKLY"):
        raise RuleError("un rang dans « BYDAY » (1SA) demande FREQ=MONTHLY ou FREQ=YEARLY")
    if ordinal and _reaches_past_month(rule):
        raise RuleError("un rang dans « BYDAY » va de 1 à 5 dans un mois")
    if rule.by_monthday and rule.freq == "WEEKLY":
        raise RuleError("« BYMONTHDAY » ne va pas avec FREQ=WEEKLY")
    if rule.by_setpos and not (rule.by_day or rule.by_monthday or rule.by_month):
        raise RuleError("« BYSETPOS » demande « BYDAY », « BYMONTHDAY » ou « BYMONTH »")
    if rule.count is None and rule.until is None:
        raise RuleError("elle ne s’arrête jamais", endless=True)


def _reaches_past_month(rule: Rule) -> bool:
    in_month = rule.freq == "MONTHLY" or bool(rule.by_month)
    return in_month and any(abs(item.ordinal) > 5 for item in rule.by_day)


def _frequency(parts: dict[str, str]) -> str:
    freq = parts.get("FREQ")
    if freq is None:
        raise RuleError("« FREQ » manque")
    if freq not in _FREQUENCIES:
        raise RuleError(f"« FREQ » attend {', '.join(_FREQUENCIES[:-1])} ou {_FREQUENCIES[-1]}")
    return freq


def _one(parts: dict[str, str], name: str, low: int, high: int) -> int | None:
    value = parts.get(name)
    if value is None:
        return None
    number = _integer(value)
    if number is None or not low <= number <= high:
        raise RuleError(f"« {name} » va de {low} à {high}")
    return number


def _integer(text: str) -> int | None:
    figures = text[1:] if text[:1] in ("+", "-") else text
    if is_number(figures) and len(figures) <= 6:
        return int(text)
    return None


def _several(parts: dict[str, str], name: str, high: int, *, signed: bool) -> tuple[int, ...]:
    value = parts.get(name)
    if value is None:
        return ()
    items = [*map(_integer, value.split(","))]
    numbers = {number for number in items if number is not None}
    good = all(1 <= (abs(number) if signed else number) <= high for number in numbers)
    if good and None not in items:
        return tuple(sorted(numbers))
    ends = f"de 1 à {high}"
    if signed:
        ends += f", ou de -1 à -{high}"
    raise RuleError(f"« {name} » attend des nombres {ends}")


def _by_day(value: str | None) -> tuple[ByDay, ...]:
    if value is None:
        return ()
    items: dict[ByDay, None] = {}
    for item in value.split(","):
        name = item[-2:]
        rank = item[:-2]
        ordinal = _integer(rank)
        if name not in _WEEKDAYS or (rank and not (ordinal and abs(ordinal) <= 53)):
            names = ", ".join(_WEEKDAYS)
            raise RuleError(f"« BYDAY » attend {names}, avec un rang si besoin (1SA, -1SU)")
        items[ByDay(_WEEKDAYS.index(name), ordinal or 0)] = None
    return tuple(items)


def _week_start(value: str | None) -> int:
    if value is None:
        return 0
    if value not in _WEEKDAYS:
        raise RuleError(f"« WKST » attend {', '.join(_WEEKDAYS)}")
    return _WEEKDAYS.index(value)


def _until(value: str | None) -> datetime | None:
    if value is None:
        return None
    day, hour = _stamp(value, "UNTIL=20271231")
    if hour is None:
        hour = time.max
    return datetime.combine(day, hour)


def _exdates(text: str) -> list[tuple[date, time | None]]:
    end = max(text.rfind(":"), text.rfind("="))
    name, *parameters = text[:end].split(";")
    known = {"VALUE=DATE", "VALUE=DATE-TIME", f"TZID={portal_zone().key.upper()}"}
    if end < 0 or name != "EXDATE" or not known.issuperset(parameters):
        raise RuleError(f"« {text} » n’y est pas admis")
    return [_stamp(value, "EXDATE:20271103") for value in text[end + 1 :].split(",")]


def _stamp(value: str, example: str) -> tuple[date, time | None]:
    # A day and its hour; ``Z`` marks an hour of UTC.
    figures, sign, written = value.partition("T")
    clock = written.removesuffix("Z")
    try:
        if (len(figures), len(clock)) not in ((8, 0), (8, 6)) or not is_number(figures + clock):
            raise ValueError(value)
        day = date.fromisoformat(figures)
        if not sign:
            return day, None
        hour = time.fromisoformat(clock)
        if not written.endswith("Z"):
            return day, hour
        local = datetime.combine(day, hour, tzinfo=UTC).astimezone(portal_zone())
        return local.date(), local.time()
    except OverflowError:  # the end of time, in UTC
        return date.max, time.max
    except ValueError:
        raise RuleError(f"« {value} » n’est pas une date de la forme {example}") from None
