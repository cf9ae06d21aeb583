"""From the bytes of a file to its text, its front matter (with places) and its body.

Read a front matter around the lines that cannot be read, so that one run reports all faults.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeAlias
from unicodedata import normalize

import yaml
from msgspec import Struct

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Fix, Position
from portail.files import unmerged
from portail.late import expression
from portail.model.aliases import ALIASES, DAYS, LISTS
from portail.model.faults import FieldPath, fill
from portail.resources import rows
from portail.text.normalise import fold, with_newlines
from portail.text.visible import MOST_ACCENTS, NOTHING, drawn, misplaced, piles

from .yaml_errors import in_quotes, yaml_error

# Characters that no text may hold: control characters break XML feeds, overrides of direction forge
# what a reviewer sees, the line ends of Unicode (that YAML follows) hide a field in a value.
FORBIDDEN = expression(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ufdd0-\ufdef]"
)
_MAX_SHOWN = 5
_DASHES = frozenset("-‐‑‒–—―_=*")
_HASH = expression(r"[ \t]+(#[^\s#]\S*)")
_PLAIN = expression(r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`].*[^\s:]|\w)?")
YAML = expression(r"""\[[^\[\]{}"']*\]|\{[^{}"']*\}|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
_FLOW = ",[]{}?"
# A line that a front matter may hold; text under it seldom looks so.
ROW = expression(r"[A-Za-z_]\w*:(?:[ \t].*)?|[ \t].*|-[ \t].*|#.*|[\]}].*|")
# A line of the metadata that Markdown itself has, Pelican’s: its key and its value.
HEADED = expression(r"([A-Za-zÀ-ÿ][\wÀ-ÿ-]{1,29}):[ \t]*(\S.*)?")


class Parts(Struct, frozen=True):
    """A text cut in two: YAML of the front matter and body, each with its first line (from 1)."""

    front: str
    front_line: int
    body: str
    body_line: int


def decode(data: bytes, path: PurePosixPath, genre: str) -> str | list[Diagnostic]:
    """The text of a file, without BOM and with ``\\n`` line ends, or what forbids reading it.

    ``genre`` is the kind's name, quoted in the remedy for an empty file.
    """
    raw = data.removeprefix(b"\xef\xbb\xbf")
    if not raw.strip():
        return [diagnostic("E116", Position(path), genre=genre)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = with_newlines(raw[: error.start].decode("utf-8"))
        line, column = _place(before, len(before))
        return [diagnostic("E101", Position(path, line, column), octet=f"0x{raw[error.start]:02X}")]
    text = with_newlines(text)
    diagnostics = []
    for start, length, code, values in islice(hidden(text), _MAX_SHOWN):
        line, column = _place(text, start)
        diagnostics.append(diagnostic(code, Position(path, line, column, length), **values))
    diagnostics += _unmerged(text, path)
    return diagnostics or text


def check_merged(path: PurePosixPath, data: bytes) -> list[Diagnostic]:
    """The merge conflicts left in a CSV file (E143)."""
    return _unmerged(with_newlines(data.decode("utf-8", "replace")), path)


def _unmerged(text: str, path: PurePosixPath) -> list[Diagnostic]:
    diagnostics = []
    for start, length in islice(unmerged(text), _MAX_SHOWN):
        line, column = _place(text, start)
        diagnostics.append(diagnostic("E143", Position(path, line, column, length)))
    return diagnostics


def check_unseen(root: Node | None, parts: Parts, path: PurePosixPath) -> list[Diagnostic]:
    """Invisible characters in fields and text (E102), and letters that are drawn (C284)."""
    unseen = [
        diagnostic("E102", Position(path, *place), nom=f"U+{ord(run[0]):04X}")
        for place, run in islice(_runs(misplaced, root, parts), _MAX_SHOWN)
    ]
    if next(drawn(f"{parts.front}\n{parts.body}"), None) is None:
        return unseen
    return unseen + [
        diagnostic("C284", Position(path, *place), Fix(meant), valeur=run, attendu=meant)
        for place, run in islice(_runs(drawn, root, parts), _MAX_SHOWN)
        if (meant := normalize("NFKC", run))
    ]


def _runs(
    find: Callable[[str], Iterator[tuple[int, int]]], root: Node | None, parts: Parts
) -> Iterator[tuple[tuple[int, int, int], str]]:
    rows = parts.front.split("\n")
    if root:
        for node, value in _scalars(root):
            for start, length in find(value):
                run = value[start : start + length]
                yield _spelled(run, node, rows, parts.front_line), run
    for start, length in find(parts.body):
        line, column = _place(parts.body, start)
        run = parts.body[start : start + length]
        yield (line + parts.body_line - 1, column, length), run


def _scalars(node: Node) -> Iterator[tuple[Node, str]]:
    if isinstance(node.value, str):
        yield node, node.value
        return
    for inside in node.value.values() if isinstance(node.value, dict) else node.value:
        yield from _scalars(inside)


def _spelled(run: str, node: Node, rows: list[str], first: int) -> tuple[int, int, int]:
    for rank in range(max(node.line - first, 0), len(rows)):
        column = rows[rank].find(run, node.column - 1 if rank == node.line - first else 0)
        if column >= 0:
            return rank + first, column + 1, len(run)
    return node.line, node.column, node.length


def hidden(text: str) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    """What no text may hold: its place, its length, the code that says so and its values."""
    for match in FORBIDDEN.finditer(text):
        yield match.start(), 1, "E102", {"nom": f"U+{ord(match[0]):04X}"}
    for start, count in piles(text):
        yield start, count, "E134", {"nombre": str(count), "limite": str(MOST_ACCENTS)}


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def is_fence(line: str) -> bool:
    """Whether ``line`` is one of the two that stand around a front matter."""
    return line.rstrip(" \t") == "---"


def split(text: str, path: PurePosixPath) -> Parts | Diagnostic:
    """Cut a text at its two ``---`` lines (E103, E104, E115)."""
    lines = text.split("\n")
    first = next((rank for rank, line in enumerate(lines) if line.strip()), 0)
    if not is_fence(lines[first]):
        header = HEADED.fullmatch(lines[first])
        position = Position(path, first + 1, 1, len(lines[first]))
        if header is None:
            return diagnostic("E103", position, remede=_without_fence(lines[first].rstrip()))
        if _is_closed(lines[first:]):
            remedy = f"Ajoutez une ligne « --- » au-dessus de « {header[1]}: … »."
            details = {"cle": header[1], "manque": " : la première manque", "remede": remedy}
            return diagnostic("E115", position, Fix("---"), **details)
        remedy = "Ajoutez une ligne « --- » au-dessus, et une autre sous le dernier champ."
        ours = [*_ours(lines[first:])]
        has_title = any(row.startswith("titre:") for row in ours)  # a text may begin by « Note: … »
        written = ""
        if has_title:
            written = "\n".join(["---", *ours, "---"])
        return diagnostic("E115", position, paste=written, cle=header[1], manque="", remede=remedy)
    for rank in range(first + 1, len(lines)):
        if lines[rank][:3] == "---" and is_fence(lines[rank]):
            front = "\n".join(lines[first + 1 : rank])
            return Parts(front, first + 2, "\n".join(lines[rank + 1 :]), rank + 2)
    return diagnostic("E104", Position(path, first + 1, 1, 3))


def _without_fence(line: str) -> str:
    # What to write in a text that ``line`` begins; word processors turn « --- » into dashes.
    absent = rows("yaml")["absent"]
    is_dashes = len(line) <= 10 and _DASHES.issuperset(line)
    return fill(absent["remedy"], {"signe": line}) if is_dashes else absent["reason"]


def _ours(lines: list[str]) -> Iterator[str]:
    # The rows of a header without fences, Pelican's for example, in our keys.
    for line in re.sub(r"\n[ \t]+(?=\S)", " ", "\n".join(lines)).split("\n"):
        row = HEADED.fullmatch(line)
        if row is None:
            return
        key = fold(row[1]).replace("-", "_")
        value = (row[2] or "").strip()
        if key in LISTS and not YAML.fullmatch(value):
            parts = re.split(r"\s*[,;]\s*", value)
            value = f"[{', '.join(in_flow(part) for part in parts if part)}]"
        elif key in DAYS:
            value = value[:10]
        elif not YAML.fullmatch(value):
            value = quoted(value)
        yield f"{ALIASES.get(key, key)}: {value}".rstrip()


def _is_closed(lines: list[str]) -> bool:
    for line in lines:
        if is_fence(line):
            return True
        if not ROW.fullmatch(line):
            return False
    return False


def quoted(value: str) -> str:
    if value not in NOTHING and _PLAIN.fullmatch(value) and ": " not in value and " #" not in value:
        return value
    return in_quotes(value)


def in_flow(text: str) -> str:
    """A scalar for a flow of YAML, in quotes when it needs them."""
    written = quoted(text)
    flows = written == text and any(map(text.__contains__, _FLOW))
    if flows:
        return json.dumps(text, ensure_ascii=False)
    return written


# YAML of the front matter, read as text with the place of every value.
#
# YAML's surprises are refused: no alias, anchor, tag, merge key or double key, and every scalar
# is text that the model types (PyYAML would read the postcode 01000 as 512 and « no » as false).
# What says nothing (``~``, ``null``) is an empty text.

MAX_DEPTH = 5
MAX_KILOBYTES = 64

# Front matter without places, as the models read it.
Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"]


class Node(Struct):
    """A value of the front matter and where it stands (line and column from 1, in the file).

    ``length`` is its width on its first line; ``key`` the place (line, column, length) of its key.
    """

    value: str | list[Node] | dict[str, Node]
    line: int
    column: int
    length: int
    key: tuple[int, int, int] | None = None

    def plain(self) -> Plain:
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return {name: node.plain() for name, node in self.value.items()}

    def at(self, loc: FieldPath) -> Node:
        """The node at ``loc``, or the deepest one on the way to it."""
        node = self
        for rank, step in enumerate(loc):
            inside = node.value
            if isinstance(inside, dict):
                if isinstance(step, int) and step < len(inside):
                    row = next(islice(inside.values(), step, None))
                    further = rank + 1 < len(loc)
                    if not further or not isinstance(row.value, str):
                        node = row
                elif str(step) in inside:
                    node = inside[str(step)]
                else:
                    break
            elif isinstance(inside, list) and isinstance(step, int) and step < len(inside):
                node = inside[step]
            else:
                break
        return node

    def position(self, path: PurePosixPath, *, of_key: bool = False) -> Position:
        """Where it stands in ``path``; ``of_key`` gives the place of its key instead."""
        if of_key and self.key:
            return Position(path, *self.key)
        return Position(path, self.line, self.column, self.length)

    def piece(self, path: PurePosixPath, start: int, text: str) -> Position:
        """Where ``text`` stands, from the character ``start`` of the value; all of the value when
        it is not written on one line as it is read.
        """
        quotes = self.length - len(self.value)
        if quotes not in (0, 2):
            return self.position(path)
        return Position(path, self.line, self.column + quotes // 2 + start, len(text))


def texts_of(root: Node | None, keys: Iterable[str]) -> Iterator[tuple[str, Node, str]]:
    """Key, node and text of the fields of a front matter that are texts, among ``keys``."""
    fields = {}
    if root is not None and isinstance(root.value, dict):
        fields = root.value
    for key in keys:
        node = fields.get(key)
        if node is not None and isinstance(node.value, str):
            yield key, node, node.value


class _Refused(Exception):
    """Carries the diagnostic that ends the reading of a front matter."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Builder:
    def __init__(self, text: str, path: PurePosixPath, first_line: int) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.shift = first_line
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.diagnostics: list[Diagnostic] = []

    def place(self, event: Any) -> tuple[int, int, int]:
        start = event.start_mark
        end = event.end_mark
        length = 0
        if end.line == start.line:
            length = end.column - start.column
        return start.line + self.shift, start.column + 1, length

    def refuse(self, code: str, event: Any, **values: str) -> _Refused:
        return _Refused(diagnostic(code, Position(self.path, *self.place(event)), **values))

    def node(self, event: Any, depth: int) -> Node:
        if event.anchor:
            if isinstance(event, yaml.AliasEvent):
                raise self.refuse("E107", event, signe=f"*{event.anchor}", nom="renvoi YAML")
            raise self.refuse("E107", event, signe=f"&{event.anchor}", nom="ancre YAML")
        if event.tag is not None:
            written = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise self.refuse("E107", event, signe=written, nom="type YAML")
        line, column, length = self.place(event)
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"':
                self.refuse_hidden(event)
            self.refuse_hash(event)
            nothing = event.implicit[0] and event.value in NOTHING
            return Node("" if nothing else event.value, line, column, length)
        if depth >= MAX_DEPTH:
            raise self.refuse("E109", event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(list(self.sequence(depth)), line, column, length)
        return Node(self.mapping(depth), line, column, length)

    def refuse_hidden(self, event: Any) -> None:
        # Escapes of a quoted value (``"\u202e"``) may write what the file itself may not hold.
        for _, _, code, values in islice(hidden(event.value), 1):
            self.diagnostics.append(self.refuse(code, event, **values).fault)

    def refuse_hash(self, event: Any) -> None:
        # « La nuit #3 » would be published « La nuit »: YAML takes the rest for a comment.
        end = event.end_mark
        if not event.implicit[0] or end.line >= len(self.lines):
            return
        if cut := _HASH.match(self.lines[end.line], end.column):
            place = Position(self.path, end.line + self.shift, cut.start(1) + 1, len(cut[1]))
            reason = rows("yaml")["diese"]["reason"]
            raise _Refused(diagnostic("E107", place, signe=cut[1], nom=reason))

    def sequence(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, depth + 1)

    def mapping(self, depth: int) -> dict[str, Node]:
        rows: dict[str, Node] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, depth + 1)
            if not isinstance(key.value, str) or not key.value.strip():
                raise self.refuse(
                    "E105",
                    event,
                    raison="une clé est vide ou n’est pas un mot",
                    remede="Écrivez un champ par ligne : « clé: valeur ».",
                )
            name = key.value.strip()
            if name == "<<":
                raise self.refuse("E107", event, signe="<<", nom="fusion YAML")
            value = self.node(next(self.events), depth + 1)
            value.key = (key.line, key.column, key.length)
            if name in rows:
                first = rows[name].key
                self.diagnostics.append(
                    diagnostic(
                        "E106",
                        Position(self.path, *value.key),
                        cle=name,
                        premiere=first[0] if first else 1,
                    )
                )
            else:
                rows[name] = value
        return rows


def parse_front_matter(
    text: str, path: PurePosixPath, first_line: int, *, weighed: bool = True
) -> tuple[Node | None, list[Diagnostic]]:
    """Read a front matter whose first line is line ``first_line`` of ``path``.

    Returns its root (a mapping) or ``None``, and what is wrong with it (E102, E105–E109, E117);
    ``weighed`` refuses one that is too heavy.
    """
    weight = len(text.encode()) / 1024
    if weighed and weight > MAX_KILOBYTES:
        return None, [diagnostic("E108", Position(path, first_line), poids=math.ceil(weight))]
    builder = _Builder(text, path, first_line)
    try:
        root = _root(builder)
    except _Refused as refused:
        return None, [*builder.diagnostics, refused.fault]
    except yaml.YAMLError as error:
        return None, [*builder.diagnostics, yaml_error(error, text, path, first_line)]
    if root is None or not isinstance(root.value, dict):
        return None, [diagnostic("E117", Position(path, first_line))]
    return root, builder.diagnostics


def _root(builder: _Builder) -> Node | None:
    root: Node | None = None
    for event in builder.events:
        if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            continue
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None or event.version or event.tags:
                raise builder.refuse(
                    "E107", event, signe="%", nom="directive ou second document YAML"
                )
            continue
        root = builder.node(event, 0)
    return root


_FIELD = expression(r"(?P<key>\w[\w-]*)[ \t]*:?[ \t]*(?P<value>.*)")
_TABBED = expression(r"[^\S\t]*\t\s*\w[\w-]*[ \t]*:")
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
