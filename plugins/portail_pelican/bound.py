"""No-break spaces in templates: in what they write, and in what they show that is not markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from portail.text.spaces import after_number, bound, seen

# Elements whose text is no prose, or is read by something else than eyes.
_RAW = frozenset(("script", "style", "pre", "code", "textarea", "title"))
# The value of an attribute may be alone, in a macro: it ends where another piece of text does.
_PIECES = re.compile(r"""(<!--|-->|</?[A-Za-z][\w-]*|>|=(?:"[^"<>]*(?:"|\Z)|'[^'<>]*(?:'|\Z)))""")


class Bound(Extension):
    """Has templates of pages bind spaces (``portail.text.spaces``) as they are compiled: literal
    text at once, values by the filter ``espaces``. Tags and their attributes are left alone."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template, its texts bound; ``stream`` itself for what is no page."""
        name = stream.name or ""
        if not name.endswith(".html"):
            return stream
        # A mail that was sent is drawn as it was.
        return _tokens(stream, bound if name.startswith("courriel/") else seen)


def _tokens(stream: TokenStream, bind: Callable[[str], str]) -> Iterator[Token]:
    place = _Place(bind)
    filter_name = _FILTERS[bind]
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
            yield Token(token.lineno, "name", filter_name)
            yield token
        else:
            yield token
        after_value = token.type == "variable_end"


class _Place:
    """Where a template is, as it goes along: in a tag, in an element that holds no prose, in an
    attribute that a macro writes (``raw`` is then its quote)."""

    def __init__(self, bind: Callable[[str], str]) -> None:
        self.bound = bind
        self.tag = ""
        self.raw = ""

    @property
    def is_prose(self) -> bool:
        return not self.tag and not self.raw

    def bind(self, data: str, after_value: bool) -> str:
        if self.raw in ("'", '"'):
            value, quote, following = data.partition(self.raw)
            if not quote:
                return data
            self.raw = ""
            return value + quote + self.bind(following, after_value=False)
        pieces = _PIECES.split(data)
        for index, piece in enumerate(pieces):
            if index % 2:
                self._pass(piece)
            elif self.is_prose and piece:
                text = after_number(piece) if after_value and not index else piece
                pieces[index] = self.bound(text)
        return "".join(pieces)

    def _pass(self, sign: str) -> None:
        if sign[0] == "=":
            is_open = self.is_prose and sign.count(sign[1]) < 2
            if is_open:
                self.raw = sign[1]
        elif sign == "<!--":
            self.raw = self.raw or sign
        elif sign == "-->":
            if self.raw == "<!--":
                self.raw = ""
        elif sign != ">":
            self.tag = sign
        elif self.tag:
            name = self.tag.lstrip("</").lower()
            if self.tag.startswith("</"):
                if self.raw == name:
                    self.raw = ""
            elif name in _RAW:
                self.raw = self.raw or name
            self.tag = ""


def espaces(value: object) -> object:
    """``value`` as a page shows it: plain text with its spaces bound, a mail address cut before « @
    ».
    """
    if type(value) is not str:
        return value
    text = seen(value)
    if "@" in text:
        return cut_at(escape(text))
    return text


def espaces_courriel(value: object) -> object:
    """The same in a mail, whose addresses are left alone."""
    if type(value) is str:
        return bound(value)
    return value


_AT = re.compile(r"(?<=[\w.+-])@(?=[\w-]+\.)")


def cut_at(shown: str) -> Markup:
    """``shown``, HTML, where a line may end before the « @ » of a mail address."""
    return Markup(_AT.sub(r"<wbr>@", shown) if "@" in shown else shown)  # noqa: S704


FILTERS = {"espaces": espaces, "espaces_courriel": espaces_courriel}
_FILTERS: Mapping[Callable[[str], str], str] = {seen: "espaces", bound: "espaces_courriel"}
