"""Dates as people type them, read only when they can mean one thing."""

from __future__ import annotations

import re
from datetime import date

from portail.text.calendar_names import JOURS
from portail.text.dates import propose_iso
from portail.text.normalise import fold

__all__ = ["iso_moment", "iso_period"]

_SHORT_YEAR = re.compile(r"\D*\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{2}(?!\d)")
_WEEKDAY = re.compile(r"[a-z]{3,8}")
_TO = re.compile(r"\s*(?:\.{2,}|…|\bau\b|\bà\b|\s[-–—]\s|→)\s*", re.IGNORECASE)
_FROM = re.compile(r"(?:du|le)\s+", re.IGNORECASE)


def iso_moment(text: str) -> str | None:
    """The day, with its hour if there is one, that ``text`` means; ``None`` when two are possible.

    A year of two digits could be a day, and a day of the week that is not that of the date says
    that one of them is wrong.

    >>> iso_moment("9/10/2021 14h"), iso_moment("samedi 9 octobre 2021 à 14 h 30")
    ('2021-10-09 14:00', '2021-10-09 14:30')
    >>> iso_moment("9/10/21"), iso_moment("lundi 9 octobre 2021")
    (None, None)
    """
    if _SHORT_YEAR.match(text):
        return None
    found = propose_iso(text)
    if found is None:
        return None
    named = _WEEKDAY.match(fold(text))
    days = [fold(day) for day in JOURS]
    if named and any(day.startswith(named[0]) for day in days):
        weekday = days[date.fromisoformat(found[:10]).weekday()]
        midnight = len(found) > 10 and found.endswith("00:00")  # « 24 h » is the day after
        return found if weekday.startswith(named[0]) and not midnight else None
    return found


def iso_period(text: str) -> str | None:
    """Two days as the model writes a period, the first before the last; ``None`` when unsure.

    >>> iso_period("du 1/11/2021 au 7/11/2021"), iso_period("2021-11-07 - 2021-11-01")
    ('2021-11-01..2021-11-07', None)
    """
    days = [iso_moment(part) for part in _TO.split(_FROM.sub("", text.strip(), count=1))]
    if len(days) != 2 or not all(day and len(day) == 10 for day in days):
        return None
    first, last = str(days[0]), str(days[1])
    return f"{first}..{last}" if first <= last else None
