"""Time zones by the names that calendars and feeds give them (``fuseaux.yml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from portail.resources import table
from portail.text.normalise import fold

_IANA = re.compile(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+$", re.ASCII)
_OFFSET = re.compile(r"(?:UTC|GMT)?[ ]?([+-])(\d{1,2})(?::?([0-5]\d))?", re.ASCII | re.IGNORECASE)
_EXCHANGE = "tzone://microsoft/"


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
