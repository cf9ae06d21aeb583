"""The faulty line of a file as a report quotes it: numbered, clipped, underlined with carets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from portail.cli.terminal import WIDTH, Style, cells, safe
from portail.diagnostics import Diagnostic

Lines = Callable[[PurePosixPath], Sequence[str]]
"""Gives the lines of a file of the report, without line ends; none when it cannot be read."""

_INDENT = 4
_NAMED = re.compile(r"« ([a-z_]+) »")
_TITLE = re.compile(r"(?:titre|title|Title)[ \t]*:[ \t]+(\S.*)")
# The mistake is often on the line above the one where YAML gives up.
_WITH_NEIGHBOURS = ("E105",)
_CLIPPED = "…"


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A source line as it is printed, and where its faulty span falls, in cells."""

    text: str
    start: int
    width: int


def title_of(lines: Sequence[str]) -> str:
    """The title that a file's front matter gives, as written, without quotes; empty if none."""
    for line in lines[:200]:
        found = _TITLE.fullmatch(line.rstrip())
        if found:
            title = found[1]
            quoted = len(title) > 1 and title[0] == title[-1] and title[0] in "\"'"
            return title[1:-1] if quoted else title
    return ""


def excerpt(item: Diagnostic, lines: Sequence[str], style: Style, tint: str) -> Iterator[str]:
    """The lines that show where ``item`` is, carets painted in ``tint``.

    Nothing for a mistake of the whole file, or when the file has no such line (any more).
    """
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
        quoted = _quote(lines[rank - 1], item if here else None, room)
        yield f"{' ' * _INDENT}{number} {quoted.text}".rstrip()
        if here:
            mark = "^" * quoted.width
            label = safe(item.label)
            if label and quoted.start + quoted.width + 1 + cells(label) <= room:
                mark += f" {label}"
            frame = style.paint("terne", " │")
            yield f"{blank}{frame} {' ' * quoted.start}{style.paint(tint, mark)}"


def has_place(item: Diagnostic) -> bool:
    """Whether ``item`` points at a place of its file rather than at the whole of it."""
    place = item.position
    return (place.line, place.column, place.length) != (1, 1, 0)


def _ranks(item: Diagnostic, lines: Sequence[str]) -> list[int]:
    """Numbers of the lines to show: the faulty one, and those that explain it."""
    line = item.position.line
    shown = {line}
    if item.label or item.code in _WITH_NEIGHBOURS:
        shown |= {line - 1, line + 1}
        named = _NAMED.search(item.label)
        if named:
            shown.add(_line_of(named[1], line, lines))
    return sorted(
        rank
        for rank in shown
        if rank == line or (0 < rank <= len(lines) and lines[rank - 1].strip(" -"))
    )


def _line_of(key: str, line: int, lines: Sequence[str]) -> int:
    """The line nearest to ``line`` (above first) that writes ``key``; ``line`` itself if none."""
    written = re.compile(rf"(^|[\s{{,-]){key}\s*:")
    for distance in range(1, 60):
        for rank in (line - distance, line + distance):
            if 0 < rank <= len(lines) and written.search(lines[rank - 1]):
                return rank
    return line


def _quote(line: str, item: Diagnostic | None, room: int) -> _Quoted:
    """``line`` made safe and clipped to ``room`` cells around the span of ``item``."""
    pieces = [safe(sign) for sign in line]
    if item is None:
        start = end = 0
    else:
        start = min(item.position.column - 1, len(line))
        end = max(min(start + item.position.length, len(line)), start)
    sizes = [cells(piece) for piece in pieces]
    first, last = _window(sizes, start, end, room)
    text = "".join(pieces[first:last])
    if last < len(pieces):
        text += _CLIPPED
    shift = cells(_CLIPPED) if first else 0
    width = sum(sizes[start : min(end, last)])
    return _Quoted(
        (_CLIPPED if first else "") + text, shift + sum(sizes[first:start]), max(width, 1)
    )


def _window(sizes: Sequence[int], start: int, end: int, room: int) -> tuple[int, int]:
    """First and last+1 signs to show so that ``start`` is seen and all fits in ``room`` cells."""
    if sum(sizes) <= room:
        return 0, len(sizes)
    room -= 2 * cells(_CLIPPED)
    first, last = start, start
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
