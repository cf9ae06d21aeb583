"""Identifiers of events that hold their hour, or that number the dates of one event."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from itertools import product
from string import hexdigits

# An instant in seconds or thousandths since 1970, or a day with its hour.
_TIME = re.compile(
    r"(?<!\d)(?:1\d{9}(?:\d{3})?|(?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[T_-]?\d\d[:h]?\d\d(?:[:]?\d\d)?Z?)?)"
    r"(?!\d)",
    re.ASCII,
)


def is_derived(identifier: str) -> bool:
    """Whether an import made it of an item whose source gives none."""
    digits = identifier.removeprefix("d-")
    return len(digits) == 12 == len(identifier) - 2 and {*digits} <= {*hexdigits}


def is_weak(identifier: str) -> bool:
    """Whether it may be that of several items: made here, or the address of a page."""
    return is_derived(identifier) or "://" in identifier


def is_hourly(identifier: str, days: Collection[date]) -> bool:
    """Whether it holds one of these days: it changes with the date of what it names.

    >>> is_hourly("41-1796475600-1796482800@musee.example.org", [date(2026, 12, 5)])
    True
    >>> is_hourly("20260101T080000Z-41@musee.example.org", [date(2026, 12, 5)])
    False
    """
    told = filter(None, (_day_of(match[0]) for match in _TIME.finditer(identifier)))
    return any(abs((day - own).days) <= 1 for day, own in product(days, told))


def hourless(identifier: str) -> str:
    """What is left without days and hours; "" for one that holds none, or no number besides.

    >>> hourless("41-1796475600-1796482800@musee.example.org"), hourless("20261205@example.org")
    ('41@musee.example.org', '')
    """
    if "://" in identifier or not _TIME.search(identifier):
        return ""
    name, at, host = identifier.partition("@")
    name = re.sub(r"[-_.:]{2,}", "-", _TIME.sub("", name)).strip("-_.:")
    if any(map(str.isdecimal, name)):
        return f"{name}{at}{host}"
    return ""


def event_key(identifier: str, days: Collection[date]) -> str:
    """What the dates of one event share of their identifiers.

    >>> event_key("12345-2@openagenda.example", [])
    '12345@openagenda.example'
    """
    bare = ""
    if is_hourly(identifier, days):
        bare = hourless(identifier)
    name, at, host = (bare or identifier).partition("@")
    event, _, rank = name.rpartition("-")
    return f"{event if len(rank) < 4 and rank.isdecimal() else name}{at}{host}"


def _day_of(text: str) -> date | None:
    digits = "".join(filter(str.isdecimal, text))
    try:
        if len(digits) in (10, 13) and digits[0] == "1":
            return datetime.fromtimestamp(int(digits[:10]), UTC).date()
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except (ValueError, OverflowError):
        return None
