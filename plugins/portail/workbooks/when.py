"""Days and hours as people write them in a cell, understood whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, time

from msgspec import Struct, field

from portail.model.faults import Fault
from portail.text.dates import JOURS, jour, month_number
from portail.text.normalise import fold

_LONGEST = 2_000
_MOST = 800
_MONTHS = "janv|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec"
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?:t(?=\d))?"
    r"|(?P<figures>\d{1,2}(?P<by>[/.-])\d{1,2}(?P=by)(?:\d{4}|\d{2}))(?!\d)"
    r"|(?P<short>\d{1,2}/\d{1,2})(?![\d/h:])"
    rf"|(?P<hour>\d{{1,2}}\s?(?:heures?|h)\b(?:\s?[0-5]\d(?!\d|/|\s*(?:er\b|{_MONTHS})))?"
    r"|\d{1,2}h[0-5]\d|\d{1,2}:\d{2}(?::\d{2})?|midi|minuit)\s?(?:min\b|mn\b)?"
    r"|(?P<year>\d{4})(?!\d)|(?P<number>\d{1,2})(?:er\b|ere\b)?(?!\d)"
    r"|(?P<word>[a-z][a-z']*)\.?|(?P<sign>->|[,;&/+>-])|\s+",
    re.ASCII,
)
_TO = frozenset({"au", "a", "jusqu'au", "jusqu'a", "-", "->", ">"})
_AND = frozenset({"et", "puis", ",", ";", "&", "+"})
_MUTE = frozenset("le les du de des d' en entre partir horaire horaires heure heures".split())
_WHOLE_DAY = re.compile(r"(?:toute la )?journee(?: entiere)?")


class Session(Struct, frozen=True):
    """One day, or days in a row (``last``), with hours if they are known."""

    first: date
    last: date | None = None
    start: time | None = None
    end: time | None = None


Hours = tuple[time, time | None]


class When(Struct, frozen=True):
    """What a cell says: days and their hours, or hours alone."""

    sessions: tuple[Session, ...] = ()
    hours: tuple[Hours, ...] = ()
    """Those that no day comes with."""

    @property
    def timed(self) -> bool:
        """Whether a day has its hour."""
        return any(one.start for one in self.sessions)


_NO_HOURS: tuple[tuple[None, None], ...] = ((None, None),)


class _Unread(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _Day(Struct):
    day: int
    month: int = 0
    year: int = 0
    weekday: int | None = None
    short: bool = False
    """Its year has two figures."""


class _Block(Struct):
    """Days, each alone or with the last of a row of days, that share hours."""

    days: list[tuple[_Day, _Day | None]] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)


def read_when(text: str, today: date) -> When | Fault:
    """What ``text`` says; a day without its year is the next one, if its weekday says so too.

    The fault is E145 for what has several meanings, E147 for what is not understood.

    >>> read_when("samedi 9 octobre 2021, 14h-16h", date(2021, 9, 27)).sessions[0].start
    datetime.time(14, 0)
    >>> read_when("03/04/21", date(2021, 1, 1)).code
    'E145'
    """
    folded = _WHOLE_DAY.sub(" ", fold(text[:_LONGEST]).replace("(", " ").replace(")", " "))
    try:
        blocks = _Parser(text, folded).blocks()
        days = [one for block in blocks for pair in block.days for one in pair if one]
        _inherit(days, text)
        dated = {id(one): _dated(one, text, today) for one in days}
        spans = [
            Session(*_row(dated[id(one)], dated[id(last)] if last else None), *hours)
            for block in blocks
            for one, last in block.days
            for hours in block.hours or _NO_HOURS
        ]
    except _Unread as error:
        return error.fault
    if len(spans) > _MOST or len(text) > _LONGEST:
        return unread(text)
    return When(tuple(spans), () if spans else tuple(blocks[0].hours))


def unread(text: str) -> Fault:
    """What is neither a day nor an hour (E147)."""
    return Fault("E147", (), {"valeur": text})


def several(text: str, reason: str, proposed: str) -> Fault:
    """What has several meanings (E145): why, in French; what to write."""
    return Fault("E145", (), {"valeur": text, "raison": reason, "propose": proposed})


def backwards(first: object, last: object) -> Fault:
    """An end before its beginning (E213)."""
    return Fault("E213", (), {"debut": first, "fin": last, "cle": "fin"})


class _Parser:
    """From signs to blocks of days and hours; raises ``_Unread``."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.found: list[_Block] = [_Block()]
        self.link = ""
        self.last = ""
        self.weekday: int | None = None
        self.tokens = self._hours_alone([*self._tokens(folded)])

    def _tokens(self, folded: str) -> Iterator[tuple[str, str]]:
        at = 0
        while at < len(folded):
            found = _TOKEN.match(folded, at)
            if found is None:
                raise _Unread(unread(self.text))
            at = found.end()
            groups = found.groupdict()
            groups.pop("by")
            yield from ((kind, one) for kind, one in groups.items() if one)

    @staticmethod
    def _hours_alone(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """« 10-12h »: a number, then up to an hour, is an hour."""
        for at, (kind, one) in enumerate(tokens[:-2]):
            if kind == "number" and tokens[at + 1][1] in ("a", "-") and tokens[at + 2][0] == "hour":
                tokens[at] = ("hour", f"{one}h")
        return tokens

    def blocks(self) -> list[_Block]:
        """What is said, in its order."""
        for kind, one in self.tokens:
            getattr(self, f"_{kind}")(one)
        if self.weekday is not None and self.last != "":
            raise _Unread(unread(self.text))
        found = [one for one in self.found if one.days or one.hours]
        if not found and (self.weekday is not None or self.tokens or not self.text.strip()):
            raise _Unread(unread(self.text))
        return found or [_Block()]  # « toute la journée »

    def _iso(self, one: str) -> None:
        year, month, day = map(int, one.split("-"))
        self._add(_Day(day, month, year))

    def _figures(self, one: str) -> None:
        day, month, year = map(int, re.split(r"\D", one))
        self._add(_Day(day, month, year + (2000 if year < 100 else 0), short=year < 100))

    def _short(self, one: str) -> None:
        day, month = map(int, one.split("/"))
        self._add(_Day(day, month))

    def _number(self, one: str) -> None:
        self._add(_Day(int(one)))

    def _year(self, one: str) -> None:
        day = self._latest()
        if self.last not in ("day", "month") or day.year:
            raise _Unread(unread(self.text))
        day.year = int(one)
        self.last = "year"

    def _word(self, one: str) -> None:
        if one in _TO or one in _AND:
            self._sign(one)
        elif one in _WEEKDAYS:
            if self.weekday is not None:
                raise _Unread(unread(self.text))
            self.weekday = _WEEKDAYS[one]
        elif one not in _MUTE:
            self._month(one)

    def _month(self, one: str) -> None:
        month = month_number(one) if len(one) > 2 else 0
        if not month or self.last != "day" or self._latest().month:
            raise _Unread(unread(self.text))
        self._latest().month = month
        self.last = "month"

    def _sign(self, one: str) -> None:
        if self.link in _TO and one not in _TO:
            raise _Unread(unread(self.text))
        self.link = one

    def _latest(self) -> _Day:
        days = self.found[-1].days
        if not days:
            raise _Unread(unread(self.text))
        return days[-1][1] or days[-1][0]

    def _add(self, day: _Day) -> None:
        day.weekday = self.weekday
        self.weekday = None
        block = self.found[-1]
        if block.days and block.hours:
            block = _Block()
            self.found.append(block)
        if self.link == "/" or (self.link in _TO and self.last == "hour"):
            raise _Unread(unread(self.text))
        if self.link in _TO and block.days and not block.days[-1][1]:
            block.days[-1] = (block.days[-1][0], day)
        else:
            block.days.append((day, None))
        self.link = ""
        self.last = "day"

    def _hour(self, one: str) -> None:
        block = self.found[-1]
        at = _time(one)
        if at is None:
            raise _Unread(unread(self.text))
        if self.last == "hour" and self.link == "/":
            raise _Unread(
                several(
                    self.text, "deux heures, ou de l’une à l’autre", "14 h-16 h, ou 14 h et 16 h"
                )
            )
        if self.last == "hour" and self.link in _TO and block.hours[-1][1] is None:
            block.hours[-1] = (block.hours[-1][0], at)
        elif self.last == "hour" and not self.link:
            raise _Unread(unread(self.text))
        else:
            block.hours.append((at, None))
        self.link = ""
        self.last = "hour"


_WEEKDAYS = {
    name: rank
    for rank, whole in enumerate(JOURS)
    for name in (whole, f"{whole}s", whole[:3], whole[:4])
}


def _time(text: str) -> time | None:
    named = {"midi": time(12), "minuit": time(0)}.get(text.strip())
    parts = [int(one) for one in re.findall(r"\d+", text)]
    if named or not parts:
        return named
    hour = parts[0]
    minute = parts[1] if len(parts) > 1 else 0
    if (hour, minute) == (24, 0):
        return time(0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _inherit(days: Sequence[_Day], text: str) -> None:
    """« 9 et 10 octobre 2021 »: months and years that are said once, after."""
    month = 0
    year = 0
    after = (0, 0)
    for one in reversed(days):
        if not one.year and year:  # « du 28 décembre au 3 janvier 2022 »
            one.year = year - (one.month > after[0] > 0)
        one.month = one.month or month
        if not one.month:
            raise _Unread(unread(text))
        month = one.month
        year = one.year
        after = (one.month, one.day)


def _dated(one: _Day, text: str, today: date) -> date:
    told = one.year or today.year + ((one.month, one.day) < (today.month, today.day))
    try:
        found = date(told, one.month, one.day)
    except ValueError:
        raise _Unread(unread(text)) from None
    agrees = one.weekday == found.weekday()
    if one.short and not agrees:
        reason = "on ne sait pas où est l’année"
        raise _Unread(several(text, reason, f"{found:%d/%m/%Y}"))
    if not one.year and not agrees:
        raise _Unread(several(text, "l’année n’est pas dite", f"{found:%d/%m/%Y}"))
    if one.weekday is not None and not agrees:
        reason = f"ce jour est un {JOURS[found.weekday()]}"
        raise _Unread(several(text, reason, f"{jour(found)}, ou un autre jour"))
    return found


def _row(first: date, last: date | None) -> tuple[date, date | None]:
    if last and last < first:
        raise _Unread(backwards(first, last))
    return first, last if last != first else None
