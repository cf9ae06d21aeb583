"""Parts of a calendar (RFC 5545): icalendar reads each VEVENT by itself, so that a damaged one
takes no other with it; its times are put on the clocks of their zones.

Zones are found here, by the rules of the calendar or by the names that calendars and feeds give
them (``fuseaux.yml``): icalendar would remember those of one calendar when it reads the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from icalendar.parser_tools import to_unicode
from icalendar.prop import vBroken, vDDDTypes, vUnknown
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from msgspec import Struct, field

from portail.resources import table
from portail.text.normalise import fold
from portail_importer.importer.public import says

from .items import Loss
from .prose import LONG

_OFFSET = re.compile(r"(?:UTC|GMT)?[ ]?([+-])(\d{1,2})(?::?([0-5]\d))?", re.ASCII | re.IGNORECASE)
_EXCHANGE = "tzone://microsoft/"
# Parts of the name of a zone, after whatever a program puts before it.
_PARTS = 4


@dataclass(frozen=True, slots=True)
class _Table:
    """IANA's name by other names; offset (« +0100 ») by the letters of RFC 822."""

    noms: Mapping[str, str]
    sigles: Mapping[str, str]


@cache
def _table() -> _Table:
    return table("fuseaux", _Table, feature="portail_importer.importer")


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo | None:
    """The zone of that name, of IANA or of Windows, or that far from UTC; ``None`` for none.

    >>> str(zone_named("Eastern Standard Time")), str(zone_named("GMT+0530")), zone_named("Ici")
    ('America/New_York', 'UTC+05:30', None)
    """
    name = name.strip().strip('"')
    bare = fold(name).removeprefix(_EXCHANGE)
    if bare in ("utc", "gmt", "etc/utc", "z"):
        return UTC
    if zone := iana_zone(name):
        return zone
    if moved := _OFFSET.fullmatch(name):
        return _shifted(moved)
    standard = fold(name).replace("daylight time", "standard time")
    zone_name = _names().get(standard.replace("summer time", "standard time"))
    if zone_name:
        return ZoneInfo(zone_name)
    return None


def abbreviated(letters: str) -> tzinfo | None:
    """The offset that the letters of a date of RFC 822 stand for, « CEST »; ``None`` for none."""
    offset = _table().sigles.get(letters.upper())
    match = _OFFSET.fullmatch(offset) if offset else None
    if match:
        return _shifted(match)
    return None


@cache
def _names() -> Mapping[str, str]:
    return {fold(name): zone for name, zone in {**WINDOWS_TO_OLSON, **_table().noms}.items()}


@lru_cache(maxsize=256)
def iana_zone(name: str) -> ZoneInfo | None:
    """The zone that ``name`` ends with, « /citadel.org/2007/Europe/London »; ``None`` for none."""
    parts = "".join(name.split()[-1:]).split("/")[-_PARTS:]
    for start in range(len(parts) - 1):
        with suppress(ValueError, OSError, KeyError):
            return ZoneInfo("/".join(parts[start:]))
    return None


def _shifted(match: re.Match[str]) -> tzinfo | None:
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    with suppress(ValueError):  # more than a day
        return timezone(-ahead if match[1] == "-" else ahead)
    return None


# What a calendar may say of each of its events, unless they say it themselves.
_OF_ALL = re.compile(
    r"^(?:CLASS|X-CALENDARSERVER-ACCESS|X-WR-TIMEZONE)[;:].*$", re.IGNORECASE | re.MULTILINE
)
_DEPTH = 12
_MOST_ZONES = 50
_MARK = re.compile(
    r"^(BEGIN|END):[ \t]*([A-Z0-9-]+)[ \t]*$", re.ASCII | re.IGNORECASE | re.MULTILINE
)
_FOLD = re.compile(r"\n[ \t]")
# A line that is no « NAME: » goes on with the one before, whose fold somebody lost.
_LOST_FOLD = re.compile(r"\n(?![A-Za-z0-9-]{1,60}[;:]|\s|\Z)", re.ASCII)
# Escapes that programs write as C does.
_BLANKS = re.compile(r"(?<!\\)((?:\\\\)*)(?:\\r|\\t)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# When an event takes place: what is not read of it is a doubt.
TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
_ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_WHEN = (*TIMES, "DURATION", "RRULE", "EXRULE")
_ZONE = "X-TZID"
# Times as some programs write them: « 2027-01-09T18:00 ».
_LOOSE = re.compile(
    r"(?<![\d-])(\d{4})-?(\d\d)-?(\d\d)(?:(T\d\d):?(\d\d)(?::?(\d\d))?)?(?=Z|[,/]|$)", re.ASCII
)
_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6})Z", re.ASCII)
_LINE = re.compile(r"parts: '([\w-]+)", re.ASCII)
_UNREAD = "cette date ne se lit pas"
_TWICE = "il y en a plusieurs"
_NO_EXRULE = "cette répétition en ôte des dates\u00a0: elle n’est pas lue"
_UNKNOWN_ZONE = "il est inconnu\u00a0: les heures sont écrites comme là-bas"

