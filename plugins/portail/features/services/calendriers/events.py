"""Texts of an event in a calendar, and the lines of a calendar file."""

from __future__ import annotations

from calendar import monthcalendar
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

# The year whose changes are read: the zone files tell them one by one until 2037, the last whole
# year of 32-bit clocks.
_READ = 2036
# From when they are told to hold, that of the present rules of Europe: calendars hold what is to
# come, and the month before.
_SINCE = 1996
# Clocks change on a half hour.
_STEP = timedelta(minutes=30)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@lru_cache(maxsize=8)
def timezone_text(zone: ZoneInfo) -> str:
    """The component of ``zone``: the rules by which its clocks change, which never end."""
    start = datetime(_READ, 1, 1, tzinfo=UTC)
    parts = []
    # Few days have a change: it is looked for inside them alone.
    for day, _ in _changes([start + timedelta(days=count) for count in range(367)], zone):
        parts += [_change(before, after) for before, after in _changes(_half_hours(day), zone)]
    first = start.astimezone(zone)
    always = _observance(first, first, "19700101T000000")
    body = "".join(parts) or always
    return f"{line('BEGIN', 'VTIMEZONE')}{line('TZID', zone.key)}{body}{line('END', 'VTIMEZONE')}"


def _half_hours(day: datetime) -> list[datetime]:
    start = day.astimezone(UTC)
    return [start + _STEP * count for count in range(49)]


def _changes(moments: Iterable[datetime], zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    # Moments between which the clocks of a zone change, as these show them.
    for before, after in pairwise(moment.astimezone(zone) for moment in moments):
        if before.utcoffset() != after.utcoffset():
            yield before, after


def _change(before: datetime, after: datetime) -> str:
    # Both sides of a change: the same day of each year, by its rank in the month.
    shown = before.replace(tzinfo=None) + _STEP
    *others, last = _days(_READ, shown)
    rank = -1 if shown.day == last else others.index(shown.day) + 1
    first = _days(_SINCE, shown)[rank - (rank > 0)]
    rule = f"FREQ=YEARLY;BYDAY={rank}{WEEKDAYS[shown.weekday()]};BYMONTH={shown.month}"
    start = f"{shown.replace(year=_SINCE, day=first):%Y%m%dT%H%M%S}"
    return _observance(before, after, start, line("RRULE", rule))


def _days(year: int, like: datetime) -> list[int]:
    # Days of a month that are of one day of the week.
    return [
        week[like.weekday()] for week in monthcalendar(year, like.month) if week[like.weekday()]
    ]


def _observance(before: datetime, after: datetime, start: str, rule: str = "") -> str:
    name = "DAYLIGHT" if after.dst() else "STANDARD"
    return "".join(
        (
            line("BEGIN", name),
            line("DTSTART", start),
            rule,
            line("TZNAME", after.tzname()),
            line("TZOFFSETFROM", f"{before:%z}"),
            line("TZOFFSETTO", f"{after:%z}"),
            line("END", name),
        )
    )
