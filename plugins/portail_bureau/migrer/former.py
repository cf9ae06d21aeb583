"""French names that greffons were written with before version 0.3.0: they stay for one version,
with a sentence that tells the English ones, which ``portail migrer`` writes."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from portail.feature import FacetSpec, FactSpec, Finding, RuleSpec
from portail.site.greffons import Greffon
from portail.terminal.voice import inform

_OUTPUTS = {"sorties": "outputs", "faits": "facts", "facettes": "facets", "regles": "rules"}
# What it is today, and the names of its arguments, by the former ones.
NAMES: Mapping[str, tuple[type, Mapping[str, str]]] = {
    "Fait": (FactSpec, {"enonce": "states", "genre": "kind", "canaux": "channels"}),
    "Facette": (
        FacetSpec,
        {
            "cle": "key",
            "titre": "title",
            "lit": "reads",
            "valeurs": "values",
            "seances": "sessions",
        },
    ),
    "Regle": (RuleSpec, {"titre": "title", "remede": "remedy", "cherche": "finds"}),
    "Faute": (Finding, {"contenu": "content", "champ": "field", "valeurs": "values"}),
    "Greffon": (Greffon, {"nom": "name", **_OUTPUTS}),
}
_DOOR = "portail.greffons."
_told: set[str] = set()


def __getattr__(name: str) -> Any:
    """What makes the thing of today, of the arguments of a former name. Raises
    ``AttributeError`` for any other name."""
    if name not in NAMES:
        raise AttributeError(name)
    if name not in _told:
        _told.add(name)
        inform(
            f"Greffons : « {name} » s’écrit « {_today(name)} » ; la prochaine version ne lira plus "
            "l’ancien nom, que « portail migrer --appliquer » récrit.\n",
            sys.stderr,
        )
    return partial(_made, name)


def _today(former: str) -> str:
    return NAMES[former][0].__name__


def _made(former: str, *args: Any, **named: Any) -> Any:
    today, arguments = NAMES[former]
    return today(*args, **{arguments.get(k, k): it for k, it in named.items()})


def in_english(text: str) -> str:
    """The module of a greffon with the names of today; the same text where it cannot be read.

    >>> in_english("from portail.greffons import Fait\\nx = Fait(f, canaux=('page',))\\n")
    "from portail.greffons import FactSpec\\nx = FactSpec(f, channels=('page',))\\n"
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return text
    rows = [row.encode() for row in text.split("\n")]
    for line, column, before, after in sorted(set(_renamed(tree)), reverse=True):
        row = rows[line - 1]
        if row[column:].startswith(before.encode()):
            rows[line - 1] = row[:column] + after.encode() + row[column + len(before) :]
    return b"\n".join(rows).decode()


# A line from 1, a column of bytes from 0, the word there, the one that takes its place.
Place = tuple[int, int, str, str]


def _renamed(tree: ast.Module) -> Iterator[Place]:
    # Former names, by what the module calls them.
    ours: dict[str, str] = {}
    doors = {_DOOR}
    for node in ast.walk(tree):
        for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            whole = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            if f"{whole}{alias.name}." == _DOOR and (alias.asname or whole):
                doors.add(f"{alias.asname or alias.name}.")
            elif whole == _DOOR and alias.name in NAMES:
                ours[alias.asname or alias.name] = alias.name
                yield alias.lineno, alias.col_offset, alias.name, _today(alias.name)
    ours |= {f"{door}{name}": name for door in doors for name in NAMES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and (name := ours.get(ast.unparse(node))):
            last = node.id if isinstance(node, ast.Name) else node.attr
            if last == name and node.end_lineno and node.end_col_offset:
                yield node.end_lineno, node.end_col_offset - len(last), last, _today(name)
        if isinstance(node, ast.Call) and (name := ours.get(ast.unparse(node.func))):
            for word in node.keywords:
                if word.arg and (after := NAMES[name][1].get(word.arg)):
                    yield word.lineno, word.col_offset, word.arg, after
