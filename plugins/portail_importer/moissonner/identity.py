"""What the front matter of a harvested file bears: its source, and the seal of what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from portail.files import digest_bytes
from portail.model.entry import Entry
from portail.text.shapes import with_newlines

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
    """``values`` of a file, flat, with the source ``slug`` and a seal to close."""
    return {**values, f"ids_externes.{SOURCE}": slug, f"ids_externes.{SEAL}": _OPEN}


def sealed(text: str) -> bytes:
    """A file whose seal is open, closed over all the rest."""
    return text.replace(_OPEN, _digest(text), 1).encode()


def resealed(text: str, entry: Entry) -> bytes:
    """A file that the harvest itself mended, closed again."""
    return sealed(_opened(text, entry))


def is_sealed(text: str, entry: Entry) -> bool:
    """Whether nobody changed a file since a harvest wrote it."""
    seal = dict(entry.ids_externes).get(SEAL, "")
    return bool(seal) and seal == _digest(_opened(with_newlines(text), entry))


def is_placed(path: PurePosixPath, slug: str) -> bool:
    """Whether a file stands where the harvest of the source ``slug`` writes its own."""
    return slug in path.parts[2:-1]


def _opened(text: str, entry: Entry) -> str:
    return text.replace(dict(entry.ids_externes).get(SEAL, "") or _OPEN, _OPEN, 1)


def _digest(text: str) -> str:
    return f"b{digest_bytes(text.encode())[:12]}"
