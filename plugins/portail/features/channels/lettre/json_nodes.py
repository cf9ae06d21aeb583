"""JSON with places: every value of a file where it stands."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from json.decoder import scanstring  # type: ignore[attr-defined]  # absent from the type stubs
from pathlib import PurePosixPath
from typing import Any, cast

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.source.document import Node

_DEPTH = 20
_BLANK = re.compile(r"[ \t\n]*")
_SCALAR = re.compile(r"[^\s,\]}]+")
TAKE_AGAIN = "Reprenez le fichier tel que « portail newsletter figer » l’a écrit."
_REASONS = (
    ("Expecting value", "une valeur manque, ou n’est pas entre guillemets"),
    ("Expecting ',' delimiter", "une virgule manque, ou un guillemet est refermé trop tôt"),
    ("Expecting ':' delimiter", "un deux-points manque après une clé"),
    ("Expecting property name", "une clé entre guillemets doubles est attendue ici"),
    ("Illegal trailing comma", "cette virgule est de trop"),
    ("Unterminated string", "un guillemet n’est jamais refermé"),
    ("Invalid control character", "un texte va à la ligne, ou contient un signe invisible"),
    ("Invalid", "après « \\ », ce signe n’a pas de sens"),
    ("Extra data", "le fichier continue après sa dernière accolade"),
)


def read_json(text: str, path: PurePosixPath) -> tuple[Any, list[Diagnostic]]:
    """The values of ``text`` (dictionaries, lists, texts, numbers), or why there are none (E127).

    ``text`` has ``\\n`` line ends.
    """
    if not text.strip():
        return None, [diagnostic("E127", Position(path), raison="il est vide", remede=TAKE_AGAIN)]
    place = Position(path)
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        reasons = (reason for clue, reason in _REASONS if error.msg.startswith(clue))
        reason = next(reasons, "il est mal formé")
        place = Position(path, error.lineno, error.colno, 1)
    except RecursionError:
        reason = "ses groupes sont emboîtés sans fin"
    except ValueError:  # NaN, or a number of thousands of digits
        reason = "un nombre n’en est pas un"
    else:
        if _depth(value) <= _DEPTH:
            return value, []
        reason = "ses groupes sont emboîtés sans fin"
    return None, [diagnostic("E127", place, raison=reason, remede=TAKE_AGAIN)]


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _depth(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inside), default=0) if isinstance(value, dict | list) else 0


def doubled_keys(text: str, path: PurePosixPath) -> list[Diagnostic]:
    """Keys that one group of the JSON ``text`` holds twice (E106): the last one would win."""
    clean = True

    def pairs(rows: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal clean
        read = dict(rows)
        clean = clean and len(read) == len(rows)
        return read

    json.loads(text, object_pairs_hook=pairs)
    if clean:
        return []
    composer = _Composer(text)
    composer.value(0)
    return [
        diagnostic("E106", Position(path, *place), cle=name, premiere=first)
        for name, place, first in composer.doubles
    ]


def compose(text: str) -> Node:
    """The nodes of ``text``, which ``read_json`` could read; numbers are texts."""
    return _Composer(text).value(0)[0]


class _Composer:
    """Walks a JSON text that is well formed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.doubles: list[tuple[str, tuple[int, int, int], int]] = []

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        line = bisect_right(self.starts, start)
        return line, start - self.starts[line - 1] + 1, end - start

    def blank(self, at: int) -> int:
        return cast(re.Match[str], _BLANK.match(self.text, at)).end()

    def value(self, at: int) -> tuple[Node, int]:
        start = self.blank(at)
        sign = self.text[start]
        inside: Any
        if sign == '"':
            inside, end = scanstring(self.text, start + 1, False)
        elif sign in "[{":
            inside, end = self.group(start)
            return Node(inside, *self.place(start, start + 1)), end
        else:
            match = cast(re.Match[str], _SCALAR.match(self.text, start))
            inside = match[0]
            end = match.end()
        return Node(inside, *self.place(start, end)), end

    def group(self, start: int) -> tuple[list[Node] | dict[str, Node], int]:
        rows = list(self.rows(start + 1))
        end = self.blank(rows[-1][2] if rows else start + 1) + 1
        if self.text[start] == "[":
            return [node for _, node, _ in rows], end
        named: dict[str, Node] = {}
        for name, node, _ in rows:
            if name in named:
                first = named[name].key
                self.doubles.append((name, node.key or (1, 1, 0), first[0] if first else 1))
            named[name] = node
        return named, end

    def rows(self, at: int) -> Iterator[tuple[str, Node, int]]:
        # Key (empty in a list), value and end of each row of a group, after its bracket.
        named = self.text[at - 1] == "{"
        at = self.blank(at)
        while self.text[at] not in "]}":
            name = ""
            key = None
            if named:
                name, end = scanstring(self.text, at + 1, False)
                key = self.place(at, end)
                at = self.blank(end) + 1
            node, at = self.value(at)
            node.key = key
            yield name, node, at
            at = self.blank(at)
            if self.text[at] == ",":
                at = self.blank(at + 1)
