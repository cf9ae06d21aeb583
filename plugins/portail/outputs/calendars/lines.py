"""Lines of calendars (RFC 5545 § 3.1), to the byte those that icalendar would write, which tests
hold: a site writes thousands of events, of which a general writer takes ten times as long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from portail.agenda.occurrences import PARIS

__all__ = ["dated", "escaped", "instant", "line"]

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
    r"""A property that holds days, or hours on the clocks of Paris: all of one sort.

    >>> dated("DTSTART", [date(2021, 10, 9)])
    'DTSTART;VALUE=DATE:20211009\r\n'
    """
    if isinstance(days[0], datetime):
        return line(f"{name};TZID={PARIS.key}", _joined(days, "%Y%m%dT%H%M%S"))
    return line(f"{name};VALUE=DATE", _joined(days, "%Y%m%d"))


def _joined(days: Iterable[date], form: str) -> str:
    return ",".join(format(day, form) for day in days)
