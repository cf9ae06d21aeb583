"""Text for a terminal: safe to print, measured in cells, wrapped, in ANSI's 16 colours."""

from __future__ import annotations

import unicodedata

from portail.codes import shown

__all__ = ["WIDTH", "Style", "cells", "safe", "wrap"]

WIDTH = 78
"""Columns of a report, so that it fits the narrowest usual terminal and a quoted mail."""

_ANSI = {
    "gras": "1",
    "terne": "2",
    "erreur": "1;31",
    "bon": "1;32",
    "avertissement": "1;33",
    "conseil": "1;36",
}
_OPENING = ("«", "(", "[")
_CLOSING = ("»", ":", ";", "?", "!")


class Style:
    """Paints words, or leaves them plain when ``colour`` is false."""

    __slots__ = ("colour",)

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def paint(self, name: str, text: str) -> str:
        """``text`` in one of the styles gras, terne, erreur, bon, avertissement, conseil."""
        return f"\x1b[{_ANSI[name]}m{text}\x1b[0m" if self.colour and text else text


def safe(text: str) -> str:
    """One line of ``text`` that can neither drive a terminal nor forge another line.

    Whatever is not printable is written ``\\uXXXX``; a tab, which is only a blank, is four
    spaces.

    >>> safe("a\\tb\\x1b[2J")
    'a    b\\\\u001b[2J'
    """
    return shown(text.replace("\t", "    "), len(text) * 4 + 1)


def cells(text: str) -> int:
    """Columns that ``text`` takes on a terminal: ideographs and emoji two, combining signs none.

    >>> cells("été"), cells("日本"), cells("e\\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_cell(sign) for sign in text)


def _cell(sign: str) -> int:
    if unicodedata.combining(sign) or sign in "\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """Cut ``text`` into lines of at most ``width`` cells, between words.

    French quotes and high punctuation stay with their word; a word too long for a line is cut.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while cells(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line] if line or not lines else lines


def _words(text: str) -> list[str]:
    """Words of ``text``; « a » and « b : » count as one, unless that would fill a line."""
    words: list[str] = []
    for piece in text.split(" "):
        glued = words and (words[-1].endswith(_OPENING) or piece.startswith(_CLOSING))
        if glued and cells(words[-1]) + cells(piece) < WIDTH // 2:
            words[-1] = f"{words[-1]} {piece}"
        elif piece:
            words.append(piece)
    return words


def _head(text: str, width: int) -> str:
    """The longest beginning of ``text`` within ``width`` cells, one sign at least."""
    used = 0
    for rank, sign in enumerate(text):
        used += _cell(sign)
        if used > width and rank:
            return text[:rank]
    return text
