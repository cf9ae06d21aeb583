"""Reading a recurrence rule as typed: strict, with a reason in French for each refusal."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from portail.agenda.occurrences import PARIS
from portail.agenda.rrule import ByDay, Rule

__all__ = ["RuleError", "parse_rule"]

_LONGEST = 1000
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_INTEGER = re.compile(r"[+-]?\d{1,6}", re.ASCII)
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?", re.ASCII)
_EXDATE = re.compile(r"EXDATE(?:;VALUE=DATE(?:-TIME)?|;TZID=EUROPE/PARIS)*[:=](.+)", re.ASCII)


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
        exdates=tuple(excluded for other in others for excluded in _exdates(other)),
    )
    _check(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
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
    """What RFC 5545 forbids between parts."""
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
    if not _INTEGER.fullmatch(value) or not low <= int(value) <= high:
        raise RuleError(f"« {name} » va de {low} à {high}")
    return int(value)


def _several(parts: dict[str, str], name: str, high: int, *, signed: bool) -> tuple[int, ...]:
    value = parts.get(name)
    if value is None:
        return ()
    items = value.split(",")
    if all(map(_INTEGER.fullmatch, items)):
        numbers = tuple(sorted(set(map(int, items))))
        if all(1 <= (abs(number) if signed else number) <= high for number in numbers):
            return numbers
    ends = f"de 1 à {high}, ou de -1 à -{high}" if signed else f"de 1 à {high}"
    raise RuleError(f"« {name} » attend des nombres {ends}")


def _by_day(value: str | None) -> tuple[ByDay, ...]:
    if value is None:
        return ()
    found = [_BY_DAY.fullmatch(item) for item in value.split(",")]
    items = [ByDay(_WEEKDAYS.index(item[2]), int(item[1] or 0)) for item in found if item]
    zero = any(item and item[1] and not int(item[1]) for item in found)
    if len(items) != len(found) or zero or any(abs(item.ordinal) > 53 for item in items):
        names = ", ".join(_WEEKDAYS)
        raise RuleError(f"« BYDAY » attend {names}, avec un rang si besoin (1SA, -1SU)")
    return tuple(dict.fromkeys(items))


def _week_start(value: str | None) -> int:
    if value is None:
        return 0
    if value not in _WEEKDAYS:
        raise RuleError(f"« WKST » attend {', '.join(_WEEKDAYS)}")
    return _WEEKDAYS.index(value)


def _until(value: str | None) -> datetime | None:
    if value is None:
        return None
    day, hour = _stamp(value, "UNTIL=20211231")
    return datetime.combine(day, time.max if hour is None else hour)


def _exdates(text: str) -> list[tuple[date, time | None]]:
    found = _EXDATE.fullmatch(text)
    if not found:
        raise RuleError(f"« {text} » n’y est pas admis")
    return [_stamp(value, "EXDATE:20211103") for value in found[1].split(",")]


def _stamp(value: str, example: str) -> tuple[date, time | None]:
    """A day and its hour of Europe/Paris; ``Z`` marks an hour of UTC."""
    found = _STAMP.fullmatch(value)
    try:
        if not found:
            raise ValueError(value)
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return day, None
        hour = time(int(found[4]), int(found[5]), int(found[6]))
        if not found[7]:
            return day, hour
        there = datetime.combine(day, hour, tzinfo=UTC).astimezone(PARIS)
        return there.date(), there.time()
    except OverflowError:  # the end of time, in UTC
        return date.max, time.max
    except ValueError:
        raise RuleError(f"« {value} » n’est pas une date de la forme {example}") from None
