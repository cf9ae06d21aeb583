"""Neighbours, which a setting listed before version 0.3.0, are sources of ``sources.yml``."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping

_SETTING = "PORTAIL_VOISINS"
# The other one named the folder of their copies.
_SETTINGS = (_SETTING, f"{_SETTING}_DOSSIER")


def _assigned(text: str) -> Iterator[ast.Assign]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in _SETTINGS:
            yield node


def without_neighbours(text: str) -> str:
    r"""Settings that list no neighbour.

    >>> without_neighbours("A = 1\nPORTAIL_VOISINS = [\n    {},\n]\nB = 2\n")
    'A = 1\nB = 2\n'
    """
    lines = text.splitlines(keepends=True)
    for node in reversed([*_assigned(text)]):
        del lines[node.lineno - 1 : node.end_lineno]
    return "".join(lines)


def listed_in(text: str) -> list[Mapping[str, str]]:
    """The neighbours that settings list, when they do so in full."""
    for node in _assigned(text):
        if ast.unparse(node.targets[0]) == _SETTING:
            try:
                return [row for row in ast.literal_eval(node.value) if isinstance(row, dict)]
            except (ValueError, TypeError):
                return []
    return []


def with_sources(text: str, rows: Iterable[Mapping[str, str]]) -> str:
    r"""``sources.yml`` with a source for each neighbour.

    >>> rows = [{"nom": "Écho", "api": "https://e.example/api/v1/"}]
    >>> with_sources("# Vide.\n", rows)
    '# Vide.\nsources:\n  - nom: "Écho"\n    adresse: "https://e.example/"\n    voisin: true\n'
    """
    lines = text.splitlines()
    items = [line for line in lines if line.lstrip().startswith("- ")]
    if "sources:" not in [line.split("#")[0].rstrip() for line in lines]:
        lines.append("sources:")
        items = []
    margin = " " * (len(items[0]) - len(items[0].lstrip()) if items else 2)
    for row in rows:
        home = row.get("site") or f"{row.get('api', '')}".removesuffix("api/v1/")
        lines += [
            f"{margin}- nom: {json.dumps(row.get('nom', ''), ensure_ascii=False)}",
            f"{margin}  adresse: {json.dumps(home, ensure_ascii=False)}",
            f"{margin}  voisin: true",
        ]
    return "".join(f"{line}\n" for line in lines)
