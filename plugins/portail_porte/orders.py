"""What the reading of the box hands to who writes on the forge: files, and words of ours, in one
folder. Whoever writes reads no mail and believes nothing: each path, size and name is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from msgspec import DecodeError, Struct, field
from msgspec.json import decode, encode

from portail.diagnostics import Refused
from portail.files import atomic_write, unsafe_reason
from portail.model.kinds import BY_FOLDER, Kind
from portail.source.loader import MEDIA_TYPES

from .forge import BRANCHES

_KEY = re.compile(r"[0-9a-f]{16}")
_SORT = re.compile(r"[^\W\d_]?[\w ’,-]{0,60}")
_MOST_FILES = 400
_ALL_BYTES = 60_000_000
_LONGEST = 60_000
_TITLE = 200
# Kinds of contents that no mail may touch.
_HELD = frozenset({Kind.NEWSLETTER})


class Order(Struct, frozen=True):
    """A message to propose: ``files`` in a commit of ``branch``, else ``comment`` alone."""

    message: str
    branch: str
    title: str
    text: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    comment: str = ""
    # What the person is told of it, once it is proposed.
    told: Sequence[str] = ()
    # As what a person of the team receives the message too, with the link of the proposal; ``""``
    # when its proposal says all of it.
    sort: str = ""

    @property
    def named(self) -> str:
        """What names the message on the forge: its key, and the sort."""
        return f"{self.message} {self.sort}".rstrip()

    @property
    def by_path(self) -> dict[PurePosixPath, bytes]:
        return {PurePosixPath(path): data for path, data in self.files.items()}


def write_order(folder: Path, order: Order) -> None:
    atomic_write(folder / f"{order.message}.json", encode(order), durable=False)


def read_orders(folder: Path, content: str) -> Iterator[Order]:
    """The orders of ``folder``. Raises ``Refused`` for what no reading would have written."""
    for path in sorted(folder.glob("*.json")):
        try:
            order = decode(path.read_bytes(), type=Order)
        except (DecodeError, ValueError):
            raise Refused(f"« {path.name} » n’est pas ce que la relève écrit.") from None
        branch = order.branch.removeprefix(BRANCHES)
        if (
            not all(map(_KEY.fullmatch, (order.message, branch)))
            or order.branch != f"{BRANCHES}{branch}"
            or path.stem != order.message
            or len(order.title) > _TITLE
            or not _SORT.fullmatch(order.sort)
            or max(len(order.text), len(order.comment)) > _LONGEST
            or len(order.files) > _MOST_FILES
            or sum(map(len, order.files.values())) > _ALL_BYTES
            or not all(_is_placed(name, content) for name in order.files)
        ):
            raise Refused(f"« {path.name} » n’est pas ce que la relève écrit.")
        yield order


def _is_placed(name: str, content: str) -> bool:
    path = PurePosixPath(name)
    if unsafe_reason(name) or len(path.parts) < 3 or path.parts[0] != content:
        return False
    kind = BY_FOLDER.get(path.parts[1])
    known = path.suffix.lower() in MEDIA_TYPES | {".md"}
    return known and kind is not None and kind not in _HELD
