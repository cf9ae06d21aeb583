"""What the reading of the box hands to who writes on the forge: files, and words of ours, in one
folder. Whoever writes reads no mail and believes nothing: each path, size and name is looked at."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from msgspec import DecodeError, Struct, field
from msgspec.json import decode, encode
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.files import atomic_write, unsafe_reason
from portail.model.kinds import BY_FOLDER, Kind
from portail.source.medias import PICTURES
from portail.terminal.text import safe
from portail.text.normalise import one_line

from .forge import BRANCHES

_KEY = re.compile(r"[0-9a-f]{16}")
_SORT = re.compile(r"[^\W\d_]?[\w ’,-]{0,60}")
_MOST_FILES = 400
_ALL_BYTES = 60_000_000
_LONGEST = 60_000
_TITLE = 200
# What was no order.
REFUSED = "*.refuse"
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
    # As what a person of the team receives the message too, with the link of the proposal; ``""``
    # when its proposal says all of it.
    sort: str = ""
    # Marks of who made each text, for its box alone to read.
    authors: Sequence[str] = ()

    @property
    def named(self) -> str:
        """What names the message on the forge: its key, and the sort."""
        return f"{self.message} {self.sort}".rstrip()

    @property
    def by_path(self) -> dict[PurePosixPath, bytes]:
        return {PurePosixPath(path): data for path, data in self.files.items()}


def write_order(folder: Path, order: Order, content: str) -> None:
    """Leave an order. Raises ``Refused``, in words for its sender, for what would not be read."""
    order = replace(
        order,
        title=one_line(order.title)[:_TITLE],
        text=order.text[:_LONGEST],
        comment=order.comment[:_LONGEST],
    )
    if why := _unfit(order, content):
        raise Refused(why)
    atomic_write(folder / f"{order.message}.json", encode(order), durable=False)


def read_orders(folder: Path, content: str) -> Iterator[Order]:
    """The orders of ``folder``; one that no reading would have written is put aside, and told."""
    for path in sorted(folder.glob("*.json")):
        try:
            order = decode(path.read_bytes(), type=Order)
            fits = path.stem == order.message and not _unfit(order, content)
        except (DecodeError, ValueError, OSError):
            fits = False
        if fits:
            yield order
        else:
            with suppress(FileNotFoundError):
                path.replace(path.with_suffix(REFUSED[1:]))
            sys.stdout.write(f"« {safe(path.name)} » n’est pas ce que la relève écrit : laissé.\n")


def _unfit(order: Order, content: str) -> str:
    # Why an order is neither written nor done.
    branch = order.branch.removeprefix(BRANCHES)
    if order.branch != f"{BRANCHES}{branch}" or not _KEY.fullmatch(branch):
        return "La branche n’est pas celle d’un courriel."
    names = (order.message, *order.authors)
    if not all(map(_KEY.fullmatch, names)) or not _SORT.fullmatch(order.sort):
        return "Le nom n’est pas celui d’un courriel."
    if len(order.files) > _MOST_FILES:
        return f"Trop de fichiers : {len(order.files)}, et {_MOST_FILES} au plus."
    if sum(map(len, order.files.values())) > _ALL_BYTES:
        return f"Trop lourd : {_ALL_BYTES // 1_000_000} Mo au plus, une fois décompressé."
    if len(order.title) > _TITLE or max(len(order.text), len(order.comment)) > _LONGEST:
        return "Trop long."
    astray = (name for name in order.files if not _is_placed(name, content))
    if (name := next(astray, None)) is not None:
        return f"« {name[-_TITLE:]} » n’a pas sa place dans une proposition."
    return ""


def _is_placed(name: str, content: str) -> bool:
    path = PurePosixPath(name)
    if unsafe_reason(name) or len(path.parts) < 3 or path.parts[0] != content:
        return False
    kind = BY_FOLDER.get(path.parts[1])
    known = path.suffix in PICTURES | {".md", ".csv"}
    return known and kind is not None and kind not in _HELD
