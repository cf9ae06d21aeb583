"""Opening hours in French: a table by day of the week where they are weekly, sentences else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import time

from portail.text.calendar_names import JOURS, MOIS
from portail.text.dates import heure
from portail.text.opening_hours import DAY, DateSpan, DaySpan, OpeningHours, Rule, Span

__all__ = ["Semaine", "opening_lines", "opening_weeks"]

_NBSP = "\u00a0"
_HOLIDAYS = {"PH": "jours fériés", "SH": "vacances scolaires"}
_RANKS = {
    1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", -1: "dernier",
    -2: "avant-dernier", -3: "troisième avant la fin", -4: "quatrième avant la fin",
    -5: "cinquième avant la fin",
}  # fmt: skip
_WHOLE = (Span(0, DAY),)


@dataclass(frozen=True, slots=True)
class Semaine:
    """The hours of a week: ``quand`` is when they hold (« d’avril à septembre »), ``""`` all
    year, ``dates`` the same as in ``DateSpan``; ``jours`` what Monday to Sunday say."""

    quand: str
    dates: tuple[tuple[int, int], ...]
    jours: tuple[str, ...]


def opening_weeks(hours: OpeningHours) -> tuple[tuple[Semaine, ...], tuple[str, ...]]:
    """Tables of the weeks, then sentences for what is left: exceptions, or all when the same goes
    for every day or when seasons overlap."""
    rules = [part for one in hours.regles for part in _parts(one)]
    weekly = [one for one in rules if one.hebdomadaire]
    seasonal = [one for one in rules if one.dates and one.jours and _plain(one)]
    seasons = dict.fromkeys(one.dates for one in seasonal)
    tabled = [*weekly, *seasonal]
    days = {text for one in [(), *seasons] for text in _week(tabled, one)}
    if len(days) < 2 or _overlap(seasons):
        return (), opening_lines(hours)
    weeks = [Semaine("", (), _week(weekly, ()))] if weekly else []
    for one in seasons:
        told = _several(list(map(_date_span, one)))
        weeks.append(Semaine(told, tuple((d.du, d.au) for d in one), _week(tabled, one)))
    return tuple(weeks), tuple(_line(one) for one in rules if one not in tabled)


def opening_lines(hours: OpeningHours) -> tuple[str, ...]:
    """A sentence for each rule.

    >>> from portail.text.opening_hours_text import read_opening_hours
    >>> opening_lines(read_opening_hours("Tu-Fr 10:00-18:00; PH off"))
    ('Du mardi au vendredi : de 10\\xa0h à 18\\xa0h', 'Jours fériés : fermé')
    """
    return tuple(map(_line, hours.regles))


def _parts(rule: Rule) -> Iterator[Rule]:
    """The days of the week of ``rule``, which a table says, then its other days."""
    plain = tuple(one for one in rule.jours if not one.rangs)
    ranked = tuple(one for one in rule.jours if one.rangs)
    if rule.croise or not plain or not (ranked or rule.feries):
        yield rule
        return
    yield replace(rule, jours=plain, feries=())
    yield replace(rule, jours=ranked)


def _plain(rule: Rule) -> bool:
    return not rule.feries and not any(one.rangs for one in rule.jours)


def _overlap(seasons: Iterable[tuple[DateSpan, ...]]) -> bool:
    """Whether two seasons have a day of the year in common."""
    seen: set[int] = set()
    for one in seasons:
        days = {day for span in one for day in _numbers(span)}
        if days & seen:
            return True
        seen |= days
    return False


def _numbers(span: DateSpan) -> Iterator[int]:
    for number in range(101, 1232):
        inside = span.du <= number <= span.au
        if inside if span.du <= span.au else number >= span.du or number <= span.au:
            yield number


def _week(rules: list[Rule], dates: tuple[DateSpan, ...]) -> tuple[str, ...]:
    """What each day says, Monday first, at ``dates``."""
    return tuple(_day(_told(rules, dates, day)) for day in range(7))


def _told(rules: list[Rule], dates: tuple[DateSpan, ...], day: int) -> tuple[Rule, ...]:
    about = (
        one
        for one in rules
        if one.dates in ((), dates)
        and (not one.jours or any(day in span.jours for span in one.jours))
    )
    return OpeningHours.among(about)


def _day(rules: tuple[Rule, ...]) -> str:
    """« 10 h – 12 h, 14 h – 18 h », « fermé »."""
    ordered = sorted(rules, key=lambda one: one.heures[0].debut if one.heures else -1)
    return ", ".join(_short(one) for one in ordered) or "fermé"


def _short(rule: Rule) -> str:
    if rule.heures == _WHOLE:
        hours = f"24{_NBSP}h sur 24"
    else:
        hours = ", ".join(map(_short_span, rule.heures)) or ("fermé" if rule.ferme else "")
    if not hours:
        return rule.note
    return f"{hours} ({rule.note})" if rule.note else hours


def _short_span(one: Span) -> str:
    start = _hour(one.debut)
    if one.fin is None:
        return f"à partir de {start}"
    return f"{start} –{_NBSP}{_hour(one.fin)}"


def _line(rule: Rule) -> str:
    when = ", ".join(filter(None, (_dates(rule), _days(rule))))
    told = [_hours(rule), f"({rule.note})" if rule.note else ""]
    what = ("aussi " if rule.ajoute else "") + " ".join(filter(None, told))
    line = f"{when} : {what}" if when else what
    return line[:1].upper() + line[1:]


def _dates(rule: Rule) -> str:
    return _several(list(map(_date_span, rule.dates))) if rule.dates else ""


def _days(rule: Rule) -> str:
    """Days of the week and holidays; all seven are « tous les jours »."""
    if len({day for one in rule.jours if not one.rangs for day in one.jours}) == 7:
        days = ["tous les jours", *(_day_span(one) for one in rule.jours if one.rangs)]
    else:
        days = [_day_span(one) for one in rule.jours]
    holidays = [_HOLIDAYS[one] for one in rule.feries]
    if rule.croise:
        return f"{_several(days)} pendant les {_several(holidays)}"
    return _several([*days, *holidays]) if days or holidays else ""


def _several(texts: list[str]) -> str:
    """« a, b et c »."""
    *first, last = texts
    return f"{', '.join(first)} et {last}" if first else last


def _date(number: int, *, mois: bool) -> str:
    month, day = divmod(number, 100)
    name = MOIS[month - 1]
    return name if mois else f"{'1er' if day == 1 else day}{_NBSP}{name}"


def _date_span(one: DateSpan) -> str:
    """« 25 décembre », « d’avril à septembre », « du 24 décembre au 2 janvier »."""
    first, last = _date(one.du, mois=one.mois), _date(one.au, mois=one.mois)
    if first == last:
        return first
    if one.mois and one.au // 100 - one.du // 100 == 1:
        return f"{first} et {last}"
    if one.mois:
        return f"{'d’' if first[0] in 'ao' else 'de '}{first} à {last}"
    if one.du // 100 == one.au // 100 and one.du < one.au:
        return f"du {first.partition(_NBSP)[0]} au {last}"
    return f"du {first} au {last}"


def _day_span(one: DaySpan) -> str:
    first, last = JOURS[one.du], JOURS[one.au]
    if one.rangs:
        return f"{_several([_RANKS[rank] for rank in one.rangs])} {first} du mois"
    if one.du == one.au:
        return first
    return f"{first} et {last}" if len(one.jours) == 2 else f"du {first} au {last}"


def _hours(rule: Rule) -> str:
    if rule.ferme:
        return "fermé"
    if rule.heures == _WHOLE:
        return "ouvert en permanence" if rule == Rule(heures=_WHOLE) else f"24{_NBSP}h sur 24"
    return _several([_hour_span(one) for one in rule.heures]) if rule.heures else ""


def _hour_span(one: Span) -> str:
    if one.fin is None:
        return f"à partir de {_hour(one.debut)}"
    return f"de {_hour(one.debut)} à {_hour(one.fin)}"


def _hour(minutes: int) -> str:
    """An hour of the day, or of the night after it; midnight at its end is « 24 h »."""
    if minutes == DAY:
        return f"24{_NBSP}h"
    return heure(time(*divmod(minutes % DAY, 60)))
