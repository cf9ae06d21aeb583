"""Telephones and addresses that may be those of a person, in the texts of a content (C331)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec.structs import replace

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import CONTACTS, Private, phrase, private_contacts
from portail.source.document import Node, Parts


def check_private(root: Node | None, parts: Parts, path: PurePosixPath) -> Iterator[Diagnostic]:
    """Those of the front matter, but for the fields that ask for a structure's, then of the body;
    each once."""
    seen: set[str] = set()
    places = [*_fields(root, path)] if root else []
    for one in private_contacts(parts.body):
        number = parts.body_line + parts.body.count("\n", 0, one.start)
        column = one.start - parts.body.rfind("\n", 0, one.start)
        places.append((Position(path, number, column, len(one.found)), one))
    for place, one in places:
        if one.found not in seen:
            seen.add(one.found)
            nature = phrase(f"prive_{one.sort}")
            yield diagnostic("C331", place, valeur=one.found, nature=nature)


def _fields(node: Node, path: PurePosixPath) -> Iterator[tuple[Position, Private]]:
    if isinstance(node.value, str):
        for one in private_contacts(node.value):
            place = node.position(path)
            quote = (place.length - len(node.value)) // 2
            if place.length - len(node.value) in (0, 2):  # written on one line as it is read
                column = place.column + quote + one.start
                place = replace(place, column=column, length=len(one.found))
            yield place, one
        return
    rows = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
    for name, inner in rows:
        if name not in CONTACTS:
            yield from _fields(inner, path)
