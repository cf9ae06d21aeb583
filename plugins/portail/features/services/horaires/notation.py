"""Opening hours as they are written: from their text to their rules, or to what is wrong where."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from portail.late import expression
from portail.resources import rows_of
from portail.text.normalise import is_number

from .rules import (
    DAY,
    DateSpan,
    DaySpan,
    OpeningHours,
    Rule,
    Span,
)

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_D = "|".join(DAYS)
_M = "|".join(MONTHS)
_NUMBER = r"(\d\d?)(?![\d:])"
_DATE = expression(rf"({_M})(?: {_NUMBER})?(?:-(?:({_M})(?: {_NUMBER})?|{_NUMBER}))?(?![a-z])")
_WEEKDAY = expression(rf"()({_D})(?:-({_D}))?(?![a-z])")
_ANY_DAY = expression(rf"(?:(PH|SH)|({_D})(?:-({_D}))?)(?![a-z])")
_RANKS = expression(r"\[(-?[1-5](?:,-?[1-5])*)\]")
_HOURS = expression(r"(\d\d?):(\d\d)(?:-(\d\d?):(\d\d)|\+)(?!\d)")


class Misread(Exception):
    """Opening hours that cannot be read: ``signe`` (from 0) is where, ``trouve`` what is there,
    ``raison`` the name of what is wrong, as in ``mots.yml``."""

    def __init__(self, signe: int, trouve: str, raison: str) -> None:
        super().__init__(f"{trouve!r} at {signe}: {raison}")
        self.signe = signe
        self.trouve = trouve
        self.raison = raison


@lru_cache(maxsize=1024)
def read_opening_hours(text: str) -> OpeningHours:
    """The rules of ``text``. Raises ``Misread``.

    >>> read_opening_hours("Mo 10:00-12:00").regles[0].heures
    (Span(debut=600, fin=720),)
    """
    return OpeningHours(tuple(_Reader(text).rules()))


_T = TypeVar("_T")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.until = 0

    def rules(self) -> list[Rule]:
        rules = []
        adds = False
        while True:
            self.skip()
            start = self.place
            rules.append(self.rule(adds))
            self.check_order(rules, start)
            self.skip()
            sign = self.text[self.place : self.place + 1]
            if sign not in (";", ",", ""):
                raise self.misread()
            self.place += 1
            if sign != "," and not self.text[self.place :].strip(" "):
                return rules
            adds = sign == ","

    def rule(self, adds: bool) -> Rule:
        start = self.place
        dates = self.several(_DATE, self.date)
        self.skip(":")
        weekdays, holidays, crossed = self.days()
        self.skip(":")
        whose = self.place
        hours, closed = self.hours()
        if closed and adds:
            raise self.misread("ajout", whose)
        self.skip()
        note = self.note()
        if not (hours or closed or note):
            lacking = start < whose and self.text[self.place : self.place + 1] in ("", ";", ",")
            raise self.misread("manque", start) if lacking else self.misread()
        return Rule(
            dates,
            weekdays,
            holidays,
            croise=crossed,
            heures=hours,
            ferme=closed,
            note=note,
            ajoute=adds,
        )

    def days(self) -> tuple[tuple[DaySpan, ...], tuple[str, ...], bool]:
        # Days of the week, holidays, whether the ones are among the others (« SH Mo-Fr »).
        spans = self.several(_ANY_DAY, self.day)
        weekdays = tuple(span for span in spans if isinstance(span, DaySpan))
        holidays = tuple(dict.fromkeys(span for span in spans if isinstance(span, str)))
        if not holidays or weekdays:
            return weekdays, holidays, False
        self.skip(":")
        among = self.several(_WEEKDAY, self.day)
        weekdays = tuple(span for span in among if isinstance(span, DaySpan))
        return weekdays, holidays, bool(weekdays)

    def hours(self) -> tuple[tuple[Span, ...], bool]:
        if self.word("24/7"):
            return (Span(0, DAY),), False
        if self.word("off", "closed"):
            return (), True
        self.until = 0
        return self.several(_HOURS, self.span), False

    def date(self, match: re.Match[str]) -> DateSpan:
        first = MONTHS.index(match[1])
        last = match[3] or match[1]
        month = MONTHS.index(last)
        if not match[2]:
            if match[4] or match[5]:
                raise self.misread("date", match.start())
            return DateSpan(first * 100 + 101, month * 100 + 100 + _LENGTHS[month], mois=True)
        day = int(match[2])
        end = int(match[4] or match[5] or (0 if match[3] else day))
        good = 1 <= day <= _LENGTHS[first] and 1 <= end <= _LENGTHS[month]
        if not good or (match[5] and end < day):
            raise self.misread("date", match.start())
        return DateSpan(first * 100 + 100 + day, month * 100 + 100 + end)

    def day(self, match: re.Match[str]) -> DaySpan | str:
        if match[1]:
            return match[1]
        first = DAYS.index(match[2])
        ranks = None
        if not match[3]:
            ranks = self.take(_RANKS)
        numbers = tuple(map(int, ranks[1].split(","))) if ranks else ()
        return DaySpan(first, DAYS.index(match[3]) if match[3] else first, numbers)

    def span(self, match: re.Match[str]) -> Span:
        start = _minutes(match[1], match[2])
        end = None
        if match[3]:
            end = _minutes(match[3], match[4])
        if start in (-1, DAY, end) or end == -1:
            raise self.misread("heure", match.start())
        if end is not None and end < start:
            end += DAY
        if start < self.until:
            raise self.misread("chevauche", match.start())
        self.until = 2 * DAY if end is None else end
        return Span(start, end)

    def check_order(self, rules: list[Rule], start: int) -> None:
        # Refuses a rule that undoes one before it: whoever reads both would not see it.
        *before, new = rules
        if new.is_weekly and not all(rule.is_weekly for rule in before):
            raise self.misread("ordre", start, self.place)
        if not new.ajoute and any(_undone(rule, new) for rule in before):
            raise self.misread("annule", start, self.place)

    def several(
        self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], _T]
    ) -> tuple[_T, ...]:
        values = []
        while match := self.take(pattern):
            values.append(read(match))
            before = self.place
            if not self.skip(",") or not pattern.match(self.text, self.place):
                self.place = before
                break
        return tuple(values)

    def skip(self, sign: str = "") -> bool:
        """Go over blanks, and over ``sign`` among them: whether it is there."""
        following = self.text[self.place :].lstrip(" ")
        present = sign != "" and following.startswith(sign)
        if present:
            following = following[1:].lstrip(" ")
        self.place = len(self.text) - len(following)
        return present

    def word(self, *words: str) -> bool:
        """Go over one of ``words``: whether it is there."""
        following = self.text[self.place :]
        word = next(filter(following.startswith, words), "")
        if not word or following[len(word) :][:1].islower():
            return False
        self.place += len(word)
        return True

    def note(self) -> str:
        """What stands between quotes; empty when nothing does."""
        note, end, _ = self.text[self.place + 1 :].partition('"')
        if self.text[self.place : self.place + 1] != '"' or not end or not note.strip(" "):
            return ""
        self.place += len(note) + 2
        return note.strip(" ")

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.place)
        if match:
            self.place = match.end()
        return match

    def misread(self, reason: str = "", start: int = -1, end: int = 0) -> Misread:
        place = self.place if start < 0 else start
        following = self.text[place:]
        written = following[: end - place] if end else word_at(self.text, place)
        return Misread(place, written, reason or _reason(following))


def word_at(text: str, place: int) -> str:
    """What is written from ``place`` on, to a blank or a sign that parts."""
    following = text[place:]
    end = next((rank for rank, sign in enumerate(following) if sign in ' ;,"'), len(following))
    return following[: end or 1] or "la fin"


def _reason(following: str) -> str:
    if is_number(following[:4]) and len(following) > 3 and not following[4:5].isdigit():
        return "annee"
    if following[:1].isdigit() or following[:1] == ":":
        return "heure"
    low = following.lstrip("- ").lower()
    begins = rows_of("services.horaires", "debuts")
    return next((name for name, starts in begins if low.startswith(tuple(starts))), "autre")


def _minutes(hours: str, minutes: str) -> int:
    total = int(hours) * 60 + int(minutes)
    if int(minutes) < 60 and total <= DAY:
        return total
    return -1


def _undone(before: Rule, new: Rule) -> bool:
    ranked = any(span.rangs for span in (*before.jours, *new.jours))
    if ranked or before.dates != new.dates or before.croise != new.croise:
        return False
    feries = set(before.feries) <= set(new.feries)
    return feries and _weekdays(before) <= _weekdays(new)


def _weekdays(rule: Rule) -> set[int]:
    named = set(chain.from_iterable(span.jours for span in rule.jours))
    if named or rule.feries:
        return named
    return set(range(7))
