"""The lines of a body, each with its place in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Line", "dedent", "indent_of", "joined", "lazily", "numbered", "shift", "trimmed"]


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
