"""Texts of an event in a calendar, and the lines of a calendar file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from portail.clock import portal_zone
from portail.facts.channels import CALENDAR, added
from portail.facts.place import online, venue
from portail.model.event import Event
from portail.outputs.identifiers import identifier
from portail.site.item import Item
from portail.site.redirections import first_address
from portail.site.revisions import began, revised
from portail.site.site import Site
from portail.text.typography import capital, plain, typeset

# No content is older.
EPOCH = date(1990, 1, 1)


class EventWording(Struct, frozen=True):
    """What one event tells: identifier, title, page, place and point, lines of description,
    labels.
    """

    uid: str
    titre: str
    url: str
    lieu: str
    geo: tuple[float, float] | None
    en_ligne: str
    lignes: tuple[str, ...]
    mots: tuple[str, ...]
    publie: datetime
    modifie: datetime


def event_wording(item: Item, site: Site) -> EventWording:
    """What an event tells; nothing of it depends on the day of the build."""
    entry = item.of(Event)
    config = site.config
    url = ""
    if config.siteurl:
        url = config.absolute(item.url)
    facts = [*(make(item, site) for make in CALENDAR), *added(site, "agenda", item)]
    published = entry.publie_le or entry.jour or EPOCH
    where = venue(item, site)
    link = online(item, site)
    exact = where.value.point
    themes = (site.vocabularies.label("themes", code) for code in entry.themes)
    formats = (site.vocabularies.label("formats", code) for code in entry.format)
    return EventWording(
        uid=identifier(config, first_address(entry, item.url)),
        titre=_shown(entry.titre),
        url=url,
        lieu=("" if item.partout else where.line)
        or ("En ligne" if link.values and not link.value else ""),
        geo=(exact.lat, exact.lon) if exact else None,
        en_ligne=link.value,
        lignes=(
            # With the summary, which every calendar has: it is no place to look for on a map.
            "\n".join(filter(None, (_shown(entry.resume or ""), where.line * item.partout))),
            *(_shown(fact.line) for fact in facts if fact.line),
        ),
        mots=tuple(map(capital, (*themes, *formats))),
        publie=began(published),
        modifie=revised(entry, published, site.revisions),
    )


def _shown(text: str) -> str:
    return typeset(plain(text))


# Lines of calendars (RFC 5545 § 3.1), to the byte those that icalendar would write, which tests
# hold: a site writes thousands of events, of which a general writer takes ten times as long.

# Bytes of a line before a fold; the blank that begins the next one is the 75th.
_MOST = 74


def line(name: str, value: object) -> str:
    r"""A property as it is written, folded; ``value`` is escaped already.

    >>> line("SUMMARY", "Bonjour")
    'SUMMARY:Bonjour\r\n'
    """
    text = f"{name}:{value}"
    data = text.encode()
    if len(data) <= _MOST:
        return f"{text}\r\n"
    parts = []
    start = 0
    while len(data) - start > _MOST:
        end = start + _MOST
        while data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        if data[end - 1] in b"\\^":  # some clients read no escape across a fold
            end -= 1
        parts.append(data[start:end])
        start = end
    return b"\r\n ".join([*parts, data[start:]]).decode() + "\r\n"


def escaped(text: str) -> str:
    r"""A text as a value (RFC 5545 § 3.3.11); ``\N`` stands for the end of a line already.

    >>> print(escaped("une, deux ; trois"))
    une\, deux \; trois
    """
    text = text.replace("\\N", "\n").replace("\\", "\\\\").replace(";", "\\;")
    text = text.replace(",", "\\,").replace("\r\n", "\\n")
    return text.replace("\n", "\\n").replace("\r", "\\n")


def instant(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def dated(name: str, days: Sequence[date]) -> str:
    r"""A property that holds days, or hours on the clock of the portal: all of one sort.

    >>> dated("DTSTART", [date(2021, 10, 9)])
    'DTSTART;VALUE=DATE:20211009\r\n'
    """
    if isinstance(days[0], datetime):
        return line(f"{name};TZID={portal_zone().key}", _joined(days, "%Y%m%dT%H%M%S"))
    return line(f"{name};VALUE=DATE", _joined(days, "%Y%m%d"))


def _joined(days: Iterable[date], form: str) -> str:
    return ",".join(format(day, form) for day in days)


# VTIMEZONE (RFC 5545, § 3.6.5): when the clocks of a zone change, found in the data of zones.

# The first year that is looked at, that of the present rules of Europe: calendars hold what is to
# come, and the month before.
_FIRST = 1996
# The last one: the explicit changes of the zone files end in 2037, the last whole year of 32-bit
# clocks.
_LAST = 2037
_STEP = timedelta(days=7)
_MINUTE = timedelta(minutes=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7


class _Sort(Struct, frozen=True):
    """What changes have in common that one rule may tell."""

    before: timedelta
    after: timedelta
    name: str
    summer: bool
    month: int
    weekday: int
    hour: str


class _Change(Struct, frozen=True):
    """The clocks change at ``at`` (UTC), when they show ``shown``."""

    at: datetime
    shown: datetime
    sort: _Sort

    @property
    def ranks(self) -> frozenset[int]:
        to_next_month = (self.shown.replace(day=28) + timedelta(days=4)).replace(day=1) - self.shown
        return frozenset(
            {(self.shown.day - 1) // _WEEK + 1, -((to_next_month.days - 1) // _WEEK + 1)}
        )


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
    start = datetime(_FIRST, 1, 1, tzinfo=UTC)
    end = datetime(_LAST + 1, 1, 1, tzinfo=UTC)
    looks = [start + _STEP * count for count in range((end - start) // _STEP + 1)]
    ahead = [look.astimezone(zone).utcoffset() for look in looks]
    changes = []
    for (early, late), (before, after) in zip(pairwise(looks), pairwise(ahead), strict=True):
        if before != after:
            changes.append(_change(zone, early, late))
    return changes


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> _Change:
    before = early.astimezone(zone).utcoffset() or timedelta()

    def changed(minutes: int) -> bool:
        return (early + minutes * _MINUTE).astimezone(zone).utcoffset() != before

    late = early + _MINUTE * bisect_left(range((late - early) // _MINUTE), True, key=changed)
    local = late.astimezone(zone)
    shown = (late + before).replace(tzinfo=None)
    ahead = local.utcoffset() or timedelta()
    name = local.tzname() or ""
    summer = bool(local.dst())
    when = (shown.month, shown.weekday(), f"{shown:%H%M%S}")
    return _Change(late, shown, _Sort(before, ahead, name, summer, *when))


def _runs(changes: list[_Change]) -> list[list[_Change]]:
    # Changes that one rule tells: a year after another, of one sort and one rank.
    runs: list[list[_Change]] = []
    open_: dict[_Sort, list[_Change]] = {}
    for change in changes:
        run = open_.get(change.sort)
        follows = run and change.at.year == run[-1].at.year + 1
        if run and follows and change.ranks.intersection(*(earlier.ranks for earlier in run)):
            run.append(change)
            continue
        open_[change.sort] = [change]
        runs.append(open_[change.sort])
    return runs


def _observance(run: list[_Change]) -> Iterator[str]:
    first = run[0]
    last = run[-1]
    sort = run[0].sort
    rule = ""
    if len(run) > 1:
        rank = min(first.ranks.intersection(*(change.ranks for change in run)))
        until = ""
        if last.at.year != _LAST:
            until = f"UNTIL={instant(last.at)};"
        day = f"{rank}{WEEKDAYS[sort.weekday]}"
        rule = line("RRULE", f"FREQ=YEARLY;{until}BYDAY={day};BYMONTH={sort.month}")
    yield from _zone_rule(f"{first.shown:%Y%m%dT%H%M%S}", rule, sort)


def _always(zone: ZoneInfo) -> Iterator[str]:
    local = datetime(_FIRST, 1, 1, tzinfo=UTC).astimezone(zone)
    ahead = local.utcoffset() or timedelta()
    sort = _Sort(
        ahead, ahead, local.tzname() or "", summer=bool(local.dst()), month=1, weekday=1, hour=""
    )
    yield from _zone_rule("19700101T000000", "", sort)


def _zone_rule(start: str, rule: str, sort: _Sort) -> Iterator[str]:
    name = "DAYLIGHT" if sort.summer else "STANDARD"
    yield line("BEGIN", name)
    yield line("DTSTART", start) + rule
    yield line("TZNAME", sort.name)
    yield line("TZOFFSETFROM", _offset(sort.before))
    yield line("TZOFFSETTO", _offset(sort.after))
    yield line("END", name)


def _offset(ahead: timedelta) -> str:
    minutes = abs(ahead) // timedelta(minutes=1)
    return f"{'-' if ahead < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"
