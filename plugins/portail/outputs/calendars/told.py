"""Texts of an event in a calendar, and the lines of a calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portail.clock import portal_zone
from portail.facts.channels import CALENDAR, added
from portail.facts.price import online, venue
from portail.model.event import Event
from portail.outputs.headers import identifier
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import capital, plain, typographie

_EPOCH = date(1990, 1, 1)
"""No content is older."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one event tells: its identifier, its title, its page (``""`` without SITEURL), its
    place and the exact coordinates of it, the lines of its description (the first is its summary,
    maybe empty), its labels.

    ``modifie`` is the day of its last change.
    """

    uid: str
    titre: str
    url: str
    lieu: str
    geo: tuple[float, float] | None
    en_ligne: str
    lignes: tuple[str, ...]
    mots: tuple[str, ...]
    publie: date
    modifie: date


def told_of(item: Item, site: Site) -> Told:
    """What an event tells; nothing of it depends on the day of the build."""
    entry, config = item.of(Event), site.config
    url = config.absolute(item.url) if config.siteurl else ""
    facts = [*(make(item, site) for make in CALENDAR), *added(site, "agenda", item)]
    published = entry.publie_le or entry.jour or _EPOCH
    where, link = venue(item, site), online(item, site)
    exact = where.value.point
    return Told(
        uid=identifier(config, item.url),
        titre=_shown(entry.titre),
        url=url,
        lieu=where.line or ("En ligne" if link.values and not link.value else ""),
        geo=(exact.lat, exact.lon) if exact else None,
        en_ligne=link.value,
        lignes=(_shown(entry.resume or ""), *(_shown(one.line) for one in facts if one.line)),
        mots=tuple(
            capital(site.vocabularies.label(name, code))
            for name, codes in (("themes", entry.themes), ("formats", entry.format))
            for code in codes
        ),
        publie=published,
        modifie=entry.modifie or published,
    )


def _shown(text: str) -> str:
    """A text as pages show it, without its italics."""
    return typographie(plain(text))


# Lines of calendars (RFC 5545 § 3.1), to the byte those that icalendar would write, which tests
# hold: a site writes thousands of events, of which a general writer takes ten times as long.

_MOST = 74
"""Bytes of a line before a fold; the blank that begins the next one is the 75th."""


def line(name: str, value: object) -> str:
    r"""A property as it is written, folded; ``value`` is escaped already.

    >>> line("SUMMARY", "Bonjour")
    'SUMMARY:Bonjour\r\n'
    """
    text = f"{name}:{value}"
    data = text.encode()
    if len(data) <= _MOST:
        return f"{text}\r\n"
    parts, start = [], 0
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
    """A moment in UTC."""
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
