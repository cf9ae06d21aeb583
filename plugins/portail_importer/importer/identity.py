"""What the front matter of a file bears that sources gave or tell: the name of the one that wrote
it, and the seal of what was written; what each other one calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from portail.model.entry import Entry
from portail.text.shapes import with_newlines

from .base import mark

# Keys of ``ids_externes``.
SOURCE: Final = "moisson"
SEAL: Final = "empreinte"
# Before the name of a source that tells it too.
TOO: Final = "aussi-"
_IDS = "ids_externes."
# A letter first: YAML would take twelve figures for a number.
_OPEN = f"b{'0' * 12}"
_SEAL = re.compile(rf"(?<=\b{SEAL}: )b[0-9a-f]{{12}}\b")


def source_of(entry: Entry) -> str:
    """The slug of the source that gave a content; "" for none."""
    return dict(entry.ids_externes).get(SOURCE, "")


def keys_of(entry: Entry, slug: str) -> Iterator[tuple[str, str]]:
    """Each namespace and identifier by which the source ``slug`` calls a content."""
    for name, value in entry.ids_externes:
        if name == f"{TOO}{slug}":
            namespace, _, identifier = value.partition(" ")
            yield namespace, identifier
        elif source_of(entry) == slug and not (name in (SOURCE, SEAL) or name.startswith(TOO)):
            yield name, value


def tellers_of(entry: Entry) -> set[str]:
    """The slugs of the sources that tell a content."""
    too = {name.removeprefix(TOO) for name, _ in entry.ids_externes if name.startswith(TOO)}
    return too | ({source_of(entry)} - {""})


def borne(values: Mapping[str, Any], slug: str) -> dict[str, Any]:
    """``values`` of a file, flat, with the source ``slug``, if any, and a seal to close."""
    there = {name: it for name, it in values.items() if name.startswith(_IDS)}
    ids = {name.removeprefix(_IDS): it for name, it in there.items()}
    ids |= {SOURCE: slug, SEAL: _OPEN} if slug else {}
    others = {name: it for name, it in values.items() if name not in there}
    return others | {f"{_IDS}{name}": it for name, it in ordered(ids).items()}


def ordered(ids: Mapping[str, Any]) -> dict[str, Any]:
    """Identifiers in the order of files: two runs write the same bytes."""
    last = (SOURCE, SEAL)
    ranks = {name: (last.index(name) + 1 if name in last else 0) for name in ids}
    return {name: ids[name] for name in sorted(ids, key=lambda it: (ranks[it], it))}


def sealed(text: str, path: PurePosixPath) -> bytes:
    """A file whose seal is closed over all the rest and its folder."""
    opened = _SEAL.sub(_OPEN, text, count=1)
    return _SEAL.sub(_digest(opened, path), opened, count=1).encode()


def is_sealed(text: str, path: PurePosixPath) -> bool:
    """Whether nobody changed a file, nor moved it, since it was written for its source."""
    found = _SEAL.search(text)
    opened = _SEAL.sub(_OPEN, with_newlines(text), count=1)
    return found is not None and found[0] == _digest(opened, path)


def closed_again(before: bytes, after: bytes, path: PurePosixPath) -> bytes:
    """A file that a tool mended: nobody wrote in it."""
    if is_sealed(before.decode(), path):
        return sealed(after.decode(), path)
    return after


def _digest(text: str, path: PurePosixPath) -> str:
    return f"b{mark([*path.parts[1:-1], text])}"
