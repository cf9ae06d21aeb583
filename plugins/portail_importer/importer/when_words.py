"""French dates and hours, first step: a cell is cut into tokens, none of them left out, which
``when_grammar`` reads by the sign of each:

- ``l`` le, les; ``u`` du; ``e`` de; ``n`` en; ``a`` à; ``b`` entre; ``s`` dès; ``j`` jusqu’à;
  ``t`` au, a dash, an arrow: between a beginning and an end; ``v`` chaque; ``x`` sauf;
- ``&`` et; ``,`` ``/`` ``:`` themselves; ``<`` ``>`` brackets;
- ``d`` a day of the week (its value: the ranks), ``p`` the same in the plural; ``m`` a month;
- ``D`` a date (its value: year, month, day; 0 for a year that is not said), ``S`` one whose year
  has two figures; ``Y`` a year; ``N`` a number; ``H`` an hour, ``O`` « 14.30 », unless it is a day
  and its month; ``M`` minutes;
- ``w`` toute la journée; ``c`` en continu; ``r`` durée; ``k`` horaires; ``?`` anything else.

Expressions are written without accents nor capitals, for ``text.hints.flat``.

Beside them, the parts of a cell that the grammar makes of tokens (``Day``, ``Span``, ``Block``): as
they are written, before missing years and months are filled in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, tzinfo
from functools import cache
from itertools import pairwise
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from portail.text.dates import JOURS, month_number
from portail.text.hints import correspondances, flat
from portail.text.normalise import instant_of


class Token(Struct, frozen=True):
    """A piece of a cell: the sign of what it is, its words as they are written, what they mean."""

    sign: str
    text: str
    value: Any = None
    # ``text`` without accents nor capitals.
    plain: str = ""
    # Where it ends in the text that was cut.
    end: int = 0


# Words of dates that Python alone reads, the longest first where two begin alike.
WORDS = (
    ("w", r"(?:toute )?la journee|journee entiere|journee"),
    ("c", r"en continu|sans interruption|non[- ]stop"),
    ("r", r"durees?|pendant"),
    ("k", r"dates?|quand|horaires?|heures?"),
    ("b", r"entre"),
    ("&", r"et|puis|ainsi que"),
    ("l", r"les|le|la|l'|des"),
    ("u", r"du"),
    ("e", r"de|d'"),
    ("n", r"en|du mois d(?:e|')|au mois d(?:e|')"),
    ("t", r"au"),
    ("a", r"a"),
)
# Names of days, and their ranks from Monday.
DAYS = (
    ("week-ends?|week ends?|weekends?", (5, 6)),
    ("en semaine", (0, 1, 2, 3, 4)),
    ("jours?", (0, 1, 2, 3, 4, 5, 6)),
    *((rf"{name}s?|{name[:3]}\.?|{name[:4]}\.", (rank,)) for rank, name in enumerate(JOURS)),
)
# Signs that people write for another; the others are what they are.
_SIGNS = {
    **dict.fromkeys((";", "\n"), ","),
    **dict.fromkeys(("-", "->", ">", "→"), "t"),
    "+": "&",
    "(": "<",
    ")": ">",
    "@": "a",
}
_MONTHS = "janv|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec"
_END = r"(?:(?<=')|(?![a-z]))"
# What follows a number that is a day, not minutes: « 14 h 15 octobre ».
_OTHER_DAY = rf"\s*(?:er\b|{_MONTHS})|\s*(?:et|au|,|-)\s*\d{{1,2}}(?:er)?\s+(?:{_MONTHS})"
_FIGURES = (
    r"(?P<instant>\d{4}-\d{1,2}-\d{1,2}(?:t|\s)\d{1,2}:\d{2}"
    r"(?:(?:\s?(?:z|utc|gmt)|\s?\+\d{2}(?::?\d{2})?)"
    r"|:\d{2}(?:[.,]\d+)?(?:\s?(?:z|utc|gmt)|\s?[+-]\d{2}(?::?\d{2})?))"
    r"(?![\d:a-z]))"
    r"|(?P<basic>\d{8}t\d{4}(?:\d\d)?z?)(?![\da-z])"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)(?:t(?=\d))?"
    r"|(?P<figures>\d{1,2}(?P<by>[/.-])\d{1,2}(?P=by)(?:\d{4}|\d{2}))(?![\d/h:])"
    r"|(?P<short>\d{1,2}/\d{1,2})(?![\d/h:])"
    rf"|(?P<minutes>\d{{1,3}}\s?(?:minutes?|min|mn){_END}\.?)"
    rf"|(?P<hour>\d{{1,2}}\s?(?:heures?|h)(?![a-z0-9])(?:\s?[0-5]\d(?![\d/h:]|{_OTHER_DAY}))?"
    rf"|\d{{1,2}}\s?h[0-5]\d(?!\d)|\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?(?![:\d])"
    rf"|midi{_END}|minuit{_END})(?:\s?(?:min|mn){_END})?"
    r"|(?P<dotted>\d{1,2}\.\d{2})(?![\d.])"
    r"|(?P<year>\d{4})(?!\d)|(?P<number>\d{1,2})(?:ere?(?![a-z]))?(?!\d)"
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@cache
def _words() -> tuple[tuple[str, str], ...]:
    # Every word: those that change what a day means are read by the form too.
    shared = correspondances().dates
    first = (
        ("s", shared.depuis),
        ("j", shared.jusque),
        ("v", shared.chaque),
        ("x", shared.sauf),
    )
    return (*first, *WORDS)


@cache
def _expression() -> re.Pattern[str]:
    words = (f"(?P<w{rank}>(?:{text}){_END})" for rank, (_, text) in enumerate(_words()))
    days = (f"(?P<d{rank}>(?:{text}){_END})" for rank, (text, _) in enumerate(DAYS))
    fallbacks = (
        r"(?P<word>[^\W\d_][\w'-]*\.?)",
        r"(?P<sign>->|[,;&/:()@>→+\n-])",
        r"(?P<blank>[^\S\n]+|\.(?=\s|$))",
        r"(?P<other>\S+)",
    )
    return re.compile("|".join((_FIGURES, *days, *words, *fallbacks)), re.ASCII)


def tokens(text: str, zone: tzinfo) -> list[Token]:
    """Every piece of ``text``, in its order; an hour of elsewhere is put on the clock of ``zone``.

    >>> from datetime import UTC
    >>> "".join(token.sign for token in tokens("dès le 9 octobre", UTC))
    'sNm'
    """
    shown = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    spaced = "\n".join(" ".join(line.split()) for line in shown.strip().split("\n"))
    # A number on one line and its month on the next, as it is drawn on a poster.
    spaced = re.sub(rf"(?<=\d)\n(?=(?:{_MONTHS}))", " ", spaced, flags=re.IGNORECASE)
    pieces = [*scanned(spaced, flat(spaced), zone)]
    for at, (piece, after) in enumerate(pairwise(pieces)):
        if piece.plain == "des" and after.sign == "H":  # « DES 14H », in capitals
            pieces[at] = replace(piece, sign="s")
    return pieces


def scanned(text: str, source: str, zone: tzinfo) -> Iterator[Token]:
    """Every piece of ``text`` as it is; ``source`` is the same without accents nor capitals, sign
    for sign. Raises ``NotRead``."""
    for match in _expression().finditer(source):
        kind = match.lastgroup or "other"
        if kind == "blank":
            continue
        end = match.end()
        written = text[match.start() : end].strip() or "retour à la ligne"
        plain = match[kind]
        if kind in ("instant", "basic") and (there := _instant(plain, zone)):
            yield Token("D", written, (there.year, there.month, there.day), plain, end)
            yield Token("H", written, there.time().replace(second=0), f"{there:%H:%M}", end)
            continue
        sign, value = _token(kind, plain)
        if sign == "l" and written.lower() == "dès":
            sign = "s"
        yield Token(sign, written, value, plain, end)


def _token(kind: str, plain: str) -> tuple[str, Any]:
    if kind[0] == "d" and kind[1:].isdecimal():
        plural = plain.endswith("s") and len(plain) > len("mars")
        return ("p" if plural else "d"), DAYS[int(kind[1:])][1]
    if kind[0] == "w" and kind[1:].isdecimal():
        return _words()[int(kind[1:])][0], None
    if kind == "sign":
        return _SIGNS.get(plain, plain), None
    if kind == "word":
        name = plain.rstrip(".")
        month = month_number(name) if len(name) > 2 else 0
        return ("m" if month else "?"), month
    sign, read = _READ.get(kind, ("?", str))
    value = read(plain)
    if kind == "figures" and not plain[-3].isdecimal():
        sign = "S"
    return ("?" if value is None else sign), value


def _numbers(text: str) -> list[int]:
    figures = "".join(sign if sign.isdecimal() else " " for sign in text)
    return [*map(int, figures.split())]


def _number(text: str) -> int:
    return _numbers(text)[0]


def _dated(text: str) -> tuple[int, int, int]:
    numbers = _numbers(text)
    if len(numbers) == 2:
        return 0, numbers[1], numbers[0]
    if len(text.split("-")[0]) == 4:
        return numbers[0], numbers[1], numbers[2]
    return numbers[2] + (2000 if numbers[2] < 100 else 0), numbers[1], numbers[0]


def _time(text: str) -> time | None:
    named = {"midi": time(12), "minuit": time(0)}.get(text)
    parts = _numbers(text)
    if named is not None or not parts:
        return named
    hour, minute, *_ = (*parts, 0)  # seconds are left out
    if (hour, minute) == (24, 0):
        return time(0)
    if hour < 24 and minute < 60:
        return time(hour, minute)
    return None


def _instant(text: str, zone: tzinfo) -> datetime | None:
    plain = text.replace("utc", "z").replace("gmt", "z")
    joined = plain.replace(" ", "" if "t" in plain else "t", 1).replace(" ", "").upper()
    there = instant_of(re.sub(r"(?<!\d)\d(?!\d)", r"0\g<0>", joined))
    if there is None or there.tzinfo is None:
        return there
    ours = there.astimezone(zone)
    seasons = (datetime(ours.year, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))
    if there.utcoffset() != ours.utcoffset() and there.utcoffset() in seasons:
        reason = "son décalage est celui d’une autre saison"
        raise several(reason, f"{there:%H:%M}, ou {ours:%H:%M}")
    return ours.replace(tzinfo=None)


# By the group of ``_FIGURES``: what it is, and its value.
_READ: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "iso": ("D", _dated),
    "figures": ("D", _dated),
    "short": ("D", _dated),
    "minutes": ("M", _number),
    "hour": ("H", _time),
    "dotted": ("O", lambda text: tuple(map(int, text.split(".")))),
    "year": ("Y", int),
    "number": ("N", _number),
}


Hours = tuple[time, time | None]
EXAMPLE = "« les mardis du 5 au 26 janvier 2027, 18 h 30-20 h »"
_HINT = f"Écrivez seulement des jours et des heures, comme {EXAMPLE}."


class NotRead(Exception):
    """A text that is not understood whole: the code of its diagnostic, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def unread(reason: str, remedy: str = _HINT) -> NotRead:
    """What is not read whole (E147): why, in French, and a sentence that says what to write."""
    return NotRead("E147", raison=reason, remede=remedy)