# A day; what clocks show, with their zone, ``None`` for ours; both ends of a period, or its length.
Time = date | datetime
Span = tuple[Time, Time | timedelta | None]


class Part(Struct, frozen=True):
    """A component right inside a calendar, or alone: its first line from 1, its own properties, all
    of its text; ``broken``: it has no end."""

    name: str
    line: int
    own: str
    text: str
    broken: bool = False


def parts(text: str) -> Iterator[Part]:
    """The parts of calendars, in order, with what their calendar says of all."""
    stack: list[str] = []
    own: list[str] = []
    common: str | None = ""
    number = 1
    counted = since = start = line = 0
    whole = f"{text}\nEND:VCALENDAR"
    for mark in _MARK.finditer(whole):
        begins = mark[1].upper() == "BEGIN"
        name = mark[2].upper()
        number += whole.count("\n", counted, mark.start())
        between = whole[since : mark.start()]
        counted = mark.start()
        since = mark.end()
        if len(stack) == 1:
            own.append(between)
        elif not stack and common is None:
            common = "\n".join(_OF_ALL.findall(between))
        if stack and (name == "VCALENDAR" or (begins and name == "VEVENT")):
            told = "\n".join([*own, common or ""])
            yield Part(stack[0], line, told, whole[start : mark.start()], broken=True)
            stack.clear()
        if name == "VCALENDAR":
            common = None if begins else ""
        elif begins and len(stack) < _DEPTH:
            if not stack:
                start, line, own = mark.start(), number, []
            stack.append(name)
        elif not begins and name in stack:
            del stack[stack.index(name) :]  # with the inner ones that have no end
            if not stack:
                told = "\n".join([*own, common or ""])
                yield Part(name, line, told, whole[start : mark.end()])


class Event(Struct):
    """A VEVENT: what it says, its times by the names of their properties, its rules; what of all
    this is to be checked."""

    line: int
    said: dict[str, list[Any]] = field(default_factory=dict)
    # The first text of each of its properties.
    texts: dict[str, str] = field(default_factory=dict)
    broken: bool = False
    # Whether another says the same.
    double: bool = False
    times: dict[str, list[Span]] = field(default_factory=dict)
    length: timedelta | None = None
    rules: tuple[str, ...] = ()
    doubts: list[Loss] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def rows(self, name: str) -> list[Any]:
        return self.said.get(name, [])

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def time(self, name: str) -> Time | None:
        return next((first for first, _ in self.times.get(name, ())), None)


def written(row: Any) -> str:
    """The text of a property."""
    if isinstance(row, vUnknown):
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], row)
    if isinstance(row, str | int):
        return str(row)
    return to_unicode(row.to_ical())


def event_of(part: Part, zones: Zones) -> Event:
    """The event of a part."""
    text = _LOST_FOLD.sub("\n \\\\n", f"\n{part.own.strip()}")
    own = [*map(_strict, rows_in(_BLANKS.sub(r"\1 ", text)))]
    try:
        said = icalendar.Event.from_ical("\n".join(["BEGIN:VEVENT", *own, "END:VEVENT"]))
    except Exception:  # of any kind: the event is then damaged, and is told
        return Event(part.line, broken=True)
    event = Event(part.line, broken=part.broken)
    event.said = {name: rows if isinstance(rows, list) else [rows] for name, rows in said.items()}
    event.texts = {
        name: written(rows[0])[:LONG].strip() for name, rows in event.said.items() if rows
    }
    event.rules = tuple(filter(None, dict.fromkeys(map(str.upper, values_in("RRULE", own)))))
    for name in TIMES:
        event.times[name] = [*_spans(event, name, zones)]
    for name in _WHEN:
        rows = event.rows(name)
        if name in TIMES:
            bad = [row for row in rows if isinstance(row, vBroken) and row.strip()]
            event.doubts += [Loss(name, row[:200], _UNREAD) for row in bad]
        if name in _ONCE and len({*map(written, rows)}) > 1:
            event.doubts.append(Loss(name, written(rows[1])[:200], _TWICE))
    for row in event.rows("DURATION"):
        length = row.dt if isinstance(row, vDDDTypes) else None
        if isinstance(length, timedelta) and length >= timedelta():
            event.length = length
        else:
            event.doubts.append(Loss("DURATION", written(row)[:200], _UNREAD))
    if "EXRULE" in event.said:
        event.doubts.append(Loss("EXRULE", event.text("EXRULE")[:200], _NO_EXRULE))
    lines = [
        match[1].upper() for name, why in said.errors if not name and (match := _LINE.search(why))
    ]
    judged = (name for name in lines if name in _WHEN or says("ical", name))
    event.doubts += [Loss(name, "", _UNREAD) for name in judged]
    return event


