"""What each page and each part of the plan read when it was last made, kept from a build to the
next.

Nothing of it is needed, and nothing of it is believed of a page whose published bytes are not
those that were drawn then.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

from portail.files import atomic_write, digest_bytes
from portail.outputs.base import TemplatePage, TextFile
from portail.site.reader import Question, Reader, digest_value
from portail.site.reads import noting
from portail_publication.reads import LastReads

__all__ = ["Drawn", "Trace", "Traced", "Traces"]

T = TypeVar("T")

_FORMAT = 3


class Trace(NamedTuple):
    """What a page read, and the digest of what its template was given."""

    view: str
    reads: tuple[str, ...]


Traced: TypeAlias = TemplatePage | TextFile
"""What depends on what it reads; anything else, on its key alone."""


class Drawn(NamedTuple):
    """A trace with the questions that were put while the page was drawn."""

    trace: Trace
    asked: Mapping[str, Question]


class _Part(NamedTuple):
    """A part of the plan: ranks of what it read, its rows once they are wanted."""

    reads: list[int]
    rows: Callable[[], Sequence[Any]]


_Page: TypeAlias = tuple[str, str, list[int]]
"""Digest of the bytes of a page, of its view, ranks of what it read."""


class Traces:
    """The traces of a site's pages, by path, and of the parts of its plan: those of the last build
    (``load``), then those of this one. ``reader`` is what pages are drawn from in this run;
    ``salt`` stands for all that parts depend on and do not read."""

    def __init__(self, reader: Reader, file: Path, salt: str = "") -> None:
        self.reader, self.file, self._salt = reader, file, salt
        self._last = LastReads(reader, ([], {}, {}))
        self._known: dict[str, _Page] = {}
        self._planned: dict[str, _Part] = {}
        self._kept: set[str] = set()
        self._drawn: dict[str, Trace] = {}
        self._parts: dict[str, _Part] = {}
        self._moved = False

    def load(self) -> None:
        """Read what the last run kept; nothing when it is absent or spoilt."""
        with suppress(OSError, ValueError, TypeError, EOFError):
            head, digest, body = self.file.read_bytes().split(b"\n", 2)
            if head != _head() or digest != digest_bytes(body).encode():
                return
            salt, table, self._known, parts = marshal.loads(body)  # noqa: S302
            self._last = LastReads(self.reader, table)
            if salt == self._salt:
                self._planned = {
                    name: _Part(reads, rows.copy) for name, (reads, rows) in parts.items()
                }

    def recall(self, part: str) -> Sequence[Any] | None:
        """The rows of a part of the plan, if what it read has not changed."""
        known = self._planned.get(part)
        if known is None or not self._last.stand(known.reads):
            return None
        self._parts[part] = known
        return known.rows()

    def keep(self, part: str, reads: Collection[str], rows: Callable[[], Sequence[Any]]) -> None:
        """Remember a part that was planned."""
        self._moved = True
        self._parts[part] = _Part(self._last.ranks(sorted(reads)), rows)

    def fresh(self, page: Traced, digest: str) -> bool:
        """Whether the bytes of ``digest``, published for ``page``, are what it would show."""
        path = page.path
        drawn, view, reads = self._known.get(path, ("", "", []))
        if drawn != digest:
            return False
        if self._last.stand(reads):
            self._kept.add(path)
            return True
        self._moved = True
        if isinstance(page, TextFile):
            return False
        _, found = self._draw(page)
        if found.view != view:
            return False
        self._drawn[path] = found
        return True

    def drawn(self, page: TemplatePage) -> tuple[object, Drawn]:
        """What the template of a page is given; its trace, with what was asked since the last."""
        view, trace = self._draw(page)
        return view, Drawn(trace, self.reader.newly_asked())

    @staticmethod
    def _draw(page: TemplatePage) -> tuple[object, Trace]:
        """What a page shows today, and its trace."""
        with noting() as reads:
            view = page.view()
        return view, Trace(digest_value(view), tuple(sorted(reads)))

    def written(self, write: Callable[[], T]) -> tuple[T, Drawn]:
        """What ``write`` gives, which produces a text file; its trace, as ``drawn`` gives one."""
        with noting() as reads:
            made = write()
        return made, Drawn(Trace("", tuple(sorted(reads))), self.reader.newly_asked())

    def take(self, path: str, drawn: Drawn) -> None:
        """Keep the trace of a page that was made, perhaps in another process."""
        self._moved = True
        self._drawn[path] = drawn.trace
        for name, one in drawn.asked.items():
            self.reader.asked.setdefault(name, one)

    def save(self, digests: Mapping[str, str]) -> None:
        """Keep the traces of the tree whose pages have these digests. Raises ``OSError``."""
        pages = {path: self._known[path] for path in self._kept if path in digests}
        gone = len(pages) != len(self._known) or self._parts.keys() != self._planned.keys()
        if not self._moved and not gone:
            return
        for path, one in sorted(self._drawn.items()):
            if path in digests:
                pages[path] = (digests[path], one.view, self._last.ranks(one.reads))
        parts = {name: (one.reads, [*one.rows()]) for name, one in self._parts.items()}
        body = marshal.dumps((self._salt, self._last.table(), pages, parts))
        whole = b"\n".join([_head(), digest_bytes(body).encode(), body])
        atomic_write(self.file, whole, durable=False)


def _head() -> bytes:
    """What no other format begins with: that of ``marshal`` is Python's own."""
    return f"{_FORMAT} {sys.implementation.cache_tag} {marshal.version}".encode()
