"""The eleven public holidays of France, computed (article L. 3133-1 of the Code du travail).

Those that only Alsace and Moselle have (Good Friday, 26 December) and the days when overseas
territories remember the abolition of slavery are not among them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

__all__ = ["easter", "public_holidays"]

_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension, Whit Monday: days after Easter."""


def easter(year: int) -> date:
    """Easter of a Gregorian year (algorithm of Meeus, Jones and Butcher).

    >>> easter(2021), easter(2038)
    (datetime.date(2021, 4, 4), datetime.date(2038, 4, 25))
    """
    century, rest = divmod(year, 100)
    leaps = century // 4
    moon = (19 * (year % 19) + century - leaps - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Those of a year.

    >>> date(2021, 5, 24) in public_holidays(2021), len(public_holidays(2022))
    (True, 11)
    """
    moving = (easter(year) + timedelta(days=days) for days in _AFTER_EASTER)
    return frozenset((*(date(year, *one) for one in _FIXED), *moving))
