"""Days that come back every year by a rule, as one writes it: « premier vendredi d’octobre »."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta

from .almanac import JOURS
from .dates import month_number
from .normalise import fold

_RANKS = {
    "premier": 0,
    "premiere": 0,
    "deuxieme": 1,
    "troisieme": 2,
    "quatrieme": 3,
    "dernier": -1,
    "derniere": -1,
}
_WEEK_END = "week-end"
_BETWEEN = {"et", "de", "d"}


def yearly_days(rule: str, year: int) -> tuple[tuple[date, date], ...]:
    """First and last days of what a rule says, in a year. Raises ``ValueError`` for one that is not
    understood.

    >>> yearly_days("premier vendredi d’octobre, 11 jours", 2022)
    ((datetime.date(2022, 10, 7), datetime.date(2022, 10, 17)),)
    >>> [du.isoformat() for du, _ in yearly_days("dernier week-end de janvier et de mai", 2023)]
    ['2023-01-28', '2023-05-27']
    >>> yearly_days("du 28 décembre au 4 janvier", 2022)
    ((datetime.date(2022, 12, 28), datetime.date(2023, 1, 4)),)
    """
    words = fold(rule).replace("'", " ").replace(",", " ").split()
    count = 2 if _WEEK_END in words else 1
    if words[-1:] == ["jours"]:
        *words, number, _ = words
        count = int(number)
    match words:
        case ["du", first, "au", last, end]:
            return (_span(_day(year, first, end), _day(year, last, end)),)
        case ["du", first, begin, "au", last, end]:
            return (_span(_day(year, first, begin), _day(year, last, end)),)
        case [rank, name, "de" | "d", *months] if rank in _RANKS:
            firsts = [_nth(year, month, rank, name) for month in months if month not in _BETWEEN]
        case [day, month]:
            firsts = [_day(year, day, month)]
        case _:
            raise ValueError(rule)
    return tuple((first, first + timedelta(days=count - 1)) for first in firsts)


def _span(first: date, last: date) -> tuple[date, date]:
    return first, last if last >= first else last.replace(year=last.year + 1)


def _day(year: int, day: str, month: str) -> date:
    return date(year, month_number(month), int(day.removesuffix("er")))


def _nth(year: int, month: str, rank: str, name: str) -> date:
    weekday = 5 if name == _WEEK_END else JOURS.index(name)
    number = month_number(month)
    days = Calendar().itermonthdays2(year, number)
    days_found = [day for day, name_of_day in days if day and name_of_day == weekday]
    return date(year, number, days_found[_RANKS[rank]])
