"""What a cell of dates says, in its parts, before years and months are put where they lack."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from msgspec import Struct, field

from .when_words import Token

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
        self.at = match.end() if match else self.at
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
