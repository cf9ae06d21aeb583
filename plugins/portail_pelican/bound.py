"""No-break spaces in templates: in what they write, and in what they show that is not markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from portail.text.spaces import bound, bound_after_value

_REMEMBERED = 8_192
_LONG = 400
_FILTER = "espaces"
# Elements whose text is no prose, or is read by something else than eyes.
_RAW = frozenset(("script", "style", "pre", "code", "textarea", "title"))
_PIECES = re.compile(r"(<!--|-->|</?[A-Za-z][\w-]*|>)")


class Bound(Extension):
    """Has templates of pages bind spaces (``portail.text.spaces``) as they are compiled: literal
    text at once, values by the filter ``espaces``. Tags and their attributes are left alone."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template, its texts bound; ``stream`` itself for what is no page."""
        return _tokens(stream) if (stream.name or "").endswith(".html") else stream


def _tokens(stream: TokenStream) -> Iterator[Token]:
    place = _Place()
    after_value = False
    for token in stream:
        if token.type == "data":
            yield Token(token.lineno, "data", place.bind(token.value, after_value))
        elif token.type == "variable_begin" and place.is_prose:
            yield token
            yield Token(token.lineno, "lparen", "(")
        elif token.type == "variable_end" and place.is_prose:
            yield Token(token.lineno, "rparen", ")")
            yield Token(token.lineno, "pipe", "|")
            yield Token(token.lineno, "name", _FILTER)
            yield token
        else:
            yield token
        after_value = token.type == "variable_end"


class _Place:
    """Where a template is, as it goes along: in a tag, in an element that holds no prose."""

    def __init__(self) -> None:
        self.tag = ""
        self.raw = ""

    @property
    def is_prose(self) -> bool:
        return not self.tag and not self.raw

    def bind(self, data: str, after_value: bool) -> str:
        """``data`` with its texts bound, what it opens and closes followed."""
        pieces = _PIECES.split(data)
        for index, piece in enumerate(pieces):
            if index % 2:
                self._pass(piece)
            elif self.is_prose and piece:
                bind = bound_after_value if after_value and not index else bound
                pieces[index] = bind(piece)
        return "".join(pieces)

    def _pass(self, sign: str) -> None:
        if sign == "<!--":
            self.raw = self.raw or sign
        elif sign == "-->":
            self.raw = "" if self.raw == "<!--" else self.raw
        elif sign != ">":
            self.tag = sign
        elif self.tag:
            name = self.tag.lstrip("</").lower()
            if self.tag.startswith("</"):
                self.raw = "" if self.raw == name else self.raw
            elif name in _RAW:
                self.raw = self.raw or name
            self.tag = ""


def espaces(value: object) -> object:
    """``value`` as a page shows it: plain text with its spaces bound, anything else as it is."""
    if type(value) is not str:
        return value
    return bound(value) if len(value) > _LONG else _bound(value)


_bound = lru_cache(_REMEMBERED)(bound)
FILTERS = {_FILTER: espaces}
"""What the compiled templates call."""
