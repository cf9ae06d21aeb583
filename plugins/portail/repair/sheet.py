"""A file to mend: its text with the offsets of its lines, its front matter, its body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from portail.body.markdown import Outline, outline
from portail.diagnostics import Diagnostic
from portail.source.document import Node, Parts, parse_front_matter, split
from portail.source.loader import SourceFile

_BOM = "\ufeff"
_END = re.compile(r"\r\n|\r|\n")


class Edit(NamedTuple):
    """``text`` to write instead of the characters from ``start`` to ``end`` of a sheet's text."""

    start: int
    end: int
    text: str


class Found(NamedTuple):
    """A node of the front matter and the one that holds it."""

    node: Node
    holder: Node

    @property
    def text(self) -> str:
        """Its value, empty when it is not a scalar."""
        return self.node.value if isinstance(self.node.value, str) else ""


class Sheet(Struct, frozen=True, dict=True):
    """A document being mended."""

    file: SourceFile
    raw: str
    """Its text as decoded, BOM and line ends included."""
    refs: frozenset[str] = frozenset()
    """References (``lieux/la-coupole``) of all the contents."""

    @cached_property
    def text(self) -> str:
        """The text as it is read: without BOM, lines ended by ``\\n``."""
        return _END.sub("\n", self.raw.removeprefix(_BOM))

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _raw_starts(self) -> list[int]:
        skipped = self.raw.startswith(_BOM)
        return [int(skipped), *(match.end() for match in _END.finditer(self.raw))]

    @cached_property
    def parts(self) -> Parts | None:
        """Front matter and body, when they can be parted."""
        parts = split(self.text, self.file.path)
        return parts if isinstance(parts, Parts) else None

    @cached_property
    def root(self) -> Node | None:
        """The front matter, keys as written; ``None`` when it cannot be read."""
        if self.parts is None:
            return None
        return parse_front_matter(self.parts.front, self.file.path, self.parts.front_line)[0]

    @cached_property
    def outline(self) -> Outline:
        """Headings of the body, and its lines of code."""
        parts = self.parts
        return outline(parts.body, parts.body_line) if parts else Outline([], frozenset())

    @property
    def body_start(self) -> int:
        """Offset of the first character of the body."""
        return self.offset(self.parts.body_line) if self.parts else len(self.text)

    def offset(self, line: int, column: int = 1) -> int:
        """Offset in ``text`` of a place counted from 1; the end when there is no such line."""
        if line > len(self._starts):
            return len(self.text)
        return min(self._starts[line - 1] + column - 1, len(self.text))

    def span(self, item: Diagnostic) -> tuple[int, int]:
        """Offsets of the span of ``item``, on its line."""
        place = item.position
        start = self.offset(place.line, place.column)
        return start, min(start + place.length, self.line(start)[1])

    def line(self, offset: int) -> tuple[int, int]:
        """Offsets of the line that holds ``offset``, its end left out."""
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end

    def whole_line(self, offset: int) -> tuple[int, int]:
        """Offsets of the line that holds ``offset``, with what parts it from the next one."""
        start, end = self.line(offset)
        return start, min(end + 1, len(self.text))

    def nodes(self) -> Iterator[Found]:
        """Every node of the front matter with its holder, in the order of the file."""
        yield from _below(self.root) if self.root is not None else ()

    def value_at(self, item: Diagnostic) -> Found | None:
        """The scalar that ``item`` points at, if it is written on one line."""
        place = (item.position.line, item.position.column)
        for found in self.nodes():
            node = found.node
            if (node.line, node.column) == place and isinstance(node.value, str) and node.length:
                return found
        return None

    def key_at(self, item: Diagnostic) -> Found | None:
        """The node whose key ``item`` points at."""
        place = (item.position.line, item.position.column)
        return next((it for it in self.nodes() if (it.node.key or ())[:2] == place), None)

    def bounds(self, node: Node) -> tuple[int, int]:
        """Offsets of a scalar written on one line, its quotes included."""
        start = self.offset(node.line, node.column)
        return start, start + node.length

    def mended(self, edits: Iterable[Edit]) -> Sheet:
        """The file after ``edits``, which do not overlap; every other byte is kept."""
        raw, line_end = self.raw, _END.search(self.raw)
        for edit in sorted(edits, reverse=True):
            text = edit.text.replace("\n", line_end[0] if line_end else "\n")
            raw = raw[: self._raw(edit.start)] + text + raw[self._raw(edit.end) :]
        return Sheet(self.file, raw, self.refs)

    def _raw(self, offset: int) -> int:
        row = bisect_right(self._starts, offset) - 1
        return self._raw_starts[row] + offset - self._starts[row]


def _below(holder: Node) -> Iterator[Found]:
    inside = holder.value
    if isinstance(inside, str):
        return
    for node in inside.values() if isinstance(inside, dict) else inside:
        yield Found(node, holder)
        yield from _below(node)


def apart(groups: Iterable[Sequence[Edit]]) -> list[int]:
    """Ranks of the groups that can be made together, which do not touch; of those that begin
    together, the widest goes first."""

    def extent(ranked: tuple[int, Sequence[Edit]]) -> tuple[int, int]:
        return min(edit.start for edit in ranked[1]), -max(edit.end for edit in ranked[1])

    kept: list[int] = []
    taken: list[Edit] = []
    for rank, group in sorted(enumerate(groups), key=extent):
        if not any(
            edit.start == other.start or (edit.start < other.end and other.start < edit.end)
            for edit in group
            for other in taken
        ):
            kept.append(rank)
            taken += group
    return kept
