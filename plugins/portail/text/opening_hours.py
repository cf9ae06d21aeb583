"""Opening hours of OpenStreetMap in French (https://wiki.openstreetmap.org/wiki/Key:opening_hours).

What sheets use is understood: months and days of the year, days of the week, public and school
holidays, hours, closed days, comments. The rest of the syntax is shown as it was written.
"""

from __future__ import annotations

import re
from datetime import time

from portail.text.calendar_names import JOURS, MOIS
from portail.text.dates import heure

__all__ = ["opening_hours"]

_NBSP = "\u00a0"
_DAYS = dict(zip(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), JOURS, strict=True))
_MONTHS = dict(
    zip(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        MOIS,
        strict=True,
    )
)
_HOLIDAYS = {"PH": "jours fériés", "SH": "vacances scolaires"}
_RANKS = {"1": "premier", "2": "deuxième", "3": "troisième", "4": "quatrième", "-1": "dernier"}

_DATE = rf"(?:{'|'.join(_MONTHS)})(?: (?:[12]?\d|3[01]))?"
_DAY = rf"(?:{'|'.join(_DAYS)}|PH|SH)"
_SPAN = rf"{_DAY}(?:-{_DAY}|\[(?:-?\d)\])?"
_HOUR = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_RULE = re.compile(
    rf"(?:(?P<dates>{_DATE}(?:-{_DATE}|-\d\d?)?(?:,{_DATE}(?:-{_DATE}|-\d\d?)?)*)(?:: ?| |$))?"
    rf"(?:(?P<days>{_SPAN}(?:,{_SPAN})*)(?:: ?| |$))?"
    rf"(?P<hours>off|closed|24/7|{_HOUR}(?:-{_HOUR}|\+)(?:,{_HOUR}(?:-{_HOUR}|\+))*)?"
    r'(?: ?"(?P<note>[^"]+)")?'
)


def opening_hours(text: str) -> tuple[str, ...]:
    """A line for each rule; ``text`` itself when one of them is not understood.

    >>> opening_hours("Tu-Fr 10:00-18:00; PH off")
    ('Du mardi au vendredi : de 10\\xa0h à 18\\xa0h', 'Jours fériés : fermé')
    >>> opening_hours("sunrise-sunset")
    ('sunrise-sunset',)
    """
    rules = [one.strip() for one in text.split(";") if one.strip()]
    found = [_RULE.fullmatch(re.sub(r",\s+", ",", rule)) for rule in rules]
    lines = tuple(_line(one) for one in found if one and (one["hours"] or one["note"]))
    return lines if lines and len(lines) == len(rules) else (text,)


def _line(rule: re.Match[str]) -> str:
    dates, days = rule["dates"] or "", rule["days"] or ""
    said = [_several(list(map(_date_span, dates.split(",")))) if dates else ""]
    said.append(_several(_week(days.split(","))) if days else "")
    when = ", ".join(filter(None, said))
    what = " ".join(filter(None, (_hours(rule["hours"] or ""), _bracketed(rule["note"]))))
    line = f"{when} : {what}" if when else what
    return line[:1].upper() + line[1:]


def _bracketed(note: str | None) -> str:
    return f"({note})" if note else ""


def _several(texts: list[str]) -> str:
    """« a, b et c »."""
    *first, last = texts
    return f"{', '.join(first)} et {last}" if first else last


def _date(text: str) -> str:
    month, _, day = text.partition(" ")
    number = "1er" if day in ("1", "01") else day.lstrip("0")
    return f"{number}{_NBSP}{_MONTHS[month]}" if day else _MONTHS[month]


def _date_span(text: str) -> str:
    """« 25 décembre », « d’avril à septembre », « du 24 décembre au 2 janvier »."""
    first, _, last = text.partition("-")
    if not last:
        return _date(first)
    if last.isdecimal():  # « Dec 24-26 »
        return f"du {first.partition(' ')[2]} au {_date(f'{first[:3]} {last}')}"
    if " " in first or " " in last:
        return f"du {_date(first)} au {_date(last)}"
    start = _date(first)
    return f"{'d’' if start[0] in 'ao' else 'de '}{start} à {_date(last)}"


def _week(spans: list[str]) -> list[str]:
    """Days of the week and holidays; all seven are « tous les jours »."""
    if spans == ["Mo-Su"]:
        return ["tous les jours"]
    return [_day_span(one) for one in spans]


def _day_span(text: str) -> str:
    rank = re.fullmatch(r"(\w\w)\[(-?\d)\]", text)
    if rank:
        named = _RANKS.get(rank[2], f"{rank[2]}e")
        return f"{named} {_DAYS.get(rank[1], '')} du mois"
    first, _, last = text.partition("-")
    if first in _HOLIDAYS:
        return _HOLIDAYS[first]
    if not last or last in _HOLIDAYS:
        return _DAYS[first]
    names = list(_DAYS)
    close = (names.index(last) - names.index(first)) % 7 == 1
    return f"{_DAYS[first]} et {_DAYS[last]}" if close else f"du {_DAYS[first]} au {_DAYS[last]}"


def _hours(text: str) -> str:
    if text in ("off", "closed"):
        return "fermé"
    if text == "24/7":
        return "ouvert en permanence"
    return _several([_hour_span(one) for one in text.split(",")]) if text else ""


def _hour_span(text: str) -> str:
    if text.endswith("+"):
        return f"à partir de {_hour(text[:-1])}"
    first, _, last = text.partition("-")
    return f"de {_hour(first)} à {_hour(last)}"


def _hour(text: str) -> str:
    hours, minutes = map(int, text.split(":"))
    return f"24{_NBSP}h" if hours == 24 else heure(time(hours, minutes))
