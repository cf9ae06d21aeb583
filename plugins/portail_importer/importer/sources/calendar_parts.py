"""Parts of a calendar (RFC 5545): its lines as components, its times on the clock of the portal.

Libraries refuse a damaged calendar whole, and hold ten times the weight of one.
"""

from __future__ import annotations

import io
import quopri
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from msgspec import Struct, field

from portail.agenda.occurrences import exists
from portail.agenda.rrule import Rule, RuleError, days_of, parse_rule

from .moments import from_zone, moment
from .prose import LONG
from .zones import iana_zone, zone_named

# Lines (§ 3.1).

# What a calendar may say of each of its events, unless they say it themselves.
_OF_ALL = frozenset({"CLASS", "X-CALENDARSERVER-ACCESS"})
_DEPTH = 12
_START = re.compile(r"[A-Za-z0-9-]{1,60}[;:]", re.ASCII)
_LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[^=:;"]*(?:=(?:"[^"]*"|[^;:"])*)?)*):(.*)', re.ASCII | re.DOTALL
)
_PARAMETER = re.compile(r';([^=:;"]*)(?:=((?:"[^"]*"|[^;:"])*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# What escapes stand for: those of § 3.3.11, and those that programs write as C does.
_BLANKS = {"n": "\n", "N": "\n", "t": " ", "r": ""}
_QUOTED = "QUOTED-PRINTABLE"


class Property(Struct, frozen=True):
    """One property: its parameters by capital names, its value as it is written."""

    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return _ESCAPED.sub(lambda match: _BLANKS.get(match[1], match[1]), self.value)

    @property
    def texts(self) -> list[str]:
        return [Property({}, part).text for part in re.split(r"(?<!\\),", self.value)]


class Component(Struct):
    """A component: properties by capital names, those inside it, its first line from 1."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)
    broken: bool = False

    def first(self, name: str) -> Property | None:
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        prop = self.first(name)
        return prop.text.strip() if prop else ""


def components(text: str) -> Iterator[Component]:
    """The components right inside a calendar, or alone, in order, with what it says of all."""
    stack: list[Component] = []
    common: dict[str, list[Property]] = {}
    for number, line in _unfolded(text):
        name, parameters, value = _cut(line)
        kind = value.strip().upper()
        if name == "BEGIN":
            if stack and kind == "VEVENT":
                yield _broken(stack)
            if kind == "VCALENDAR":
                common = {}
            elif len(stack) < _DEPTH:
                stack.append(Component(kind, number))
        elif name == "END":
            if kind == "VCALENDAR" and stack:
                yield _broken(stack)
            elif any(component.name == kind for component in stack):
                while (done := stack.pop()).name != kind:  # an inner one has no end
                    stack[-1].parts.append(done)
                if stack:
                    stack[-1].parts.append(done)
                else:
                    done.properties = {**common, **done.properties}
                    yield done
        elif stack and name:
            stack[-1].properties.setdefault(name, []).append(Property(parameters, value))
        elif name in _OF_ALL:
            common.setdefault(name, []).append(Property(parameters, value))
    if stack:
        yield _broken(stack)


def _broken(stack: list[Component]) -> Component:
    outermost = stack[0]
    outermost.broken = True
    stack.clear()
    return outermost


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    # Whole lines, each with its number; what is no « NAME: » goes on with the line before.
    pieces: list[str] = []
    first = 0
    length = 0
    for number, raw in enumerate(io.StringIO(text), 1):
        line = raw.rstrip("\n")
        soft = bool(pieces) and pieces[-1].endswith("=")
        soft = soft and _QUOTED in pieces[0].partition(":")[0].upper()
        folded = line[:1] in (" ", "\t")
        if pieces and (folded or soft or not _START.match(line)):
            if line.strip() and length < LONG:
                if soft:
                    pieces[-1] = pieces[-1][:-1]
                pieces.append(line[1:] if folded else line if soft else f"\\n{line}")
                length += len(line)
            continue
        if pieces:
            yield first, "".join(pieces)
        pieces = [line] if _START.match(line) else []
        first = number
        length = len(line)
    if pieces:
        yield first, "".join(pieces)


def _cut(line: str) -> tuple[str, dict[str, str], str]:
    match = _LINE.match(line)
    if not match:
        name, _, value = line.partition(":")
        return name.partition(";")[0].upper(), {}, value
    pairs = _PARAMETER.findall(match[2])
    parameters = {name.upper(): value.strip('"') for name, value in pairs}
    value = match[3]
    if _QUOTED in parameters or parameters.get("ENCODING", "").upper().startswith("Q"):
        value = _plain(value, parameters.get("CHARSET", "UTF-8"))
    return match[1].upper(), parameters, value


def _plain(value: str, charset: str) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    text = data.decode("utf-8" if charset.upper() in ("UTF-8", "UTF8") else "cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


# Times: UTC, zones by their names or by their rules, days, lengths.

_STAMP = re.compile(
    r"(?:.*:)?(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(Z)?)?", re.ASCII | re.DOTALL
)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?",
    re.ASCII | re.IGNORECASE,
)


class Clock(Struct, frozen=True):
    """A time as a calendar writes it: what clocks show, of which zone (``None``: ours)."""

    at: datetime
    zone: tzinfo | None = None
    # It is a day.
    whole: bool = False

    @property
    def moment(self) -> str:
        if self.whole:
            return moment(self.at.year, self.at.month, self.at.day) or ""
        return from_zone(self.at, self.zone)

    def after(self, length: timedelta) -> str:
        """So much later on the clock of the portal, clocks changing meanwhile."""
        return from_zone(self.at, self.zone, length)

    def on(self, day: date) -> Clock:
        return Clock(datetime.combine(day, self.at.time()), self.zone, self.whole)


class Zones(Struct):
    """The zones of a calendar; ``unknown`` are names that nobody explains: hours as written;
    ``skipped``, hours that clocks never showed."""

    rules: dict[str, Component] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    _known: dict[str, tzinfo | None] = field(default_factory=dict)

    def of(self, name: str) -> tzinfo | None:
        if name not in self._known:
            self._known[name] = self._found(name)
        if self._known[name] is None and name:
            self.unknown.add(name)
        return self._known[name]

    def _found(self, name: str) -> tzinfo | None:
        # By a name of IANA, else by the rules of this calendar, else by any other name.
        ruled = Ruled.of(self.rules[name]) if name in self.rules else None
        return iana_zone(name) or ruled or zone_named(name)

    def clock(self, prop: Property | None, value: str = "") -> Clock | None:
        if prop is None:
            return None
        match = _STAMP.fullmatch((value or prop.value).strip()[:200])
        if not match:
            return None
        year, month, day, hour, minute = (int(group) for group in match.groups("0")[:5])
        try:
            at = datetime(year, month, day, hour, minute)  # noqa: DTZ001
        except ValueError:
            return None
        if match[4] is None:
            return Clock(at, whole=True)
        zone = UTC if match[7] else self.of(prop.parameters.get("TZID", ""))
        return self.noted(Clock(at, zone))

    def noted(self, clock: Clock) -> Clock:
        ruled = isinstance(clock.zone, Ruled)
        if not (clock.whole or ruled or exists(clock.at.date(), clock.at.time(), clock.zone)):
            self.skipped.add(f"{clock.at:%Y-%m-%d %H:%M}")
        return clock

    def clocks(
        self, properties: Iterable[Property]
    ) -> Iterator[tuple[Property, str, Clock | None]]:
        """Each time of lists of times, as it is written too."""
        for prop in properties:
            for value in prop.value.split(","):
                yield prop, value, self.clock(prop, value.partition("/")[0])


def length_of(text: str) -> timedelta | None:
    """A length of time (RFC 5545, § 3.3.6).

    >>> length_of("PT1H30M"), length_of("P1W"), length_of("une heure")
    (datetime.timedelta(seconds=5400), datetime.timedelta(days=7), None)
    """
    match = _LENGTH.fullmatch(text.strip())
    if not match or match[1] == "-" or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(group) for group in match.groups("0")[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


# A zone told by its rules (§ 3.6.5).


class _Change(Struct, frozen=True):
    """When clocks change: from when on, how, by which rule."""

    first: datetime
    before: timedelta
    after: timedelta
    rule: Rule | None
    days: tuple[date, ...]

    def onsets(self, year: int) -> Iterator[datetime]:
        days: Iterable[date] = (*self.days, self.first.date())
        if self.rule:
            start = max(self.first.date(), date(year, 1, 1))
            days = days_of(self.rule, start, date(year, 12, 31))
        until = self.rule.until if self.rule else None
        for day in days:
            onset = datetime.combine(day, self.first.time())
            if day.year == year and (until is None or onset <= until):
                yield onset


class Ruled(tzinfo):
    """A zone by the rules of a calendar."""

    def __init__(self, changes: tuple[_Change, ...]) -> None:
        self._changes = changes
        self._years: dict[int, list[tuple[datetime, timedelta]]] = {}

    @classmethod
    def of(cls, zone: Component) -> tzinfo | None:
        """The zone of a VTIMEZONE; ``None`` when one of its rules is not understood."""
        changes = tuple(map(_change, zone.parts))
        return cls(tuple(filter(None, changes))) if changes and None not in changes else None

    def utcoffset(self, clock: datetime | None) -> timedelta:
        """How far clocks are ahead when they show ``clock``."""
        if clock is None:
            return timedelta()
        at = clock.replace(tzinfo=None)
        past = [after for onset, after in self._around(at.year) if onset <= at]
        return past[-1] if past else min(self._changes, key=lambda change: change.first).before

    def dst(self, clock: datetime | None) -> timedelta:
        del clock
        return timedelta()

    def tzname(self, clock: datetime | None) -> str:
        del clock
        return ""

    def _around(self, year: int) -> list[tuple[datetime, timedelta]]:
        if year not in self._years:
            earlier = (change for change in self._changes if not change.rule)
            onsets = {(change.first, change.after) for change in earlier}
            for near in (max(1, year - 1), year):
                onsets |= {
                    (at, change.after) for change in self._changes for at in change.onsets(near)
                }
            self._years[year] = sorted(onsets)
        return self._years[year]


def _change(part: Component) -> _Change | None:
    first = Zones().clock(part.first("DTSTART"))
    before = _shift(part.text("TZOFFSETFROM"))
    after = _shift(part.text("TZOFFSETTO"))
    if first is None or before is None or after is None:
        return None
    text = part.text("RRULE")
    rule = None
    if text:
        ends = "UNTIL=" in text.upper() or "COUNT=" in text.upper()
        try:
            rule = parse_rule(text if ends else f"{text};COUNT=1").anchored(first.at.date())
        except RuleError:
            return None
    dates = Zones().clocks(part.properties.get("RDATE", ()))
    days = tuple(clock.at.date() for _, _, clock in dates if clock)
    return _Change(first.at, before, after, rule, days)


def _shift(text: str) -> timedelta | None:
    zone = zone_named(text[:5])
    return zone.utcoffset(None) if zone else None
