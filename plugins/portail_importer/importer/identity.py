"""What the front matter of a file bears that was written for a source: its name, and the seal of
what was written, there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from portail.model.entry import Entry
from portail.text.shapes import with_newlines

from .base import mark

# Keys of ``ids_externes``.
SOURCE: Final = "moisson"
SEAL: Final = "empreinte"
# A letter first: YAML would take twelve figures for a number.
_OPEN = f"b{'0' * 12}"


def source_of(entry: Entry) -> str:
    """The slug of the source that gave a content; "" for none."""
    return dict(entry.ids_externes).get(SOURCE, "")


def keys_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Each namespace and identifier by which its source calls a content."""
    return ((name, value) for name, value in entry.ids_externes if name not in (SOURCE, SEAL))


def borne(values: Mapping[str, Any], slug: str) -> dict[str, Any]:
    """``values`` of a file, flat, with the source ``slug``, if any, and a seal to close."""
    own = {f"ids_externes.{SOURCE}": slug, f"ids_externes.{SEAL}": _OPEN} if slug else {}
    return {**values, **own}


def sealed(text: str, path: PurePosixPath) -> bytes:
    """A file whose seal is open, closed over all the rest and its folder."""
    return text.replace(_OPEN, _digest(text, path), 1).encode()


def resealed(text: str, entry: Entry, path: PurePosixPath) -> bytes:
    """A file that its source itself mended, closed again."""
    return sealed(_opened(text, entry), path)


def is_sealed(text: str, entry: Entry, path: PurePosixPath) -> bool:
    """Whether nobody changed a file, nor moved it, since it was written for its source."""
    seal = dict(entry.ids_externes).get(SEAL, "")
    return bool(seal) and seal == _digest(_opened(with_newlines(text), entry), path)


def _opened(text: str, entry: Entry) -> str:
    return text.replace(dict(entry.ids_externes).get(SEAL, "") or _OPEN, _OPEN, 1)


def _digest(text: str, path: PurePosixPath) -> str:
    return f"b{mark([*path.parts[1:-1], text])}"
