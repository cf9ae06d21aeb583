"""What each page read when it was last drawn, kept beside the published tree.

Nothing of it is needed, and nothing of it is believed of a page whose published bytes are not
those that were drawn then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from portail.files import atomic_write
from portail.outputs.base import TemplatePage
from portail.site.reader import ANSWERS, Question, Reader, digest_value
from portail.site.reads import noting

__all__ = ["Drawn", "Trace", "Traces"]

_FORMAT = 1


class Trace(NamedTuple):
    """What a page read, and the digest of what its template was given."""

    view: str
    reads: tuple[str, ...]


class Drawn(NamedTuple):
    """A trace with the questions that were put while the page was drawn."""

    trace: Trace
    asked: Mapping[str, Question]


class Traces:
    """The traces of a site's pages, by path: those of the tree that is published (``load``), then
    those of the next. ``reader`` is what pages are drawn from in this run."""

    def __init__(self, reader: Reader, file: Path) -> None:
        self.reader, self.file = reader, file
        self._leaves: dict[str, str] = {}
        self._asked: dict[str, Question] = {}
        self._known: dict[str, tuple[str, Trace]] = {}  # digest of the bytes that were drawn
        self._sound: dict[str, bool] = {}
        self._pages: dict[str, Trace] = {}
        self._moved = False

    def load(self) -> None:
        """Read what the last run kept; nothing when it is absent or spoilt."""
        with suppress(OSError, ValueError, TypeError, KeyError, IndexError):
            data = json.loads(self.file.read_bytes())
            if data["format"] != _FORMAT:
                return
            names = data["names"]
            pages = {
                path: (drawn, Trace(view, tuple(names[n] for n in reads)))
                for path, (drawn, view, reads) in data["pages"].items()
            }
            self._asked = {
                name: Question(function, tuple(args), digest, tuple(names[n] for n in reads))
                for name, (function, args, digest, reads) in data["asked"].items()
            }
            self._leaves, self._known = data["leaves"], pages

    def fresh(self, page: TemplatePage, digest: str) -> bool:
        """Whether the bytes of ``digest``, published for ``page``, are what it would show."""
        path = str(page.path)
        drawn, trace = self._known.get(path, ("", None))
        if trace is None or drawn != digest:
            return False
        if not all(map(self._same, trace.reads)):
            self._moved = True
            _, found = self._draw(page)
            if found.view != trace.view:
                return False
            trace = found
        self._pages[path] = trace
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

    def take(self, path: str, drawn: Drawn) -> None:
        """Keep the trace of a page that was made, perhaps in another process."""
        self._moved = True
        self._pages[path] = drawn.trace
        for name, one in drawn.asked.items():
            self.reader.asked.setdefault(name, one)

    def _same(self, read: str) -> bool:
        """Whether what was read is still the same."""
        known = self._sound.get(read)
        if known is None:
            if read.startswith("? "):
                known = self._still_answered(read)
            else:
                known = self._leaves.get(read) == self.reader.digest(read)
            self._sound[read] = known
        return known

    def _still_answered(self, name: str) -> bool:
        question = self._asked.get(name)
        if question is None:
            return False
        if all(map(self._same, question.reads)):
            self.reader.asked.setdefault(name, question)
            return True
        if question.function not in ANSWERS:
            return False
        # About what is gone, an old question may fail in any way; a page that is still planned
        # asks it again, and fails for all to see.
        with noting(), suppress(Exception):
            ANSWERS[question.function](self.reader, *question.arguments)
        found = self.reader.asked.get(name)
        return found is not None and found.digest == question.digest

    def save(self, digests: Mapping[str, str]) -> None:
        """Keep the traces of the tree whose pages have these digests. Raises ``OSError``."""
        pages = {path: one for path, one in self._pages.items() if path in digests}
        if not self._moved and pages.keys() == self._known.keys():
            return
        asked = self._rested_on(pages.values())
        ranks: dict[str, int] = {}

        def numbers(reads: Iterable[str]) -> list[int]:
            return [ranks.setdefault(read, len(ranks)) for read in reads]

        content: dict[str, Any] = {
            "format": _FORMAT,
            "pages": {
                path: [digests[path], one.view, numbers(one.reads)] for path, one in pages.items()
            },
            "asked": {
                name: [one.function, one.arguments, one.digest, numbers(one.reads)]
                for name, one in asked.items()
            },
        }
        content["names"] = list(ranks)
        content["leaves"] = {
            read: self.reader.digest(read) for read in ranks if not read.startswith("? ")
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        atomic_write(self.file, text.encode("utf-8", "surrogatepass"), durable=False)

    def _rested_on(self, traces: Iterable[Trace]) -> dict[str, Question]:
        """The questions that these traces rest on, directly or not."""
        found: dict[str, Question] = {}
        waiting = [read for one in traces for read in one.reads]
        while waiting:
            name = waiting.pop()
            if name.startswith("? ") and name not in found and name in self.reader.asked:
                found[name] = self.reader.asked[name]
                waiting += found[name].reads
        return found
