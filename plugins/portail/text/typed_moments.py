"""When something takes place, as people type it on one line: a day, hours, a last day.

Looser than ``typed_dates``, which proposes the right writing of one date: a year may be left
out, hours may be two. Whoever calls says back what was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portail.text.calendar_names import JOURS
from portail.text.normalise import fold
from portail.text.typed_dates import propose_heure, propose_iso

__all__ = ["When", "read_when"]

_LONGEST = 120
_NIGHT = 6
_WEEKDAY = r"(?:(?P<w>lun|mar|mer|jeu|ven|sam|dim)[a-z]*[.,]?\s*)?(?:le\s+)?"
_DAYS = tuple(
    re.compile(_WEEKDAY + form, re.ASCII)
    for form in (
        r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)",
        r"(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>\d{4}|\d{2})(?!\d|\s?h)",
        r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])",
        r"(?P<d>\d{1,2})(?:er|e)?\s+(?P<m>[a-z]{3,9})\.?(?:\s+(?P<y>\d{4}))?(?!\d)",
    )
)
_HOUR = re.compile(
    r"(?P<hour>\d{1,2}\s?(?:heures?|h|:)\s?(?:\d{2}(?!\d))?(?::\d{2})?|midi|minuit)"
    r"(?:z|\+\d{2}:\d{2})?(?![a-z])",
    re.ASCII,
)
_BARE_HOUR = re.compile(r"(?P<hour>\d{1,2})(?=\s?(?:-|a)\s?\d{1,2}\s?(?:h|:|heures))", re.ASCII)
_BARE_DAY = re.compile(
    r"(?P<d>\d{1,2})(?:er)?\s?(?:-|au|et)\s?(?P<rest>\d{1,2}(?:er)?\s+[a-z]{3,})"
)
_BETWEEN = re.compile(r"(?:[\s,;.–—>-]|(?:de|des|du|a|au|et|vers|jusqu|le|t)(?![a-z]))*")


@dataclass(frozen=True, slots=True)
class When:
    """A moment, or two, as a front matter writes them (``2021-10-09 14:00`` or ``2021-10-09``);
    ``faux`` says that the day of the week which was named is not that of the date."""

    debut: str
    fin: str = ""
    faux: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    """A day (the weekday that was named, whether it has its year) or an hour."""

    day: date | None = None
    hour: str = ""
    weekday: str = ""
    dated: bool = True


def read_when(text: str, today: date) -> When | None:
    """What ``text`` means; ``None`` when something of it is not understood.

    A day without its year is the next one from ``today``; an end before 6 h, earlier than its
    start, is that of the following night.

    >>> read_when("9/10/2021 14h-16h", date(2021, 9, 27))
    When(debut='2021-10-09 14:00', fin='2021-10-09 16:00', faux='')
    >>> read_when("samedi 9 octobre à 14 h", date(2021, 9, 27)).debut
    '2021-10-09 14:00'
    >>> read_when("du 9 au 11 octobre 2021", date(2021, 9, 27)).fin
    '2021-10-11'
    """
    if len(text) > _LONGEST:
        return None
    folded = fold(text).replace("..", " ").replace("'", " ").replace("’", " ")
    tokens = list(_tokens(folded, today))
    days = [token for token in tokens if token.day]
    hours = [token.hour for token in tokens if token.hour]
    shape = "".join("D" if token.day else "H" for token in tokens)
    if shape not in ("D", "DH", "DHH", "DD", "DHDH") or len(days) + len(hours) != len(tokens):
        return None
    last = days[-1].day
    first = _before(days[0], last)
    if first is None or last is None:
        return None
    if shape == "DHH" and hours[1] < hours[0] and int(hours[1][:2]) < _NIGHT:
        if last == date.max:
            return None
        last += timedelta(days=1)
    debut = _joined(first, hours[0] if hours else "")
    fin = "" if shape in ("D", "DH") else _joined(last, hours[1] if hours else "")
    return When(debut, fin, next(filter(None, map(_wrong, days)), ""))


def _before(token: _Token, last: date | None) -> date | None:
    """The first day; without its year it takes that of the last, or the year before."""
    if token.dated or token.day is None or last is None:
        return token.day
    for year in (last.year, last.year - 1):
        try:
            day = token.day.replace(year=year)
        except ValueError:
            continue
        if day <= last:
            return day
    return None


def _joined(day: date, hour: str) -> str:
    return f"{day.isoformat()} {hour}".rstrip()


def _wrong(token: _Token) -> str:
    """The right day of the week, when another was named."""
    assert token.day is not None
    right = JOURS[token.day.weekday()]
    return right if token.weekday and not right.startswith(token.weekday) else ""


def _tokens(text: str, today: date) -> Iterator[_Token]:
    """Days and hours in their order; an empty token for what is neither, and nothing after."""
    place, since = 0, today
    while True:
        between = _BETWEEN.match(text, place)
        place = between.end() if between else place
        if place >= len(text):
            return
        token, place = _token(text, place, since, today)
        yield token
        if token.day:
            since = token.day
        elif not token.hour:
            return


def _token(text: str, place: int, since: date, today: date) -> tuple[_Token, int]:
    pair = _BARE_DAY.match(text, place)
    if pair:
        tail = _DAYS[-1].match(text, pair.start("rest"))
        day = _day(tail, since) if tail else None
        if day and int(pair["d"]) <= day.day:
            try:
                return _Token(day.replace(day=int(pair["d"])), dated=False), pair.start("rest")
            except ValueError:
                return _Token(), place
    for form in _DAYS:
        found = form.match(text, place)
        if found:
            parts = found.groupdict()
            dated = bool(parts.get("iso") or parts.get("y"))
            return _Token(_day(found, since), "", parts["w"] or "", dated), found.end()
    hour = _HOUR.match(text, place) or _BARE_HOUR.match(text, place)
    if hour is None:
        return _Token(), place
    written = hour["hour"]
    known = propose_heure(f"{written}h" if written.isdigit() else written)
    return _Token(hour=known or ""), hour.end()


def _day(found: re.Match[str], since: date) -> date | None:
    """The day of a match; without a year, the first from ``since`` on."""
    parts = found.groupdict()
    if parts.get("iso"):
        return _read(parts["iso"])
    separator = "/" if parts["m"].isdigit() else " "
    start = f"{parts['d']}{separator}{parts['m']}{separator}"
    if parts.get("y"):
        return _read(f"{start}{parts['y']}")
    days = (_read(f"{start}{year}") for year in range(since.year, since.year + 5))
    return next((day for day in days if day and day >= since), None)


def _read(text: str) -> date | None:
    iso = propose_iso(text)
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None
