"""JSON with places: every value of a file where it stands."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

import yaml

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.source.document import Node

_DEPTH = 20
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
    doubles: list[tuple[str, Node, int]] = []
    _node(_composed(text), doubles)
    return [
        diagnostic("E106", again.position(path, of_key=True), cle=name, premiere=first)
        for name, again, first in doubles
    ]


def compose(text: str) -> Node:
    """The nodes of ``text``, which ``read_json`` could read; numbers are texts."""
    return _node(_composed(text), [])


def _composed(text: str) -> Any:
    # JSON is YAML, whose reader knows where values stand; a tab is none of its blanks.
    return yaml.compose(text.replace("\t", " "), Loader=yaml.SafeLoader)


def _node(found: Any, doubles: list[tuple[str, Node, int]]) -> Node:
    place = _place(found)
    if isinstance(found, yaml.SequenceNode):
        return Node([_node(one, doubles) for one in found.value], *place)
    if isinstance(found, yaml.ScalarNode):
        return Node(_text(found), *place)
    named: dict[str, Node] = {}
    for key, inside in found.value:
        name = _text(key)
        node = _node(inside, doubles)
        node.key = _place(key)
        if name in named:
            doubles.append((name, node, named[name].line))
        named[name] = node
    return Node(named, *place)


def _text(node: Any) -> str:
    # JSON escapes a sign beyond the first plane as two halves.
    return str(node.value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _place(node: Any) -> tuple[int, int, int]:
    start = node.start_mark
    length = node.end_mark.column - start.column if isinstance(node, yaml.ScalarNode) else 1
    return start.line + 1, start.column + 1, length