def several(reason: str, proposed: str) -> NotRead:
    """What has several meanings (E145): why, in French; what to write."""
    return NotRead("E145", raison=reason, propose=proposed)


def backwards(first: object, last: object, key: str = "fin") -> NotRead:
    """An end before its beginning (E213)."""
    return NotRead("E213", debut=first, fin=last, cle=key)


class Day(Struct, eq=False):
    """A day as it is written: 0 for the month or the year that is not said."""

    day: int
    month: int = 0
    year: int = 0
    weekday: int | None = None
    # Its year has two figures.
    short: bool = False
    # Its weekday is that of the days that follow too: « les mardis 5, 12 et 19 ».
    plural: bool = False
    # The last day of its month, whichever it is.
    ends_month: bool = False


class Span(Struct, eq=False):
    """Days from ``first`` to ``last``; a day alone has no ``last``, an open span lacks an end."""

    first: Day | None
    last: Day | None = None
    # ``start`` or ``end``: what the words leave to ask.
    lacks: str = ""
    whole_months: bool = False


class Exceptions(Struct):
    weekdays: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @property
    def said(self) -> bool:
        return bool(self.weekdays or self.spans)


class Block(Struct):
    """Days, those of the week among them, what is left out, and the hours that they share."""

    spans: list[Span] = field(default_factory=list)
    weekdays: tuple[int, ...] = ()
    hours: list[Hours] = field(default_factory=list)
    away: Exceptions = field(default_factory=Exceptions)
    # How long it lasts; 0 when it is not said.
    minutes: int = 0
    # From a moment to another.
    through: tuple[Day, time, Day, time] | None = None


