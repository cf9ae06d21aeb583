"""What texts of a content should not publish: telephones and addresses that may be those of a
person (C331), what opens a meeting to whoever reads it (A338)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from msgspec.structs import replace

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import CONTACTS, Private, phrase, private_contacts
from portail.source.document import Node, Parts
from portail.text.leftovers import meeting_spans

_Find = Callable[[str], Iterable[Private]]
_ONLINE = frozenset({"en_ligne"})
"""The field of a link that is open to all."""


def check_private(root: Node | None, parts: Parts, path: PurePosixPath) -> Iterator[Diagnostic]:
    """Those of the front matter, but for the fields that ask for a structure's, then of the body;
    each once."""
    for place, one in _found(root, parts, path, private_contacts, CONTACTS):
        nature = phrase(f"prive_{one.sort}")
        yield diagnostic("C331", place, valeur=one.found, nature=nature)
    for place, one in _found(root, parts, path, _meetings, _ONLINE):
        yield diagnostic("A338", place, valeur=one.found, nature=one.sort)


def _meetings(text: str) -> Iterator[Private]:
    for one in meeting_spans(text):
        found = text[one.start : one.end]
        yield Private(one.start + len(found) - len(found.lstrip()), found.strip(), one.pattern.nom)


def _found(
    root: Node | None, parts: Parts, path: PurePosixPath, find: _Find, left: frozenset[str]
) -> Iterator[tuple[Position, Private]]:
    """What ``find`` sees in the fields, but for those of ``left``, then in the body; each once."""
    seen: set[str] = set()
    places = [*_fields(root, path, find, left)] if root else []
    for one in find(parts.body):
        number = parts.body_line + parts.body.count("\n", 0, one.start)
        column = one.start - parts.body.rfind("\n", 0, one.start)
        places.append((Position(path, number, column, len(one.found)), one))
    for place, one in places:
        if one.found not in seen:
            seen.add(one.found)
            yield place, one


def _fields(
    node: Node, path: PurePosixPath, find: _Find, left: frozenset[str]
) -> Iterator[tuple[Position, Private]]:
    if isinstance(node.value, str):
        for one in find(node.value):
            place = node.position(path)
            quote = (place.length - len(node.value)) // 2
            if place.length - len(node.value) in (0, 2):  # written on one line as it is read
                column = place.column + quote + one.start
                place = replace(place, column=column, length=len(one.found))
            yield place, one
        return
    rows = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
    for name, inner in rows:
        if name not in left:
            yield from _fields(inner, path, find, left)