def rows_in(text: str) -> list[str]:
    """The properties of a text, a row for each."""
    return [row for row in _FOLD.sub("", text).split("\n") if row.strip()]


def values_in(name: str, rows: Iterable[str]) -> list[str]:
    """What the properties of that name say."""
    parts = (row.partition(":") for row in rows)
    return [value for head, _, value in parts if head.partition(";")[0].upper() == name]


def _strict(row: str) -> str:
    # A property whose times are those of the standard, and its zone one that icalendar leaves.
    head, colon, times = row.partition(":")
    if head.partition(";")[0].upper() not in TIMES:
        return row
    at = head.upper().find(";TZID=") + 1
    if at:
        head = f"{head[:at]}{_ZONE}{head[at + len('TZID') :]}"
    return f"{head}{colon}{_LOOSE.sub(_strictly, times)}"


def _strictly(time: re.Match[str]) -> str:
    year, month, day, hour, minute, second = time.groups("")
    return f"{year}{month}{day}{hour}{minute}{second or (hour and '00')}"


def _spans(event: Event, name: str, zones: Zones) -> Iterator[Span]:
    for row in event.rows(name):
        if isinstance(row, vBroken):
            continue
        zone_name = str(
            row.params.get(_ZONE) or row.params.get("TZID") or event.text("X-WR-TIMEZONE")
        )
        for read in row.dts:
            first, last = read.dt if isinstance(read.dt, tuple) else (read.dt, None)
            if not isinstance(first, date):
                event.doubts.append(Loss(name, written(row)[:200], _UNREAD))
                continue
            floats = isinstance(first, datetime) and not first.tzinfo
            zone = zones.of(zone_name) if floats and zone_name else None
            if floats and zone_name and not zone:
                event.doubts.append(Loss("fuseau", zone_name[:200], _UNKNOWN_ZONE))
            yield _in_zone(first, zone), _in_zone(last, zone)


def _in_zone(at: Any, zone: tzinfo | None) -> Any:
    if isinstance(at, datetime) and not at.tzinfo:
        return at.replace(tzinfo=zone)
    return at


class Zones(Struct):
    """The zones of a calendar, by its own rules too."""

    rules: dict[str, Part] = field(default_factory=dict)
    _known: dict[str, tzinfo | None] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        for name in values_in("TZID", rows_in(part.own))[: _MOST_ZONES - len(self.rules)]:
            self.rules[_ESCAPED.sub(r"\1", name.strip())] = part

    def of(self, name: str) -> tzinfo | None:
        """The zone of IANA, else of the rules of this calendar, else known by another name."""
        if name not in self._known:
            own = iana_zone(name) or _ruled(self.rules.get(name)) or zone_named(name)
            self._known[name] = own
        return self._known[name]


def _ruled(part: Part | None) -> tzinfo | None:
    # The zone of a VTIMEZONE; ``None`` when it is not understood. Its rules are of years: others
    # would be followed for ever.
    rows = rows_in(part.text) if part else []
    if not rows or any("FREQ=YEARLY" not in it.upper() for it in values_in("RRULE", rows)):
        return None
    rows = [row for row in rows if not row.upper().startswith(("TZID:", "TZID;"))]
    try:
        zone: Any = icalendar.Timezone.from_ical(_UNTIL.sub(_on_any_clock, "\n".join(rows)))
        zone["TZID"] = "x"
        read: tzinfo = zone.to_tz(lookup_tzid=False)
        read.utcoffset(datetime(2027, 1, 1))  # noqa: DTZ001
    except Exception:  # of any kind
        return None
    return read


def _on_any_clock(until: re.Match[str]) -> str:
    # The end of a rule of years, which is of UTC, as dateutil reads it: on the clocks of the zone.
    last = datetime.strptime(until[1], "%Y%m%dT%H%M%S") + timedelta(hours=14)  # noqa: DTZ007
    return f"UNTIL={last:%Y%m%dT%H%M%S}"
