"""The faulty line of a file as a report quotes it: numbered, clipped, underlined with carets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath

from portail.diagnostics import Diagnostic

from .text import WIDTH, Style, cells, safe

# Gives the lines of a file of the report, without line ends; none when it cannot be read.
Lines = Callable[[PurePosixPath], Sequence[str]]

_INDENT = 4
_NAMED = re.compile(r"« ([a-z_]+) »")
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
