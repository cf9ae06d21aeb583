"""What people type for a date or an hour, read only to propose the right writing.

The model accepts ISO dates alone; these functions feed the remedy of a diagnostic.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from portail.text.calendar_names import MOIS
from portail.text.normalise import fold

__all__ = ["propose_heure", "propose_iso", "typed_day"]

_LONGEST = 60
_MONTHS = {fold(name): number for number, name in enumerate(MOIS, 1)}
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*[.,]?\s+)?(?:le\s+)?"
_DAY_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.ASCII)
    for form in (
        r"(?P<y>\d{4})\s*[-/. ]\s*(?P<m>\d{1,2})\s*[-/. ]\s*(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
        r"(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<y>\d{4}|\d{2})(?!\d)",
        r"(?P<d>\d{1,2})(?:er|ere|e)?[\s-]+(?P<name>[a-z]{3,9})\.?[\s-]+(?P<y>\d{4})(?!\d)",
    )
)
_HOUR = re.compile(
    r"(?P<h>\d{1,2})\s*(?:heures?|h|:)\s*(?P<min>\d{2})?(?:\s*(?:min|mn|m))?(?::?\d{2}(?:\.\d+)?)?"
    r"(?:z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_NAMED_HOURS = {"midi": (12, 0), "minuit": (0, 0)}
_BETWEEN = re.compile(r"[\s,;t]*(?:a|@|vers|de|des)?\s*", re.ASCII)


def propose_iso(text: str) -> str | None:
    """The date, with its hour if there is one, that ``text`` seems to mean; ``None`` if unsure.

    A day comes before its month, as in French; two digits of a year mean 20xx; 24 h is the next
    day at 0 h. Nothing is proposed for a day that does not exist.

    >>> propose_iso("9/10/2021 14h"), propose_iso("samedi 9 octobre 2021"), propose_iso("2021-10-9")
    ('2021-10-09 14:00', '2021-10-09', '2021-10-09')
    >>> propose_iso("30/02/2021") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    folded, found = _matched(text)
    day = _day(found) if found else None
    if found is None or day is None:
        return None
    rest = folded[found.end() :]
    if not rest.strip(" .,;"):
        return day.isoformat()
    between = _BETWEEN.match(rest)
    hour = _hour(rest[between.end() :] if between else rest)
    if hour is None:
        return None
    return _joined(day, *hour)


def propose_heure(text: str) -> str | None:
    """The hour of the day that ``text`` seems to mean, as ``HH:MM``; ``None`` if unsure.

    >>> propose_heure("14h30"), propose_heure("9 h"), propose_heure("midi"), propose_heure("25h")
    ('14:30', '09:00', '12:00', None)
    """
    if len(text) > _LONGEST:
        return None
    hour = _hour(fold(text))
    return None if hour is None or hour[0] == 24 else f"{hour[0]:02d}:{hour[1]:02d}"


def typed_day(text: str) -> tuple[int, int, int] | None:
    """Year, month and day that ``text`` writes, which may be those of no day.

    >>> typed_day("31/09/2021"), typed_day("31 septembre 2021 à 14 h"), typed_day("demain")
    ((2021, 9, 31), (2021, 9, 31), None)
    """
    found = _matched(text)[1] if len(text) <= _LONGEST else None
    year, month, day = _parts(found) if found else (0, 0, 0)
    named = found is not None and found.groupdict().get("name")
    return (year, month, day) if year and (month or not named) else None


def _matched(text: str) -> tuple[str, re.Match[str] | None]:
    folded = fold(text)
    return folded, next(filter(None, (form.match(folded) for form in _DAY_FORMS)), None)


def _parts(found: re.Match[str]) -> tuple[int, int, int]:
    parts = found.groupdict()
    month = _month(parts["name"]) if parts.get("name") else int(parts["m"])
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    return year, month, int(parts["d"])


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*_parts(found))
    except ValueError:
        return None


def _month(name: str) -> int:
    """Number of a French or English month, whole or cut after three letters or more; 0: none."""
    if name in ("jui", "jun"):
        return 6 if name == "jun" else 0
    for names in (tuple(_MONTHS), tuple(_ENGLISH)):
        for number, full in enumerate(names, 1):
            if full.startswith(name):
                return number
    return 0


def _hour(text: str) -> tuple[int, int] | None:
    named = _NAMED_HOURS.get(text.strip(" .,"))
    if named:
        return named
    found = _HOUR.fullmatch(text.strip(" .,"))
    if found is None:
        return None
    hour, minute = int(found["h"]), int(found["min"] or 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return hour, minute


def _joined(day: date, hour: int, minute: int) -> str | None:
    if hour == 24:
        if day == date.max:
            return None
        day, hour = day + timedelta(days=1), 0
    return f"{day.isoformat()} {hour:02d}:{minute:02d}"
