"""Read a front matter around the lines that cannot be read, so that one run reports all faults."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from portail.diagnostics import Diagnostic

from .document import Node, parse_front_matter
from .yaml_errors import in_quotes

_FIELD = re.compile(r"(?P<key>\w[\w-]*)[ \t]*:?[ \t]*(?P<value>.*)")
_TABBED = re.compile(r"[^\S\t]*\t\s*\w[\w-]*[ \t]*:")
"""The first sign of a line that begins a field: what is indented or listed goes on with one."""
# Faults that stop the reading of a front matter at one of its fields.
_UNREADABLE = frozenset({"E105", "E107", "E109"})
# Fields that are passed over, at most: past it, the rest of the file is not what it seems.
_MOST = 20


class Around(NamedTuple):
    """A front matter of which some fields cannot be read: in ``root`` they hold their raw text."""

    root: Node | None
    diagnostics: list[Diagnostic]
    lines: frozenset[int]

    def elsewhere(self, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        return [
            diagnostic for diagnostic in diagnostics if diagnostic.position.line not in self.lines
        ]


def read_around(text: str, path: PurePosixPath, first_line: int) -> Around:
    """Read a front matter, replacing each field that cannot be read by its raw text and starting
    again. For ``first_line`` and the diagnostics, see ``parse_front_matter``."""
    rows = text.split("\n")
    faults: list[Diagnostic] = []
    lines: set[int] = set()
    root, raised = parse_front_matter(text, path, first_line)
    while root is None and raised[-1].code in _UNREADABLE and len(faults) < _MOST:
        fault = raised[-1]
        block = _block(rows, fault.position.line - first_line)
        numbers = {row + first_line for row in block}
        if numbers <= lines:  # nothing more can be passed over there
            return Around(None, [*faults, fault], frozenset())
        faults.append(fault)
        lines |= numbers
        rows[block.start : block.stop] = [_kept(rows[block.start]), *[""] * (len(block) - 1)]
        root, raised = parse_front_matter("\n".join(rows), path, first_line)
    elsewhere = [diagnostic for diagnostic in raised if diagnostic.position.line not in lines]
    return Around(root, faults + elsewhere, frozenset(lines) if root else frozenset())


def _block(rows: list[str], row: int) -> range:
    # The rows of the field that holds ``row``; a field behind a tabulation is on its own.
    first = min(row, len(rows) - 1)
    if _TABBED.match(rows[first]):
        return range(first, first + 1)
    while first > 0 and not _begins(rows[first]):
        first -= 1
    end = first + 1
    while end < len(rows) and not _begins(rows[end]):
        end += 1
    return range(first, end)


def _begins(row: str) -> bool:
    return row[:1].strip() not in ("", "#", "-")


def _kept(row: str) -> str:
    # The field of a row with its raw text as its value, so that it is not reported as missing.
    field = _FIELD.match(row.lstrip())
    if field:
        return f"{field['key']}: {in_quotes(field['value'])}"
    return ""
