"""Relative dates in a text: « ce soir », « demain », a bare « jeudi matin ».

They are wrong when the text is read on another day, in a list, a feed or a letter. Each becomes an
absolute date where the day is certain; elsewhere it is only reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from portail.text.dates import JOURS, jour
from portail.text.spaces import NBSP
from portail.text.typography import capital

_WEEKDAYS = "|".join(JOURS)
_SPACE = "[ \u00a0\u202f]"
_THIS = "ce soir|ce matin|cet après-midi|cette nuit"
_SPAN = "ce week-end|cette semaine"
_CLOSE = "après-demain|avant-hier|demain|hier|aujourd[’']hui"
_DAY_PARTS = "soir|matin|midi|après-midi"
_RELATIVE = re.compile(
    rf"(?<![\w’'-])(?:(?P<this>{_THIS})|(?P<span>{_SPAN})|(?P<near>{_CLOSE})"
    rf"|(?P<ce>ce{_SPACE})?(?P<weekday>{_WEEKDAYS}))(?:{_SPACE}(?P<part>{_DAY_PARTS}))?(?![\w-])",
    re.IGNORECASE,
)
# What stands before the name of a day that is no date: « le mardi », « un samedi ».
_HABIT = frozenset(
    "le la les l du des de d au aux chaque tous un une "
    "premier deuxième second troisième quatrième dernier".split()
)
_AFTER = rf"{_SPACE}(?:\d|premier|de |du |des |d’|d'|gras|saint)"
# What stands after it: its date, or the rest of its name (« lundi de Pâques »).
_NAMES = re.compile(_AFTER, re.IGNORECASE)
# What stands before « hier », « demain » that mean the past, the future.
_IDIOM = frozenset("de d que et ou comme du à en ceux celle celui".split())
_HOUR = re.compile(rf"{_SPACE}(?:à|dès|vers){_SPACE}\d")
_LAST_WORD = re.compile(r"(\w+)[ \u00a0\u202f’']$")
_OF = re.compile(rf"(?:de{_SPACE}|d[’'])$", re.IGNORECASE)
_NEAR = {
    "avant-hier": -2,
    "hier": -1,
    "aujourd’hui": 0,
    "demain": 1,
    "après-demain": 2,
}
_LETTER = "[0-9A-Za-zÀ-ÿœŒ_]"
# The same in the expressions of a browser, for who writes in a form: what it finds is advised, and
# a « samedi ou dimanche » by its first word. Its capitals do not count.
IN_A_BROWSER = (
    rf"(?<!{_LETTER}|[’'-])(?:"
    rf"{_THIS}|{_SPAN}"
    rf"|(?<!(?:^|[^A-Za-zÀ-ÿ])(?:{'|'.join(sorted(_IDIOM))})[ \u00a0’'])(?:{_CLOSE})"
    rf"|(?:{_CLOSE}){_SPACE}(?:{_DAY_PARTS})"
    rf"|ce{_SPACE}(?:{_WEEKDAYS})"
    rf"|(?<!(?:^|[^A-Za-zÀ-ÿ])(?:{'|'.join(sorted(_HABIT | {'et', 'ou'}))})[ \u00a0’'])"
    rf"(?:{_WEEKDAYS})(?!{_AFTER}))(?!{_LETTER}|-)"
)
_PARTS = {"soir": " au soir", "matin": " au matin", "midi": " à midi", "après-midi": " après-midi"}


class Reference(Struct, frozen=True):
    """The days that a text may speak of: when it was written, when what it announces takes place
    (a night counts as its evening); ``lasts``: it goes on for more than a week, or comes back."""

    written: date | None = None
    days: tuple[date, ...] = ()
    lasts: bool = False

    @property
    def day(self) -> date | None:
        """The day that « ce soir » is: that of the event, if it has one, else of the writing."""
        if self.days:
            return self.days[0] if len(self.days) == 1 else None
        return self.written

    def weekday(self, number: int) -> date | None:
        """The date that the bare name of a day is (0: Monday)."""
        named = [day for day in self.days if day.weekday() == number]
        if named:
            return named[0] if len(named) == 1 else None
        first = self.days[0] if self.days else self.written
        if first is None or self.lasts:
            return None
        return first + timedelta(days=(number - first.weekday()) % 7)


class Relative(Struct, frozen=True):
    """Words of a text that are true of one day, from ``start`` to ``end``; ``written`` is what
    stands in their place, ``None`` where the day is not known or not sure to be meant; ``certain``
    when they can mean nothing else than one day."""

    start: int
    end: int
    words: str
    written: str | None = None
    certain: bool = False


def relatives(text: str, reference: Reference) -> tuple[Relative, ...]:
    """Words of ``text`` that are true of one day only.

    >>> when = Reference(date(2022, 9, 26))
    >>> [words.written for words in relatives("Le point brillant de ce soir, c’est Jupiter", when)]
    ['du lundi 26\\xa0septembre au soir']
    >>> relatives("Les métiers d’hier et de demain, le mardi, le lundi 3 mars", when)
    ()
    """
    return tuple(_found(text, reference))


def dated(text: str, reference: Reference) -> str:
    """``text`` with dates in the place of the words that are true of one day, where it is sure
    which day they mean.

    >>> dated("Jeudi matin, la Lune passe devant Mars", Reference(days=(date(2022, 12, 8),)))
    'Jeudi 8\\xa0décembre au matin, la Lune passe devant Mars'
    """
    for relative in reversed(relatives(text, reference)):
        if relative.written is not None:
            text = text[: relative.start] + relative.written + text[relative.end :]
    return text


def _found(text: str, reference: Reference) -> Iterator[Relative]:
    listed = False
    for match in _RELATIVE.finditer(text):
        last = _LAST_WORD.search(text[: match.start()])
        word = last[1].lower() if last else ""
        if match["weekday"]:
            named = bool(match["ce"]) or word not in _HABIT | {"et", "ou"}
            listed = (named or (listed and word in ("et", "ou"))) and not _NAMES.match(
                text, match.end()
            )
            if not listed:
                continue
        elif match["near"] and word in _IDIOM and not _timed(text, match):
            continue
        yield _relative(text, match, reference)


def _timed(text: str, match: re.Match[str]) -> bool:
    return bool(match["part"] or _HOUR.match(text, match.end()))


def _relative(text: str, match: re.Match[str], reference: Reference) -> Relative:
    of = _OF.search(text[: match.start()])
    written = _written(match, reference, timed=_timed(text, match))
    if written and of:
        written = _of(written)
    start = of.start() if of else match.start()
    if written and text[start].isupper():
        written = capital(written)
    certain = bool(match["this"] or match["span"] or match["ce"])
    return Relative(start, match.end(), text[start : match.end()], written, certain)


def _of(words: str) -> str:
    for article, joined in (("dans la ", "de la "), ("les ", "des "), ("la ", "de la ")):
        if words.startswith(article):
            return joined + words.removeprefix(article)
    return f"du {words}"


def _written(match: re.Match[str], reference: Reference, *, timed: bool) -> str | None:
    if match["this"]:
        return _this(match["this"].lower(), reference.day)
    if match["span"]:
        return _span(match["span"].lower(), reference.day or reference.written)
    day = None
    if match["weekday"]:
        day = reference.weekday(JOURS.index(match["weekday"].lower()))
    elif reference.written and timed:
        shift = _NEAR[match["near"].lower().replace("'", "’")]
        day = reference.written + timedelta(days=shift)
    return _day(day) + _PARTS.get((match["part"] or "").lower(), "") if day else None


def _day(day: date) -> str:
    return jour(day, annee=False)


def _this(words: str, day: date | None) -> str | None:
    if day is None:
        return None
    if words == "cette nuit":
        after = day + timedelta(days=1)
        return f"dans la nuit du {_both(day, after)}".replace(" et ", " au ")
    return _day(day) + _PARTS[words.rpartition(" ")[2]]


def _span(words: str, day: date | None) -> str | None:
    if day is None:
        return None
    monday = day - timedelta(days=day.weekday())
    if words == "cette semaine":
        return f"la semaine du {jour(monday, semaine=False, annee=False)}"
    return f"les {_both(monday + timedelta(days=5), monday + timedelta(days=6))}"


def _both(first: date, last: date) -> str:
    end = jour(last, semaine=False, annee=False)
    begin = jour(first, semaine=False, annee=False)
    return f"{begin.partition(NBSP)[0] if first.month == last.month else begin} et {end}"
