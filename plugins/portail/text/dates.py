"""Dates and hours in French words, with U+00A0 where no line may break, and read from what people
type."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from portail.late import expression

from . import almanac
from .normalise import fold
from .spaces import NBSP

JOURS = almanac.JOURS
JOURS_COURTS = almanac.JOURS_COURTS
MOIS = almanac.MOIS
MOIS_COURTS = almanac.MOIS_COURTS


# What people type for a date or an hour, read only to propose the right writing.
#
# The model accepts ISO dates alone; these functions feed the remedy of a diagnostic.

_LONGEST = 60
_MONTHS = {fold(name): number for number, name in enumerate(MOIS, 1)}
_ENGLISH = tuple(
    "january february march april may june july august september october november december".split()
)
_WEEKDAY = r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*[.,]?\s+)?(?:le\s+)?"
_DAY_FORMS = tuple(
    expression(_WEEKDAY + form, re.ASCII)
    for form in (
        r"(?P<y>\d{4})\s*[-/. ]\s*(?P<m>\d{1,2})\s*[-/. ]\s*(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
        r"(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<y>\d{4}|\d{2})(?!\d)",
        r"(?P<d>\d{1,2})(?:er|ere|e)?[\s-]+(?P<name>[a-z]{3,9})\.?[\s-]+(?P<y>\d{4})(?!\d)",
    )
)
_HOUR = expression(
    r"(?P<h>\d{1,2})\s*(?:heures?|h|:)\s*(?P<min>\d{2})?(?:\s*(?:min|mn|m))?(?::?\d{2}(?:\.\d+)?)?",
    re.ASCII,
)
_NAMED_HOURS = {"midi": (12, 0), "minuit": (0, 0)}
_SHORT_YEAR = expression(r"\D*\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{2}(?!\d)")
_UNTIL = ("jusqu'a ", "jusqu’a ", "a ")
_NIGHT = timedelta(hours=16)
_BETWEEN = expression(r"[\s,;t]*(?:a|@|vers|de|des)?\s*", re.ASCII)


def suggested_date(text: str) -> str | None:
    """The date, with its hour if there is one, that ``text`` seems to mean; ``None`` if unsure.

    A day comes before its month; two digits of a year mean 20xx; an hour of another zone is
    refused.

    >>> [suggested_date(text) for text in ("9/10/2021 14h", "samedi 9 octobre 2021", "2021-10-9")]
    ['2021-10-09 14:00', '2021-10-09', '2021-10-09']
    >>> suggested_date("30/02/2021") is None
    True
    """
    folded, match = _matched(text)
    day = _day(match)
    if match is None or day is None:
        return None
    following = folded[match.end() :]
    if not following.strip(" .,;"):
        return day.isoformat()
    between = _BETWEEN.match(following)
    hour = _hour(following[between.end() :] if between else following)
    if hour is None:
        return None
    return _joined(day, *hour)


def suggested_time(text: str) -> str | None:
    """The hour of the day that ``text`` seems to mean, as ``HH:MM``; ``None`` if unsure.

    >>> [suggested_time(text) for text in ("14h30", "9 h", "midi", "25h")]
    ['14:30', '09:00', '12:00', None]
    """
    if len(text) > _LONGEST:
        return None
    hour = _hour(fold(text))
    if hour is None or hour[0] == 24:
        return None
    return f"{hour[0]:02d}:{hour[1]:02d}"


def iso_moment(text: str) -> str | None:
    """The day, with its hour if there is one, that ``text`` means; ``None`` when two are possible:
    a year of two digits could be a day, a day of the week may not be that of the date.

    >>> iso_moment("9/10/2021 14h"), iso_moment("samedi 9 octobre 2021 à 14 h 30")
    ('2021-10-09 14:00', '2021-10-09 14:30')
    >>> iso_moment("9/10/21"), iso_moment("lundi 9 octobre 2021")
    (None, None)
    """
    if _SHORT_YEAR.match(text):
        return None
    moment = suggested_date(text)
    named = _weekday_in(text)
    if moment and named:
        weekday = fold(JOURS[date.fromisoformat(moment[:10]).weekday()])
        midnight = len(moment) > 10 and moment.endswith("00:00")  # « 24 h » is the day after
        if weekday.startswith(named) and not midnight:
            return moment
        return None
    return moment


_TO = expression(r"\s*(?:\.{2,}|…|\bau\b|\bà\b|\s[-–—]\s|→)\s*", re.IGNORECASE)


def iso_period(text: str) -> str:
    """Two days in order, as the model writes a period; empty when unsure.

    >>> iso_period("du 1/11/2021 au 7/11/2021"), iso_period("2021-11-07 - 2021-11-01")
    ('2021-11-01..2021-11-07', '')
    """
    days = [iso_moment(part) or "" for part in _TO.split(_without_article(text))]
    is_period = [len(day) for day in days] == [10, 10] and days == sorted(days)
    if is_period:
        return "..".join(days)
    return ""


def _without_article(text: str) -> str:
    first, _, following = text.strip().partition(" ")
    if first.lower() in ("du", "le"):
        return following
    return text


def iso_end(text: str, begun: str) -> str | None:
    """The day and hour of the hour ``text`` at which what begins at ``begun`` ends; ``None`` when
    unsure.

    >>> iso_end("22h", "samedi 8 octobre 2022 à 19h"), iso_end("2h", "2022-10-08 20:00")
    ('2022-10-08 22:00', '2022-10-09 02:00')
    >>> iso_end("11h", "2022-10-08 14:00"), iso_end("22h", "lundi 8 octobre 2022")
    (None, None)
    """
    start = iso_moment(begun)
    folded = fold(text)
    written = folded.removeprefix(next(filter(folded.startswith, _UNTIL), ""))
    hour = None
    if len(text) <= _LONGEST:
        hour = _hour(written.strip())
    if start is None or len(start) == 10 or hour is None:
        return None
    day = date.fromisoformat(start[:10])
    end = timedelta(hours=hour[0], minutes=hour[1])
    opening = timedelta(hours=int(start[11:13]), minutes=int(start[14:]))
    if end < opening:
        lasting = end + timedelta(days=1) - opening
        if day == date.max or lasting > _NIGHT:
            return None
        day += timedelta(days=1)
    return _joined(day, *hour)


def other_weekday(text: str) -> str:
    """The day of the week of the date that ``text`` writes, when it begins with another one.

    >>> other_weekday("dimanche 20 mars 2027"), other_weekday("sam. 20/03/2027 à 24 h")
    ('samedi', '')
    """
    day = _day(_matched(text)[1])
    named = _weekday_in(text)
    if day is None or not named:
        return ""
    weekday = JOURS[day.weekday()]
    if fold(weekday).startswith(named):
        return ""
    return weekday


def _weekday_in(text: str) -> str:
    """The day of the week that ``text`` begins with, as it is written, folded; "" for none."""
    first = fold(text).partition(" ")[0].rstrip(".,")
    known = len(first) > 2 and any(fold(name).startswith(first) for name in JOURS)
    if known:
        return first
    return ""


def typed_day(text: str) -> tuple[int, int, int] | None:
    """Year, month and day that ``text`` writes, which may be those of no day.

    >>> typed_day("31/09/2021"), typed_day("31 septembre 2021 à 14 h"), typed_day("demain")
    ((2021, 9, 31), (2021, 9, 31), None)
    """
    _, match = _matched(text)
    if match is None:
        return None
    year, month, day = _parts(match)
    if year and (month or not match.groupdict().get("name")):
        return (year, month, day)
    return None


_NAMED = expression(
    r"(?<!\d)(?<!dès le )(?<!depuis le )(?<!partir du )(\d{1,2})(?:er)?\s+"
    rf"({'|'.join(MOIS)})\b(?!(?:\s+\d{{4}})?\s+(?:au|et|ou)\s+\d)(?:\s+(\d{{4}})\b)?",
    re.IGNORECASE,
)
# What ends the title of a source, beside what it may say in parentheses.
_OF_SOURCE = expression(
    rf"[,(»–]\s*(?:le\s+)?(?:(\d{{1,2}})(?:er)?\s+)?(?:({'|'.join(MOIS)})\s+)?(\d{{4}})\)?(?:\s*\([^()]*\))?$",
    re.IGNORECASE,
)


def source_day(title: str) -> date:
    """The first day that a source may be of, by what its title ends with; ``date.min`` when it does
    not say.

    >>> source_day("Ville de Lens, « Saison 2028 », 3 avril 2027").isoformat()
    '2027-04-03'
    >>> source_day("Le Mag (mars 2027)").isoformat(), source_day("Plan 2028") == date.min
    ('2027-03-01', True)
    """
    match = _OF_SOURCE.search(title)
    if not match:
        return date.min
    day, month, year = match.groups()
    try:
        return date(int(year), _MONTHS.get(fold(month or ""), 1), int(day or 1))
    except ValueError:
        return date.min


# The last day of what a text calls so.
_SEASONS = {
    "ce printemps": (6, 20),
    "cet ete": (9, 22),
    "cet automne": (12, 20),
    "cet hiver": (3, 19),
    "a noel": (12, 25),
}


def days_named(text: str, near: date) -> list[date]:
    """The days that the sentences of ``text`` are about: of several in a row or of a span, the last
    one. A day without its year is the nearest to ``near``.

    >>> days_named("Du 27 décembre au 2 janvier, puis en 1957", date(2022, 11, 24))
    [datetime.date(2023, 1, 2)]
    >>> days_named("Depuis le 3 mai, et le 31 novembre", date(2022, 11, 24))
    []
    >>> days_named("Du 1er octobre 2022 au 8 janvier 2023", date(2022, 11, 24))
    [datetime.date(2023, 1, 8)]
    """
    days_found = []
    for number, name, written in _NAMED.findall(text):
        years = [int(written)] if written else [near.year + shift for shift in (-1, 0, 1)]
        month = _MONTHS[fold(name)]
        days = [
            date(year, month, int(number))
            for year in years
            if 0 < year < date.max.year and 0 < int(number) <= monthrange(year, month)[1]
        ]
        days_found += sorted(days, key=lambda day: abs(day - near))[:1]
    return days_found


def seasons_named(text: str, written: date) -> list[date]:
    """The last days of the seasons that a text of a day calls its own.

    >>> seasons_named("Cet hiver, dix idées d’ici à Noël", date(2022, 11, 24))
    [datetime.date(2023, 3, 19), datetime.date(2022, 12, 25)]
    """
    folded = fold(text)
    ends = (
        written.replace(month=m, day=d) for words, (m, d) in _SEASONS.items() if words in folded
    )
    return [end if end >= written else end.replace(year=written.year + 1) for end in ends]


def _matched(text: str) -> tuple[str, re.Match[str] | None]:
    if len(text) > _LONGEST:
        return text, None
    folded = fold(text)
    return folded, next(filter(None, (form.match(folded) for form in _DAY_FORMS)), None)


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    parts = match.groupdict()
    month = month_number(parts["name"]) if parts.get("name") else int(parts["m"])
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    return year, month, int(parts["d"])


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(*_parts(match))
    except ValueError:
        return None


def month_number(name: str) -> int:
    """Number of a French or English month, folded, whole or cut after three letters or more; 0:
    none.

    >>> month_number("octobre"), month_number("sept"), month_number("lundi")
    (10, 9, 0)
    """
    if name in ("jui", "jun"):
        if name == "jun":
            return 6
        return 0
    for names in (tuple(_MONTHS), _ENGLISH):
        for number, full in enumerate(names, 1):
            if full.startswith(name):
                return number
    return 0


def _hour(text: str) -> tuple[int, int] | None:
    named = _NAMED_HOURS.get(text.strip(" .,"))
    if named:
        return named
    match = _HOUR.fullmatch(text.strip(" .,"))
    if match is None:
        return None
    hour = int(match["h"])
    minute = int(match["min"] or 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return hour, minute


def _joined(day: date, hour: int, minute: int) -> str | None:
    if hour == 24:
        if day == date.max:
            return None
        day = day + timedelta(days=1)
        hour = 0
    return f"{day.isoformat()} {hour:02d}:{minute:02d}"


_WEEK = 7


def jour(day: date, *, semaine: bool = True, annee: bool = True) -> str:
    """A day in full letters; without its day of the week or its year if asked.

    >>> jour(date(2021, 10, 9))
    'samedi 9\\xa0octobre 2021'
    >>> jour(date(2021, 10, 1), semaine=False, annee=False)
    '1er\\xa0octobre'
    """
    text = f"{day_number(day)}{NBSP}{MOIS[day.month - 1]}"
    return _dressed(day, text, JOURS if semaine else None, annee)


def jour_court(day: date, *, semaine: bool = True, annee: bool = True) -> str:
    """A day in short: for lists and cards.

    >>> jour_court(date(2021, 10, 9)), jour_court(date(2021, 10, 9), semaine=False, annee=False)
    ('sam. 9\\xa0oct. 2021', '9\\xa0oct.')
    """
    text = f"{day_number(day)}{NBSP}{MOIS_COURTS[day.month - 1]}"
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
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def ends_next_day(start: time, end: time) -> bool:
    """Whether what ends at an hour that comes before its beginning goes on past midnight, rather
    than being a mistake.

    >>> ends_next_day(time(20), time(1, 30)), ends_next_day(time(14), time(11))
    (True, False)
    """
    return time(17) <= start and end <= time(7)


def periode(debut: date, fin: date, *, semaine: bool = False, annee: bool = True) -> str:
    r"""Days from ``debut`` to ``fin``, both included. Raises ``ValueError`` for an end before.

    >>> periode(date(2021, 10, 1), date(2021, 10, 11))
    'du 1er au 11\xa0octobre 2021'
    >>> periode(date(2021, 12, 28), date(2022, 1, 3))
    'du 28\xa0décembre 2021 au 3\xa0janvier 2022'
    """
    if fin < debut:
        raise ValueError(f"a period ends before it begins: {debut} .. {fin}")
    end = jour(fin, semaine=semaine, annee=annee or debut.year != fin.year)
    if debut == fin:
        return f"le {end}"
    if (debut.year, debut.month) == (fin.year, fin.month):
        start = _dressed(debut, day_number(debut), JOURS if semaine else None, annee=False)
    else:
        start = jour(debut, semaine=semaine, annee=debut.year != fin.year)
    return f"du {start} au {end}"


def nuit(veille: date) -> str:
    """The night that follows an evening.

    >>> nuit(date(2022, 9, 26))
    'nuit de lundi à mardi'
    """
    after = veille + timedelta(days=1)
    return f"nuit de {JOURS[veille.weekday()]} à {JOURS[after.weekday()]}"


def nuit_datee(veille: date, *, annee: bool = True) -> str:
    """The same with its dates.

    >>> nuit_datee(date(2022, 9, 26), annee=False)
    'nuit du lundi 26 au mardi 27\\xa0septembre'
    """
    return f"nuit {periode(veille, veille + timedelta(days=1), semaine=True, annee=annee)}"


def moment_phrase(debut: date, fin: date | None = None, *, annee: bool = True) -> str:
    r"""When something takes place: wall-clock ``datetime`` values, or ``date`` values for whole
    days.

    >>> moment_phrase(datetime(2021, 10, 9, 14), datetime(2021, 10, 9, 16))
    'samedi 9\xa0octobre 2021, de 14\xa0h à 16\xa0h'
    >>> moment_phrase(date(2021, 10, 9), date(2021, 10, 10))
    'du samedi 9 au dimanche 10\xa0octobre 2021'
    """
    if not isinstance(debut, datetime):
        if isinstance(fin, datetime):
            raise ValueError("a whole day cannot end at an hour")
        if fin is None or fin == debut:
            return jour(debut, annee=annee)
        return periode(debut, fin, semaine=(fin - debut).days < _WEEK, annee=annee)
    if fin is not None and not isinstance(fin, datetime):
        raise ValueError("a moment with an hour cannot end on a day without one")
    start = f"{jour(debut, annee=annee)}, "
    if fin is None or fin == debut:
        return f"{start}à {heure(debut.time())}"
    if fin < debut:
        raise ValueError(f"a moment ends before it begins: {debut} .. {fin}")
    if fin.date() == debut.date():
        return f"{start}de {heure(debut.time())} à {heure(fin.time())}"
    if fin - debut < timedelta(days=1):
        return f"{start}de {heure(debut.time())} à {heure(fin.time())} le lendemain"
    first = jour(debut, annee=annee)
    last = jour(fin, annee=annee)
    return f"du {first} à {heure(debut.time())} au {last} à {heure(fin.time())}"


def day_number(day: date) -> str:
    """The number of a day in its month, as everywhere on a page: flat.

    >>> day_number(date(2021, 10, 1)), day_number(date(2021, 10, 2))
    ('1er', '2')
    """
    if day.day == 1:
        return "1er"
    return str(day.day)


def _dressed(day: date, text: str, names: tuple[str, ...] | None, annee: bool) -> str:
    name = f"{names[day.weekday()]} " if names else ""
    if annee:
        return f"{name}{text} {day.year}"
    return f"{name}{text}"
