"""Text for a terminal: safe to print, measured in cells, wrapped, coloured."""

from __future__ import annotations

import difflib
import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from msgspec import Struct

from portail.codes import shown
from portail.diagnostics import ConfigError, PortailError
from portail.machine import reason_of, refused

# Columns of a report, so that it fits the narrowest usual terminal and a quoted mail.
WIDTH = 78

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


class Style(NamedTuple):
    """Paints words, or leaves them plain when ``colour`` is false."""

    colour: bool

    def paint(self, name: str, text: str) -> str:
        """``text`` in one of the styles gras, terne, erreur, bon, avertissement, conseil."""
        if self.colour and text:
            return f"\x1b[{_ANSI[name]}m{text}\x1b[0m"
        return text


def safe(text: str) -> str:
    """One line of ``text`` that can neither drive a terminal nor forge another line: what is not
    printable is written ``\\uXXXX``, a tab as four spaces.

    >>> safe("a\\tb\\x1b[2J")
    'a    b\\\\u001b[2J'
    """
    return shown(text.replace("\t", "    "), len(text) * 4 + 1)


def printable(text: str) -> str:
    """A JSON text, escaping too what a terminal or a log may obey (bidi marks, C1 controls…)."""
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


def error_sentence(error: BaseException) -> str:
    """The French sentence of an expected error, of ours or of the machine; ``""`` for any other."""
    if isinstance(error, PortailError):
        return "\n".join(map(safe, str(error).split("\n")))
    # Without greffons, a command does not import what they need.
    greffons = sys.modules.get("portail.site.greffons")
    return safe((greffons.blamed(error) if greffons else "") or refused(error))


@contextmanager
def refusals(sentence: str) -> Iterator[None]:
    """What the system refuses inside is a ``ConfigError``: ``sentence``, then why."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{sentence} : {reason_of(error)}.") from error


def cells(text: str) -> int:
    """Columns of ``text`` on a terminal: ideographs and emoji two, combining characters none.

    >>> cells("été"), cells("日本"), cells("e\\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200d\ufe0f":
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 1


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, cut between words, else in a word too long for a line."""
    lines = []
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
    if line or not lines:
        return [*lines, line]
    return lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    for piece in text.split(" "):
        glued = words and (words[-1].endswith(_OPENING) or piece.startswith(_CLOSING))
        if glued and cells(words[-1]) + cells(piece) < WIDTH // 2:
            words[-1] = f"{words[-1]} {piece}"
        elif piece:
            words.append(piece)
    return words


def _head(text: str, width: int) -> str:
    used = 0
    for rank, character in enumerate(text):
        used += _cell(character)
        if used > width and rank:
            return text[:rank]
    return text


class Run(Struct, frozen=True):
    """The run that a report is of."""

    read: int
    seconds: float | None = None
    # Whether something was published all the same, as a preview is with errors.
    published: bool = False
    command: str = "portail"
    # End of the title: « content/ au 27 septembre 2021 ».
    subject: str = ""
    repairs: int = 0
    # Whether its advices are counted alone: it is made at each change of a file.
    brief: bool = False
    refused: str = "Rien n’a été publié : le site en ligne est inchangé."


def counted(number: int, words: tuple[str, str]) -> str:
    """A number and its noun: « 1 erreur », « 0 erreur », « 2 erreurs »."""
    return f"{number} {words[number > 1]}"


# A file that changes, as a unified diff.

_TINTS = {"+": "bon", "-": "erreur", "@": "terne", " ": ""}


def diff_rows(name: str, before: bytes, after: bytes, style: Style) -> Iterator[str]:
    """What changes from ``before`` to ``after``, the texts of the file ``name``."""
    rows = difflib.unified_diff(
        _lines(before), _lines(after), f"a/{name}", f"b/{name}", lineterm=""
    )
    for rank, row in enumerate(rows):
        tint = "terne" if rank < 2 else _TINTS[row[0]]
        yield style.paint(tint, safe(row)) if tint else safe(row)


def _lines(data: bytes) -> Sequence[str]:
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