class Cursor:
    """Tokens, one after another; what no rule takes is refused with its word."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.signs = "".join(token.sign for token in tokens)
        self.at = 0

    def ahead(self, expression: str) -> bool:
        """Whether signs come that ``expression`` matches, which may look at those before."""
        return re.compile(expression).match(self.signs, self.at) is not None

    def pass_over(self, expression: str) -> bool:
        """Whether they come; they are then behind."""
        match = re.compile(expression).match(self.signs, self.at)
        if match:
            self.at = match.end()
        return match is not None

    def take(self, signs: str) -> Token | None:
        """The next token, if its sign is one of ``signs``."""
        if self.signs[self.at : self.at + 1] not in [*signs]:
            return None
        self.at += 1
        return self.tokens[self.at - 1]

    def need(self, signs: str) -> Token:
        token = self.take(signs)
        if token is None:
            raise self.refused()
        return token

    def refused(self) -> NotRead:
        """The refusal of the next token, its words quoted."""
        if self.at >= len(self.tokens):
            last = self.tokens[-1].text if self.tokens else ""
            return unread(f"« {last} » attend une suite" if last else "elle ne dit rien")
        token = self.tokens[self.at]
        if token.sign == "?":
            return unread(f"« {token.text} » n’est ni un jour, ni une heure, ni un mot de date")
        return unread(f"« {token.text} » n’a pas de sens à cette place")
