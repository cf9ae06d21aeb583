"""Lines of a body, and where a construct stands in its file.

Python-Markdown forgets places: inline patterns see text without its blocks, with earlier matches
replaced by placeholders. So every sign that may begin something worth naming (a link, a picture,
an address, a tag, an attribute list) receives a *mark* when its block is read: one character
of a range that no text uses, whose code is an ordinal. The patterns take the mark with the sign,
and what is left of the marks (in code, in plain text) is removed from the result. Nothing is
searched for afterwards, so repeated and nested constructs cannot be taken for one another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

# The lines of a body, each with its place in the file.


class Line(NamedTuple):
    """A line without the marks of the blocks that contain it.

    ``number`` is its line in the file and ``column`` the column of ``text[0]`` there, both from
    1. Tabs of the indentation are spaces in ``text``; ``column`` is right from the first
    character that is not a space. The text of a blank line is empty. A ``lazy`` line lacks the
    marks of its container: it goes on with a paragraph, and can begin nothing.
    """

    text: str
    number: int
    column: int
    lazy: bool = False


def numbered(raw: Sequence[str], first: int) -> list[Line]:
    """``raw`` lines (without line ends) as they stand in the file from line ``first``."""
    lines = []
    for number, text in enumerate(raw, first):
        if not text or text.isspace():
            lines.append(Line("", number, 1))
        elif "\t" in text:
            lines.append(_expanded(text, number, 1, 0))
        else:
            lines.append(Line(text, number, 1))
    return lines


def _expanded(text: str, number: int, column: int, start: int) -> Line:
    """A line whose indentation has tabs; ``start`` is how far its first character stands from a
    tab stop of four."""
    rest = text.lstrip(" \t")
    blank = text[: len(text) - len(rest)]
    spaces = ("x" * start + blank).expandtabs(4)[start:]
    return Line(spaces + rest, number, column + len(blank) - len(spaces))


def indent_of(text: str) -> int:
    """Number of spaces before the text; 0 for a blank line."""
    return len(text) - len(text.lstrip(" "))


def shift(line: Line, count: int) -> Line:
    """``line`` without its first ``count`` characters, whatever they are."""
    rest = line.text[count:]
    if not rest or rest.isspace():
        return Line("", line.number, line.column + count)
    if line.lazy:
        return line
    if rest[0] == "\t" or (rest[0] == " " and "\t" in rest):
        column = line.column + count
        return _expanded(rest, line.number, column, max(column - 1, 0) % 4)
    return Line(rest, line.number, line.column + count)


def dedent(line: Line, count: int) -> Line:
    """``line`` without at most ``count`` spaces of indentation."""
    return shift(line, min(count, indent_of(line.text)))


def trimmed(line: Line) -> Line:
    """``line`` without its indentation."""
    indent = indent_of(line.text)
    if not indent:
        return line
    return Line(line.text[indent:], line.number, line.column + indent, line.lazy)


def lazily(line: Line) -> Line:
    """``line`` as one that only goes on with a paragraph."""
    indent = indent_of(line.text)
    return Line(line.text[indent:], line.number, line.column + indent, lazy=True)


def joined(lines: Sequence[Line]) -> str:
    """The texts of ``lines``, as one text."""
    return "\n".join([line.text for line in lines])


_FIRST = 0x100000
_ROOM = 0xFFFD
_RANGE = "\U000f0000-\U0010ffff"

CELL_PIPE = "\U000ffffd"
"""Stands for the backslash of ``\\|`` in a table cell, so that columns stay right."""

MARK = "([\U00100000-\U0010fffc]?)"
"""Pattern of a mark, or of its absence; one group."""

_MARKS = re.compile(f"[{_RANGE}]")
_PROTECTED_FROM = 0xF0000
_PROTECTION = {code: _PROTECTED_FROM + code for code in range(0x21, 0x7F)}
_PLAIN = {twin: code for code, twin in _PROTECTION.items()}
_RESERVED = re.compile(f"[{_RANGE}\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# An escaped sign is passed over; « ](< » is marked after the sign, where the address begins.
_SIGNS = re.compile(r"\\[!-/:-@\[-`{-~]|!?\[|\]\(\s*<?|<(?=[A-Za-z/!?])|\{(?=[:#. ])")


class Place(NamedTuple):
    """A line and a column of the file, from 1."""

    line: int
    column: int


def cleaned(text: str) -> str:
    """``text`` without the characters that marks and Python-Markdown's placeholders are made of,
    nor those that no page may hold (control characters, halves of pairs).

    Each is replaced by U+FFFD, one for one: columns are kept.
    """
    return _RESERVED.sub("\ufffd", text) if _RESERVED.search(text) else text


def protected(text: str) -> str:
    """``text`` that no pattern will look at again: ASCII signs become twins of another range.

    Python-Markdown reads some pieces twice, and what was escaped must stay so.
    """
    return text.translate(_PROTECTION)


def unmarked(text: str) -> str:
    """``text`` without marks, and with the signs that were protected."""
    return text if text.isascii() else _MARKS.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(code - _PROTECTED_FROM) if code in _PLAIN else ""


class Places:
    """The marks of one body."""

    __slots__ = ("_places", "last")

    def __init__(self, first_line: int) -> None:
        self._places: list[Place] = []
        self.last = Place(first_line, 1)

    def mark(self, lines: Sequence[Line]) -> str:
        """The text of ``lines``, with a mark at every sign that may have to be found again."""
        text = "\n".join([line.text for line in lines])
        if "[" not in text and "<" not in text and "{" not in text:
            return text
        starts = [0, *accumulate(len(line.text) + 1 for line in lines)]

        def put(found: re.Match[str]) -> str:
            sign = found[0]
            if sign[0] == "\\" or len(self._places) >= _ROOM:
                return sign
            after = sign[0] == "]"
            offset = found.end() if after else found.start()
            row = bisect_right(starts, offset, hi=len(lines)) - 1
            line = lines[row]
            mark = self.put(line.number, line.column + offset - starts[row])
            return sign + mark if after else mark + sign

        return _SIGNS.sub(put, text)

    def put(self, line: int, column: int) -> str:
        """A mark for that place; empty when there are too many."""
        if len(self._places) >= _ROOM:
            return ""
        self._places.append(Place(line, column))
        return chr(_FIRST + len(self._places) - 1)

    def at(self, mark: str) -> Place:
        """Where ``mark`` was put. Without a mark (``""``), the last place that was asked for."""
        if mark:
            self.last = self._places[ord(mark) - _FIRST]
        return self.last
