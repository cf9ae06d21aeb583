"""From the bytes of a file to its text, and from its text to front matter and body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.text.visible import MOST_ACCENTS, NOTHING, piles

__all__ = ["FORBIDDEN", "ROW", "Parts", "decode", "hidden", "quoted", "split"]

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ufdd0-\ufdef]"
)
"""Characters that no text may hold: control characters break XML feeds, overrides of direction
forge what a reviewer sees, the line ends of Unicode (that YAML follows) hide a field in a value."""
_MAX_SHOWN = 5
_FENCE = re.compile(r"---[ \t]*")
_PLAIN = re.compile(r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`].*[^\s:]|\w)?")
_LIST = re.compile(r"""\[[^\[\]{}"']*\]""")
_YAML = re.compile(r"""\{[^{}"']*\}|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
ROW = re.compile(r"[A-Za-z_]\w*:(?:[ \t].*)?|[ \t].*|-[ \t].*|#.*|[\]}].*|")
"""A line that a front matter may hold; text under it seldom looks so."""
_PELICAN = re.compile(r"([A-Za-z_]{2,20}):[ \t]*(\S.*)?")


@dataclass(frozen=True, slots=True)
class Parts:
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
        before = _lines(raw[: error.start].decode("utf-8"))
        line, column = _place(before, len(before))
        return [diagnostic("E101", Position(path, line, column), octet=f"0x{raw[error.start]:02X}")]
    text = _lines(text)
    found = []
    for start, length, code, values in islice(hidden(text), _MAX_SHOWN):
        line, column = _place(text, start)
        found.append(diagnostic(code, Position(path, line, column, length), **values))
    return found or text


def hidden(text: str) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    """What no text may hold: its place, its length, the code that says so and its values."""
    for match in FORBIDDEN.finditer(text):
        yield match.start(), 1, "E102", {"nom": f"U+{ord(match[0]):04X}"}
    for start, count in piles(text):
        yield start, count, "E134", {"nombre": str(count), "limite": str(MOST_ACCENTS)}


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def split(text: str, path: PurePosixPath) -> Parts | Diagnostic:
    """Cut a text at its two ``---`` lines (E103, E104, E115)."""
    lines = text.split("\n")
    first = next((rank for rank, line in enumerate(lines) if line.strip()), 0)
    if not _FENCE.fullmatch(lines[first]):
        header = _PELICAN.fullmatch(lines[first])
        position = Position(path, first + 1, 1, len(lines[first]))
        if header is None:
            return diagnostic("E103", position)
        if _is_closed(lines[first:]):
            remedy = f"Ajoutez une ligne « --- » au-dessus de « {header[1]}: … »."
            told = {"cle": header[1], "manque": " : la première manque", "remede": remedy}
            return diagnostic("E115", position, **told)
        told = {"cle": header[1], "manque": "", "remede": "Écrivez :"}
        return diagnostic("E115", position, paste=_as_yaml(lines[first:]), **told)
    for rank in range(first + 1, len(lines)):
        if _FENCE.fullmatch(lines[rank]):
            front = "\n".join(lines[first + 1 : rank])
            return Parts(front, first + 2, "\n".join(lines[rank + 1 :]), rank + 2)
    return diagnostic("E104", Position(path, first + 1, 1, 3))


def _is_closed(lines: list[str]) -> bool:
    """Whether there is nothing but fields up to a line ``---``, which then ends them."""
    for line in lines:
        if _FENCE.fullmatch(line):
            return True
        if not ROW.fullmatch(line):
            return False
    return False


def _as_yaml(lines: list[str]) -> str:
    header: list[str] = []
    for line in lines:
        found = _PELICAN.fullmatch(line)
        if not found and header and re.match(r"[ \t]+\S|- ", line):
            header.append(line)
            continue
        if not found:
            break
        key, value = found[1], (found[2] or "").rstrip()
        # Keys of Pelican have a capital and values without quotes; others are YAML already.
        known = _LIST.fullmatch(value) or (key.islower() and _YAML.fullmatch(value))
        header.append(f"{key.lower()}: {value if known else quoted(value)}".rstrip())
    return "\n".join(["---", *header, "---"])


def quoted(value: str) -> str:
    """The value as YAML reads it whole: between quotes if a sign of it would mean something."""
    if value not in NOTHING and _PLAIN.fullmatch(value) and ": " not in value and " #" not in value:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
