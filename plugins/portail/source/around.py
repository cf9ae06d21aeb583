"""A front matter with lines that cannot be read: what its other lines say, in the same run."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from portail.diagnostics import Diagnostic
from portail.source.document import Node, parse_front_matter
from portail.source.yaml_errors import in_quotes

_FIELD = re.compile(r"(?P<key>\w[\w-]*)[ \t]*:?[ \t]*(?P<value>.*)")
_TABBED = re.compile(r"\s*\t\s*\w[\w-]*[ \t]*:")
_BEGINS = re.compile(r"[^\s#-]")
"""The first sign of a line that begins a field: what is indented or listed goes on with one."""
_UNREADABLE = frozenset({"E105", "E107", "E109"})
"""Faults that stop the reading of a front matter at one of its fields."""
_MOST = 20
"""Fields that are passed over, at most: past it, the rest of the file is not what it seems."""


class Around(NamedTuple):
    """``root`` is the front matter without the fields that cannot be read, which hold what their
    line writes after its key; ``lines`` are those of these fields, about which ``diagnostics`` say
    all that there is to say."""

    root: Node | None
    diagnostics: list[Diagnostic]
    lines: frozenset[int]

    def others(self, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        """Of ``diagnostics``, those that are not about a field that cannot be read."""
        return [one for one in diagnostics if one.position.line not in self.lines]


def read_around(text: str, path: PurePosixPath, first_line: int) -> Around:
    """Read a front matter, passing over each field that cannot be read: every mistake of a file is
    told in one run. ``first_line`` and what is told: see ``parse_front_matter``."""
    rows = text.split("\n")
    told: list[Diagnostic] = []
    lines: set[int] = set()
    root, found = parse_front_matter(text, path, first_line)
    while root is None and found[-1].code in _UNREADABLE and len(told) < _MOST:
        fault = found[-1]
        block = _block(rows, fault.position.line - first_line)
        numbers = {row + first_line for row in block}
        if numbers <= lines:  # nothing more can be passed over there
            return Around(None, [*told, fault], frozenset())
        told.append(fault)
        lines |= numbers
        rows[block.start : block.stop] = [_kept(rows[block.start]), *[""] * (len(block) - 1)]
        root, found = parse_front_matter("\n".join(rows), path, first_line)
    rest = [one for one in found if one.position.line not in lines]
    return Around(root, told + rest, frozenset(lines) if root else frozenset())


def _block(rows: list[str], row: int) -> range:
    """The rows of the field that holds ``row``; a field behind a tabulation is on its own."""
    first = min(row, len(rows) - 1)
    if _TABBED.match(rows[first]):
        return range(first, first + 1)
    while first > 0 and not _BEGINS.match(rows[first]):
        first -= 1
    end = first + 1
    while end < len(rows) and not _BEGINS.match(rows[end]):
        end += 1
    return range(first, end)


def _kept(row: str) -> str:
    """A field whose value is the words of its line, so that it is not said to be missing."""
    field = _FIELD.match(row.lstrip())
    return f"{field['key']}: {in_quotes(field['value'])}" if field else ""
