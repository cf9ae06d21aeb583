"""Numbers and dates that programs of other people write: read between ends, or not at all."""

from __future__ import annotations

from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 80


def number_of(text: str, most: int) -> int | None:
    """The whole number that figures write, ``most`` for one beyond it; ``None`` for anything else.

    >>> number_of(" 12 ", 99), number_of("9" * 5000, 99), number_of("²", 99), number_of("-1", 99)
    (12, 99, None, None)
    """
    figures = text.strip()
    if not (figures.isascii() and figures.isdecimal()):
        return None
    figures = figures.lstrip("0") or "0"
    if len(figures) > len(str(most)):
        return most
    return min(int(figures), most)


def instant_of(text: str) -> datetime | None:
    """The instant that a text of ISO 8601, HTTP or mail tells, with its zone if it says one;
    ``None`` for none, and for one so far that it has no place in some zone.

    >>> instant_of("Sat, 09 Oct 2021 12:00:00 +0200").isoformat(), instant_of("31 février")
    ('2021-10-09T12:00:00+02:00', None)
    >>> instant_of("Mon, 01 Jan 99999999999 00:00:00 GMT"), instant_of("9999-12-31T23:59:00-14:00")
    (None, None)
    """
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            at: datetime = read(text[:_LONGEST].strip())
            if MINYEAR < at.year < MAXYEAR:
                return at
            return None
    return None
