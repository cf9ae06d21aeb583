"""A file to mend, its front matter and its body; every byte outside of an edit stays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, product
from typing import Any, NamedTuple

from msgspec import Struct

from portail.diagnostics import Diagnostic
from portail.model.faults import FieldPath
from portail.source.document import Node, Parts, parse_front_matter, split
from portail.source.loader import SourceFile
from portail.source.yaml_text import written
from portail.text.normalise import indent_of, with_newlines

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
        if isinstance(self.node.value, str):
            return self.node.value
        return ""


class Sheet(Struct, frozen=True, dict=True):
    """A document being mended."""

    file: SourceFile
    # Its text as decoded, BOM and line ends included.
    raw: str

    @cached_property
    def text(self) -> str:
        return with_newlines(self.raw.removeprefix(_BOM))

    @cached_property
    def _starts(self) -> list[int]:
        lengths = (len(line) + 1 for line in self.text.split("\n"))
        return [0, *accumulate(lengths)][:-1]

    @cached_property
    def _raw_starts(self) -> list[int]:
        skipped = self.raw.startswith(_BOM)
        return [int(skipped), *(match.end() for match in _END.finditer(self.raw))]

    @cached_property
    def parts(self) -> Parts | None:
        parts = split(self.text, self.file.path)
        if isinstance(parts, Parts):
            return parts
        return None

    @cached_property
    def root(self) -> Node | None:
        """The front matter, keys as written; ``None`` when it cannot be read."""
        if self.parts is None:
            return None
        return parse_front_matter(self.parts.front, self.file.path, self.parts.front_line)[0]

    @property
    def body_start(self) -> int:
        if self.parts:
            return self.offset(self.parts.body_line)
        return len(self.text)

    def offset(self, line: int, column: int = 1) -> int:
        """Offset in ``text`` of a place counted from 1; the end when there is no such line."""
        if line > len(self._starts):
            return len(self.text)
        return min(self._starts[line - 1] + column - 1, len(self.text))

    def span(self, item: Diagnostic) -> tuple[int, int]:
        place = item.position
        start = self.offset(place.line, place.column)
        return start, min(start + place.length, self.line(start)[1])

    def line(self, offset: int) -> tuple[int, int]:
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end

    def whole_line(self, offset: int) -> tuple[int, int]:
        """Offsets of the line that holds ``offset``, with what parts it from the next one."""
        start, end = self.line(offset)
        return start, min(end + 1, len(self.text))

    def nodes(self) -> Iterator[Found]:
        if self.root is not None:
            yield from _below(self.root)

    def value_at(self, item: Diagnostic) -> Found | None:
        place = (item.position.line, item.position.column)
        for field in self.nodes():
            node = field.node
            if (node.line, node.column) == place and isinstance(node.value, str) and node.length:
                return field
        return None

    def key_at(self, item: Diagnostic) -> Found | None:
        place = (item.position.line, item.position.column)
        return next((node for node in self.nodes() if (node.node.key or ())[:2] == place), None)

    def bounds(self, node: Node) -> tuple[int, int]:
        start = self.offset(node.line, node.column)
        return start, start + node.length

    def mended(self, edits: Iterable[Edit]) -> Sheet:
        """The file after ``edits``, which do not overlap; every other byte is kept."""
        raw = self.raw
        line_end = _END.search(self.raw)
        for edit in sorted(edits, reverse=True):
            text = edit.text.replace("\n", line_end[0] if line_end else "\n")
            raw = raw[: self._raw(edit.start)] + text + raw[self._raw(edit.end) :]
        return Sheet(self.file, raw)

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
    """Ranks of the groups that do not touch; of those that begin together, the widest."""

    def extent(ranked: tuple[int, Sequence[Edit]]) -> tuple[int, int]:
        return min(edit.start for edit in ranked[1]), -max(edit.end for edit in ranked[1])

    ranks = []
    taken: list[Edit] = []
    for rank, group in sorted(enumerate(groups), key=extent):
        if not any(
            edit.start == earlier.start or (edit.start < earlier.end and earlier.start < edit.end)
            for edit, earlier in product(group, taken)
        ):
            ranks.append(rank)
            taken += group
    return ranks


INDENT = "  "


def field_text(key: str, value: Any) -> str:
    """The lines of a field: a group has a line for each of its keys, a list of groups one for each
    row; what is else is on one line.

    >>> field_text("pret", {"panneaux": 12})
    'pret:\\n  panneaux: 12\\n'
    """
    if isinstance(value, Mapping):
        rows = [f"{INDENT}{name}: {written(inner)}" for name, inner in value.items()]
        return "\n".join([f"{key}:", *rows, ""])
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "\n".join([f"{key}:", *(f"{INDENT}- {written(row)}" for row in value), ""])
    return f"{key}: {written(value)}\n"


def set_field(sheet: Sheet, key: str, value: Any) -> Edit | None:
    """``value`` as the field ``key``, in its lines or last; ``None`` if fields begin no lines."""
    return _replaced(sheet, key, field_text(key, value))


def drop_field(sheet: Sheet, key: str) -> Edit | None:
    """The field ``key`` taken away, if it is there; ``None`` as ``set_field``."""
    fields = _fields(sheet)
    if fields is not None and key not in fields:
        return Edit(0, 0, "")
    return _replaced(sheet, key, "")


def set_inner(sheet: Sheet, path: Sequence[str], value: Any) -> Edit | None:
    """``value`` at ``path``, one or two keys; ``None`` as ``set_field``."""
    key, *inner = path
    node = _field(sheet, key)
    group: Any = node.plain() if node and isinstance(node.value, dict) else {}
    for name in inner:
        node = node.value.get(name) if node and isinstance(node.value, dict) else None
    if node and isinstance(node.value, str) and node.length and not isinstance(value, list | dict):
        return Edit(*sheet.bounds(node), written(value, flow=bool(inner)))
    return set_field(sheet, key, {**group, inner[0]: value} if inner else value)


def _field(sheet: Sheet, key: str) -> Node | None:
    holder = sheet.root.value if sheet.root else None
    if isinstance(holder, dict):
        return holder.get(key)
    return None


def _replaced(sheet: Sheet, key: str, text: str) -> Edit | None:
    fields = _fields(sheet)
    if fields is None or sheet.parts is None:
        return None
    lines = sheet.text.split("\n")
    fence = sheet.parts.body_line - 1
    if key not in fields:
        at = sheet.offset(fence)
        return Edit(at, at, text)
    first = fields[key]
    last = min((line for line in fields.values() if line > first), default=fence)
    while last > first + 1 and lines[last - 2].strip(" \t")[:1] in ("", "#"):
        last -= 1  # comments and blanks above the next field are its own
    return Edit(sheet.offset(first), sheet.offset(last), text)


def _fields(sheet: Sheet) -> Mapping[str, int] | None:
    inside = sheet.root.value if sheet.root else None
    if not isinstance(inside, dict):
        return None
    keys = {name: node.key for name, node in inside.items() if node.key}
    if any(key[1] != 1 for key in keys.values()):
        return None
    return {name: key[0] for name, key in keys.items()}


class Added(NamedTuple):
    """A list with its new rows, and the former rank of each of them (``~rank`` of a new one)."""

    edits: Sequence[Edit]
    order: Sequence[int]


def add_rows(
    sheet: Sheet, key: str, rows: Sequence[Mapping[str, Any]], rank: Callable[[Any], Any]
) -> Added | None:
    """``rows`` in the list ``key``, in the order of ``rank``; ``None`` as ``set_field``."""
    node = _field(sheet, key)
    items = []
    if node and isinstance(node.value, list):
        items = node.value
    order = _merged([rank(item.plain()) for item in items], [rank(row) for row in rows])
    marks = [sheet.text[slice(*_before(sheet, item))] for item in items]
    if not items or any(mark.strip(" \t") != "-" for mark in marks):
        plain = [rows[~place] if place < 0 else items[place].plain() for place in order]
        edit = set_field(sheet, key, plain)
        if edit:
            return Added([edit], order)
        return None
    whole = _replaced(sheet, key, "")
    if whole is None:
        return None
    indent = indent_of(marks[0])
    edits = []
    waiting = ""
    for place in order:
        if place < 0:
            waiting += f"{indent}- {written(rows[~place])}\n"
        elif waiting:
            at = sheet.line(_before(sheet, items[place])[0])[0]
            edits.append(Edit(at, at, waiting))
            waiting = ""
    if waiting:
        edits.append(Edit(whole.end, whole.end, waiting))
    return Added(edits, order)


def _before(sheet: Sheet, node: Node) -> tuple[int, int]:
    at = sheet.offset(node.line, node.column)
    return sheet.line(at)[0], at


def _merged(present: Sequence[Any], new: Sequence[Any]) -> list[int]:
    # Ranks of the former rows, with those of the new ones (``~rank``) before what comes after.
    order = []
    waiting = sorted(range(len(new)), key=lambda place: (new[place], place))
    for rank, key in enumerate(present):
        while waiting and new[waiting[0]] < key:
            order.append(~waiting.pop(0))
        order.append(rank)
    return order + [~place for place in waiting]


def path_at(root: Node, line: int, column: int) -> FieldPath:
    """The way to the value, or to the key, that is nearest before a place."""
    best: tuple[tuple[int, int], FieldPath] = ((0, 0), ())
    stack: list[tuple[Node, FieldPath]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        places = [(node.line, node.column)]
        if node.key:
            places.append(node.key[:2])
        before = [place for place in places if place <= (line, column)]
        if path and before:
            best = max(
                best, (max(before), path), key=lambda candidate: (candidate[0], len(candidate[1]))
            )
        if isinstance(node.value, dict):
            stack += [(inner, (*path, name)) for name, inner in node.value.items()]
        elif isinstance(node.value, list):
            stack += [(inner, (*path, rank)) for rank, inner in enumerate(node.value)]
    return best[1]
