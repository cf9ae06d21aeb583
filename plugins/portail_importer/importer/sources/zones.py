"""Time zones by the names that calendars and feeds give them (``fuseaux.yml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from portail.clock import PARIS
from portail.resources import table
from portail.text.normalise import fold

_IANA = re.compile(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+$", re.ASCII)
_OFFSET = re.compile(r"(?:UTC|GMT)?[ ]?([+-])(\d{1,2})(?::?([0-5]\d))?", re.ASCII | re.IGNORECASE)
_DISPLAYED = re.compile(r"\((?:UTC|GMT)[^()]{0,8}\)\s*(.+)", re.ASCII | re.IGNORECASE)
"""« (UTC+01:00) Brussels, Copenhagen, Madrid, Paris », as Outlook lists zones."""
_SUMMER = re.compile(r"\b(?:daylight|summer) time\b")
_EXCHANGE = "tzone://microsoft/"
_SEASONS = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class _Table:
    """IANA's name by that of Windows; offset (« +0100 ») by the letters of RFC 822."""

    windows: Mapping[str, str]
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
    displayed = _DISPLAYED.fullmatch(name)
    shown = displayed[1] if displayed else name
    if zone_name := _names().get(_SUMMER.sub("standard time", fold(shown))):
        return ZoneInfo(zone_name)
    return _of_cities(shown)


def abbreviated(letters: str) -> tzinfo | None:
    """The offset that the letters of a date of RFC 822 stand for, « CEST »; ``None`` for none."""
    offset = _table().sigles.get(letters.upper())
    match = _OFFSET.fullmatch(offset) if offset else None
    return _shifted(match) if match else None


@cache
def _names() -> Mapping[str, str]:
    return {fold(name): zone for name, zone in {**_table().windows, **_table().noms}.items()}


@lru_cache(maxsize=256)
def iana_zone(name: str) -> ZoneInfo | None:
    """The zone that ``name`` ends with, « /citadel.org/2007/Europe/London »; ``None`` for none."""
    match = _IANA.search(name.strip())
    parts = match[0].split("/") if match else []
    for start in range(len(parts) - 1):
        with suppress(ValueError, OSError, KeyError):
            return ZoneInfo("/".join(parts[start:]))
    return None


def _shifted(match: re.Match[str]) -> tzinfo | None:
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    with suppress(ValueError):  # more than a day
        return timezone(-ahead if match[1] == "-" else ahead)
    return None


def _of_cities(text: str) -> tzinfo | None:
    """The zone of the cities that Outlook lists, if the clocks of those that are known agree."""
    zones = [*filter(None, map(_of_city, text.split(",")))]
    clocks = {tuple(zone.utcoffset(at.astimezone(zone)) for at in _SEASONS) for zone in zones}
    if len(clocks) != 1:
        return None
    return PARIS if PARIS in zones else zones[0]


def _of_city(name: str) -> ZoneInfo | None:
    zone_name = _cities().get(fold(name.strip()).replace(" ", "_"))
    return ZoneInfo(zone_name) if zone_name else None


@cache
def _cities() -> Mapping[str, str]:
    return dict(_listed())


def _listed() -> Iterator[tuple[str, str]]:
    for name in sorted(available_timezones()):
        area, _, city = name.rpartition("/")
        if area and area != "Etc":
            yield fold(city), name
    yield from ((fold(name), zone) for name, zone in _table().noms.items())
