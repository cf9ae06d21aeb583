"""Names that other tools give to our keys: understood, with an advice."""

from __future__ import annotations

from pathlib import PurePosixPath

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.model.kinds import Kind
from portail.source.frontmatter import Node

__all__ = ["ALIASES", "DAYS", "LISTS", "rename_aliases"]

ALIASES = {
    "title": "titre",
    "tags": "mots_cles",
    "keywords": "mots_cles",
    "summary": "resume",
    "description": "resume",
    "authors": "auteurs",
    "author": "auteurs",
    "modified": "modifie",
    "status": "statut",
    "timings": "seances",
    "location": "lieu",
    "date": "publie_le",
    "lang": "langue",
    "start": "debut",
    "end": "fin",
    "image_url": "image",
}
"""Key of Pelican, OpenAgenda or schema.org → ours."""

_SESSION = {"begin": "debut", "start": "debut", "end": "fin"}
"""OpenAgenda's keys inside ``timings``."""
LISTS = frozenset({"tags", "keywords", "authors"})
"""Foreign keys whose values may be one text, cut at commas or semicolons."""
DAYS = frozenset({"date", "modified"})
"""Foreign keys of days that may have an hour, which ours have not."""


def rename_aliases(
    root: Node, kind: Kind, fields: frozenset[str], path: PurePosixPath
) -> list[Diagnostic]:
    """Rename in place the foreign keys of ``root`` that ``fields`` lack; return the advice (C205).

    ``date`` on an event stays: it is an error that the caller says (E214).
    """
    ours = {
        name: target
        for name, target in ALIASES.items()
        if target in fields and not (kind is Kind.EVENT and name == "date")
    }
    advice = _rename(root, ours, fields, path)
    assert isinstance(root.value, dict)
    sessions = root.value.get("seances")
    if sessions is not None and "seances" in fields:
        for one in sessions.value if isinstance(sessions.value, list) else [sessions]:
            if isinstance(one, Node):
                advice += _rename(one, _SESSION, frozenset(_SESSION.values()), path)
    return advice


def _rename(
    group: Node, ours: dict[str, str], fields: frozenset[str], path: PurePosixPath
) -> list[Diagnostic]:
    """Rename the keys of one group; of two names for one key, the second stays, to be refused."""
    if not isinstance(group.value, dict):
        return []
    advice: list[Diagnostic] = []
    renamed: dict[str, Node] = {}
    for name, node in group.value.items():
        target = ours.get(name.lower())
        if target is None or name in fields or target in group.value or target in renamed:
            renamed[name] = node
        else:
            _adapt(name.lower(), node)
            renamed[target] = node
            place = node.position(path, of_key=True)
            advice.append(diagnostic("C205", place, cle=name, propose=target))
    group.value = renamed
    return advice


def _adapt(name: str, node: Node) -> None:
    """Pelican's forms: lists separated by commas or semicolons, days with an hour."""
    if not isinstance(node.value, str):
        return
    if name in LISTS:
        separator = ";" if ";" in node.value else ","
        quoted = node.length == len(node.value) + 2
        column = node.column + quoted
        items = []
        for piece in node.value.split(separator):
            item = piece.strip()
            start = column + len(piece) - len(piece.lstrip())
            items.append(Node(item, node.line, start, len(item)))
            column += len(piece) + 1
        node.value = [item for item in items if item.value]
    elif name in DAYS:
        node.value = node.value.replace("T", " ").split(" ")[0]
