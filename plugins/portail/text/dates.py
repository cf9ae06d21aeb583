"""Dates and hours in French words, without the locale of the process.

The no-break space (U+00A0) stands where French forbids a line break: between a day and its month,
before and after the « h » of an hour.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from portail.text.calendar_names import JOURS, JOURS_COURTS, MOIS, MOIS_COURTS
from portail.text.typed_dates import propose_heure, propose_iso, typed_day

__all__ = [
    "JOURS", "JOURS_COURTS", "MOIS", "MOIS_COURTS", "heure", "jour", "jour_court", "mois",
    "moment_phrase", "periode", "propose_heure", "propose_iso",
    "typed_day",
]  # fmt: skip

_NBSP = "\u00a0"
_WEEK = 7


def jour(day: date, *, semaine: bool = True, annee: bool = True) -> str:
    """A day in full letters; without its day of the week or its year if asked.

    >>> jour(date(2021, 10, 9))
    'samedi 9\\xa0octobre 2021'
    >>> jour(date(2021, 10, 1), semaine=False, annee=False)
    '1er\\xa0octobre'
    """
    text = f"{_number(day)}{_NBSP}{MOIS[day.month - 1]}"
    return _dressed(day, text, JOURS if semaine else None, annee)


def jour_court(day: date, *, semaine: bool = True, annee: bool = True) -> str:
    """A day in short: for lists and cards.

    >>> jour_court(date(2021, 10, 9)), jour_court(date(2021, 10, 9), semaine=False, annee=False)
    ('sam. 9\\xa0oct. 2021', '9\\xa0oct.')
    """
    text = f"{_number(day)}{_NBSP}{MOIS_COURTS[day.month - 1]}"
    return _dressed(day, text, JOURS_COURTS if semaine else None, annee)


def mois(day: date) -> str:
    """The month of a day.

    >>> mois(date(2021, 8, 9))
    'août 2021'
    """
    return f"{MOIS[day.month - 1]} {day.year}"


def heure(moment: time) -> str:
    """An hour as French prints it; seconds are left out.

    >>> heure(time(14)), heure(time(9, 5))
    ('14\\xa0h', '9\\xa0h\\xa005')
    """
    minutes = f"{_NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{_NBSP}h{minutes}"


def periode(debut: date, fin: date, *, semaine: bool = False, annee: bool = True) -> str:
    """Days from ``debut`` to ``fin``, both included, saying month and year once where it can.

    One single day gives « le 9 octobre 2021 ». ``semaine`` adds the days of the week; ``annee``
    left out is kept all the same when the years differ. Raises ``ValueError`` when ``fin`` is
    before ``debut``.

    >>> periode(date(2021, 10, 1), date(2021, 10, 11))
    'du 1er au 11\\xa0octobre 2021'
    >>> periode(date(2021, 9, 28), date(2021, 10, 3))
    'du 28\\xa0septembre au 3\\xa0octobre 2021'
    >>> periode(date(2021, 12, 28), date(2022, 1, 3))
    'du 28\\xa0décembre 2021 au 3\\xa0janvier 2022'
    """
    if fin < debut:
        raise ValueError(f"a period ends before it begins: {debut} .. {fin}")
    end = jour(fin, semaine=semaine, annee=annee or debut.year != fin.year)
    if debut == fin:
        return f"le {end}"
    if (debut.year, debut.month) == (fin.year, fin.month):
        start = _dressed(debut, _number(debut), JOURS if semaine else None, annee=False)
    else:
        start = jour(debut, semaine=semaine, annee=debut.year != fin.year)
    return f"du {start} au {end}"


def moment_phrase(debut: date, fin: date | None = None, *, annee: bool = True) -> str:
    """When something takes place, in words.

    ``debut`` and ``fin`` are wall-clock ``datetime`` values, or plain ``date`` values for whole
    days, ``fin`` included. Days of the week are said up to one week. Raises ``ValueError`` when
    one is a ``datetime`` and the other is not, or when ``fin`` is before ``debut``.

    >>> moment_phrase(datetime(2021, 10, 9, 14), datetime(2021, 10, 9, 16))
    'samedi 9\\xa0octobre 2021, de 14\\xa0h à 16\\xa0h'
    >>> moment_phrase(datetime(2021, 10, 9, 20, 30))
    'samedi 9\\xa0octobre 2021, à 20\\xa0h\\xa030'
    >>> moment_phrase(date(2021, 10, 9), date(2021, 10, 10))
    'du samedi 9 au dimanche 10\\xa0octobre 2021'
    """
    if not isinstance(debut, datetime):
        return _days_phrase(debut, fin, annee)
    if fin is not None and not isinstance(fin, datetime):
        raise ValueError("a moment with an hour cannot end on a day without one")
    return _hours_phrase(debut, fin, annee)


def _days_phrase(debut: date, fin: date | None, annee: bool) -> str:
    if isinstance(fin, datetime):
        raise ValueError("a whole day cannot end at an hour")
    if fin is None or fin == debut:
        return jour(debut, annee=annee)
    return periode(debut, fin, semaine=(fin - debut).days < _WEEK, annee=annee)


def _hours_phrase(debut: datetime, fin: datetime | None, annee: bool) -> str:
    start = f"{jour(debut, annee=annee)}, "
    if fin is None or fin == debut:
        return f"{start}à {heure(debut.time())}"
    if fin < debut:
        raise ValueError(f"a moment ends before it begins: {debut} .. {fin}")
    if fin.date() == debut.date():
        return f"{start}de {heure(debut.time())} à {heure(fin.time())}"
    if fin - debut < timedelta(days=1):
        return f"{start}de {heure(debut.time())} à {heure(fin.time())} le lendemain"
    first, last = jour(debut, annee=annee), jour(fin, annee=annee)
    return f"du {first} à {heure(debut.time())} au {last} à {heure(fin.time())}"


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _dressed(day: date, text: str, names: tuple[str, ...] | None, annee: bool) -> str:
    name = f"{names[day.weekday()]} " if names else ""
    return f"{name}{text} {day.year}" if annee else f"{name}{text}"
