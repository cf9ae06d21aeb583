"""What one build remembers for the next: the record of each file, and values made from them.

``Store`` is the interface only; ``portail_publication.store`` writes to disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from msgspec import MsgspecError, Struct, json

from portail.diagnostics import Severity

if TYPE_CHECKING:
    from portail.agenda.occurrences import Occurrence
    from portail.body.document import BodyFacts, BodyHtml
    from portail.diagnostics import Diagnostic
    from portail.model.entry import Entry


class Stamp(NamedTuple):
    """Size (bytes), times (ns) and inode of a file: when all are the same, the file is too, and
    is not read again.

    ``ctime_ns`` is needed: a program that rewrites a file can restore its size and ``mtime_ns``.
    """

    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int = 0

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class Loaded(Struct, frozen=True):
    """What was read in one file, text or media: nothing in it depends on the day or on other files.

    ``entry`` and ``facts`` are ``None`` when the file cannot be read, and may be incomplete when it
    is ``faulty``: rules across documents still read them. ``digest`` is that of the whole file,
    ``front`` that of its front matter, ``outline`` that of what other files may look at of its
    body, ``""`` where they may look at everything. ``untitled`` is that of its fields but for title
    and summary, if these neither order nor name anything elsewhere.
    """

    path: PurePosixPath
    digest: str
    entry: Entry | None
    facts: BodyFacts | None
    occurrences: tuple[Occurrence, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    pixels: tuple[int, int] | None = None
    animated: bool = False
    front: str = ""
    outline: str = ""
    untitled: str = ""

    @property
    def faulty(self) -> bool:
        return Severity.ERREUR in [diagnostic.severity for diagnostic in self.diagnostics]

    def seen(self, front: str) -> str:
        """A digest that changes with what other files see of this one, not with its mere words;
        ``front`` stands for its fields."""
        if self.outline and not self.faulty:
            return f"{front} {self.outline}"
        return self.digest


T = TypeVar("T")


def decoded(text: str | None, kind: Any) -> Any:
    """The value of ``kind`` that ``text`` is the JSON of; ``None`` without text, or when it was
    written by code whose types have changed since."""
    with suppress(MsgspecError):
        return json.decode(text or "", type=kind, dec_hook=_from_text)
    return None


def _from_text(kind: type[Any], text: str) -> Any:
    # What JSON has no type for, such as a path, was written as its text.
    return kind(text)


def kept(store: Store, room: str, key: str, kind: Any, make: Callable[[], T]) -> T:
    """What ``make`` returned for the same ``key`` at the last build; else what it returns now,
    which is remembered in ``room``.

    ``kind`` is its type, made of values that JSON can hold; an empty ``key`` remembers nothing.
    """
    known: T | None = decoded(store.recall(room, [key]).get(key), kind)
    if known is None:
        known = make()
        if key:
            store.remember(room, {key: json.encode(known, enc_hook=str).decode()})
    return known


class Store(Protocol):
    """Records by the path of their file, bodies by its digest, and texts in rooms: one room for
    each reader that remembers some. ``base`` is the database that was kept last, if one was."""

    base: bytes

    def find(self, path: PurePosixPath, stamp: Stamp) -> Loaded | None:
        """The record of ``path`` if it was stored with exactly that stamp."""

    def find_digest(self, path: PurePosixPath, digest: str) -> Loaded | None:
        """The record of ``path`` if it was made from bytes of that digest."""

    def put(self, loaded: Loaded, stamp: Stamp, body: BodyHtml | None) -> None:
        """Remember a record and its body; ``body`` is ``None`` when it is stored already."""

    def body(self, digest: str) -> BodyHtml:
        """The body of the file with that digest. Raises ``CacheError`` when it is not there."""

    def words(self, digests: Sequence[str]) -> list[str]:
        """The words of these files, in the same order, without their bodies.

        Raises ``CacheError`` when one is not there.
        """

    def source(self, digest: str) -> str:
        """The Markdown of the file with that digest, as it is written (``BodyHtml.source``).

        Raises ``CacheError`` when it is not there.
        """

    def recall(self, room: str, keys: Sequence[str]) -> dict[str, str]:
        """Texts of ``room`` that the former run remembered under ``keys``."""

    def remember(self, room: str, texts: Mapping[str, str]) -> None:
        """Keep ``texts`` in ``room`` and forget the others that were there."""

    def keep(self, paths: Iterable[PurePosixPath]) -> None:
        """Forget every record but those of ``paths``; write what has to last."""
