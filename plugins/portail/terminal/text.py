"""Text for a terminal: safe to print, measured in cells, wrapped, coloured.

The faulty line of a file as a report quotes it: numbered, clipped, underlined with carets.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec import Struct

from portail.codes import shown
from portail.diagnostics import ConfigError, Diagnostic, PortailError
from portail.late import expression
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


# Gives the lines of a file of the report, without line ends; none when it cannot be read.
Lines = Callable[[PurePosixPath], Sequence[str]]

_INDENT = 4
_NAMED = expression(r"« ([a-z_]+) »")
_TITLES = ("titre", "title", "Title")
# The mistake is often on the line above the one where YAML gives up.
_WITH_NEIGHBOURS = ("E105",)
_CLIPPED = "…"


def title_of(lines: Sequence[str]) -> str:
    """The title that a file's front matter gives, as written, without quotes; empty if none."""
    pairs = (line.partition(":") for line in lines[:200])
    values = (value for key, _, value in pairs if key.rstrip(" \t") in _TITLES)
    title = next((value.strip() for value in values if value[:1].isspace()), "")
    quoted = len(title) > 1 and title[0] == title[-1] and title[0] in "\"'"
    if quoted:
        return title[1:-1]
    return title


def excerpt(item: Diagnostic, lines: Sequence[str], style: Style, tint: str) -> Iterator[str]:
    """The lines that show where ``item`` is, carets in ``tint``; none for a whole file."""
    place = item.position
    if not has_place(item) or place.line > len(lines):
        return
    ranks = _ranks(item, lines)
    width = len(str(ranks[-1]))
    blank = " " * (_INDENT + width)
    for before, rank in zip((ranks[0], *ranks), ranks, strict=False):
        if rank - before > 1:
            yield blank + style.paint("terne", " ⋮")
        number = style.paint("terne", f"{rank:>{width}} │")
        here = rank == place.line
        room = WIDTH - _INDENT - width - 3
        text, start, span = _quote(lines[rank - 1], item if here else None, room)
        yield f"{' ' * _INDENT}{number} {text}".rstrip()
        if here:
            label = safe(item.label)
            fits = label and start + span + 1 + cells(label) <= room
            mark = f"{'^' * span} {label}" if fits else "^" * span
            yield f"{blank}{style.paint('terne', ' │')} {' ' * start}{style.paint(tint, mark)}"


def has_place(item: Diagnostic) -> bool:
    place = item.position
    return (place.line, place.column, place.length) != (1, 1, 0)


def _ranks(item: Diagnostic, lines: Sequence[str]) -> list[int]:
    # Numbers of the lines to show: the faulty one, and those that explain it.
    line = item.position.line
    shown = {line}
    if item.label or item.code in _WITH_NEIGHBOURS:
        shown |= {line - 1, line + 1}
        named = _NAMED.search(item.label)
        if named:  # the nearest line that writes the key, above first
            key = re.compile(rf"(^|[\s{{,-]){named[1]}\s*:")
            around = chain.from_iterable((line - far, line + far) for far in range(1, 60))
            writing = (n for n in around if 0 < n <= len(lines) and key.search(lines[n - 1]))
            shown.add(next(writing, line))
    return sorted(
        rank
        for rank in shown
        if rank == line or (0 < rank <= len(lines) and lines[rank - 1].strip(" -"))
    )


def _quote(line: str, item: Diagnostic | None, room: int) -> tuple[str, int, int]:
    # ``line`` made safe and clipped to ``room`` cells around the span of ``item``, then start and
    # width of the span, in cells.
    pieces = [safe(character) for character in line]
    start = 0
    if item:
        start = min(item.position.column - 1, len(line))
    end = 0
    if item:
        end = max(min(start + item.position.length, len(line)), start)
    sizes = [cells(piece) for piece in pieces]
    first, last = _window(sizes, start, end, room)
    head = _CLIPPED if first else ""
    tail = _CLIPPED if last < len(pieces) else ""
    width = sum(sizes[start : min(end, last)])
    text = f"{head}{''.join(pieces[first:last])}{tail}"
    return text, cells(head) + sum(sizes[first:start]), max(width, 1)


def _window(sizes: Sequence[int], start: int, end: int, room: int) -> tuple[int, int]:
    # First and last+1 characters to show so that ``start`` is seen and all fits in ``room``.
    if sum(sizes) <= room:
        return 0, len(sizes)
    room -= 2 * cells(_CLIPPED)
    first = start
    last = start
    used = 0
    # The span first, then some of what precedes it, then what follows.
    while last < end and used + sizes[last] <= room:
        used += sizes[last]
        last += 1
    ahead = min(room // 4, room - used)
    while first > 0 and sizes[first - 1] <= ahead:
        first -= 1
        ahead -= sizes[first]
        used += sizes[first]
    while last < len(sizes) and used + sizes[last] <= room:
        used += sizes[last]
        last += 1
    while first > 0 and used + sizes[first - 1] <= room:
        first -= 1
        used += sizes[first]
    return first, last
