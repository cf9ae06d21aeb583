"""What texts of a content should not publish: telephones and addresses that may be those of a
person (C331), what opens a meeting to whoever reads it (A338); anything of a person in what anyone
may ask (E279)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath

from msgspec.structs import replace

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.articles import ASKING, Annonce
from portail.model.entry import REDACTION, Entry
from portail.model.faults import CONTACTS, Private, phrase, private_contacts
from portail.model.registry import references_of
from portail.source.document import Node, Parts
from portail.source.persons import is_person, personal
from portail.text.leftovers import meeting_spans
from portail.text.normalise import fold, is_slug

_Find = Callable[[str], Iterable[Private]]
_ONLINE = frozenset({"en_ligne"})
"""The field of a link that is open to all."""


def check_private(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Entry | None = None
) -> Iterator[Diagnostic]:
    """Those of the front matter, but for the fields that ask for a structure's, then of the body;
    each once. What asks for something says nothing of a person at all."""
    if isinstance(entry, Annonce) and entry.categorie in ASKING:
        yield from _persons(root, parts, path, entry)
    else:
        for place, one in _found(root, parts, path, private_contacts, CONTACTS):
            nature = phrase(f"prive_{one.sort}")
            yield diagnostic("C331", place, valeur=one.found, nature=nature)
    for place, one in _found(root, parts, path, _meetings, _ONLINE):
        yield diagnostic("A338", place, valeur=one.found, nature=one.sort)


_REMEDIES = {"courriel": "courriel", "adresse": "courriel", "personne": "personne"}
_ASKED = frozenset({"telephone"})
"""The field that a rule of the model refuses (E278)."""


def _persons(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Annonce
) -> Iterator[Diagnostic]:
    """What is said of a person (E279): by a plain name in a field, then in any text."""
    named = [*references_of(entry)]
    people = [one for one in named if _is_person(one.value)]
    for one in people:
        place = root.at(one.loc).position(path) if root else Position(path)
        yield _person(place, Private(0, one.value, "personne"))
    structures = " ".join(one.value for one in named if one not in people)
    known = [word for word in fold(structures).replace("-", " ").split() if len(word) > 3]
    told = {one.value for one in people}
    for place, found in _found(root, parts, path, partial(personal, known=known), _ASKED):
        if found.found not in told:
            yield _person(place, found)


def _is_person(name: str) -> bool:
    return name != REDACTION and not is_slug(name) and is_person(name)


def _person(place: Position, one: Private) -> Diagnostic:
    remedy = phrase(f"demande_{_REMEDIES.get(one.sort, 'texte')}")
    nature = phrase(f"prive_{one.sort}")
    return diagnostic("E279", place, valeur=one.found, nature=nature, remede=remedy)


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
