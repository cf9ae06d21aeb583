"""Lines of plain text: how wide they are on a screen of fixed columns, and where they break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["LIMIT", "one_line", "width", "wrapped"]

LIMIT = 74
"""Columns of a line, so that it still fits 78 (RFC 5322, 2.1.1) once quoted twice."""
_NBSP = "\u00a0"
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_JOINER = "\u200d"


def width(text: str) -> int:
    """Columns that ``text`` takes: two for what is wide (Unicode Standard Annex 11), none for
    what combines or is not seen; a drawing made of several counts them all, which is the most.

    >>> width("été"), width("e\\u0301"), width("日本"), width("🦉")
    (3, 1, 4, 2)
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def one_line(text: str) -> str:
    """``text`` without any break or control: only spaces that may break are joined.

    >>> one_line(" a\\r\\n\\u2028b\\xa0c ")
    'a b\\xa0c'
    """
    return _BREAKS.sub(" ", text).strip(" ")


def wrapped(text: str, first: str = "", then: str | None = None) -> Iterator[str]:
    """The lines of ``text``, of ``LIMIT`` columns at most, the first after ``first``, the others
    after ``then`` (default: as many spaces). A no-break space breaks only what fits no line, a word
    only what fits no line either.

    >>> list(wrapped("un deux", "* "))
    ['* un deux']
    """
    margin = " " * width(first) if then is None else then
    room = LIMIT - max(width(first), width(margin))
    line, start = "", first
    for word in _words(one_line(text), room):
        if line and width(line) + 1 + width(word) > room:
            yield f"{start}{line}"
            line, start = word, margin
        else:
            line = f"{line} {word}" if line else word
    if line or first.strip():
        yield f"{start}{line}".rstrip(" ")


def _words(text: str, room: int) -> Iterator[str]:
    for word in text.split(" "):
        if width(word) <= room:
            yield word
            continue
        for part in word.split(_NBSP):
            yield from _cut(part, room)


def _cut(word: str, room: int) -> Iterator[str]:
    """A word in pieces that fit, never inside what is drawn as one sign."""
    piece, size = "", 0
    for sign in word:
        wide = _width(sign)
        if piece and size + wide > room and wide and piece[-1] != _JOINER:
            yield piece
            piece, size = "", 0
        piece, size = piece + sign, size + wide
    if piece:
        yield piece
