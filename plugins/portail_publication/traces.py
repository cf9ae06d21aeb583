"""Traces: the reads of each page and part of the plan, kept from a build to the next.

Why they are worth their weight: without them every view is drawn and compared, and an edit of one
body takes four times what it takes with them at 1,000 contents, eight times at 5,000. A page whose
reads all have the digest of last time stands; so do a question that gives the same answer again
and all that rests on it.

Nothing of it is needed, nor believed of a page whose published bytes are not those drawn then.
"""

from __future__ import annotations

import os
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from itertools import chain, count
from itertools import compress as chosen
from typing import Any, NamedTuple, TypeAlias, TypeVar

from msgspec import MsgspecError, Struct, json
from msgspec.msgpack import Decoder, Encoder

from portail.files import digest_of
from portail.outputs.base import TemplatePage, TextFile
from portail.site.item import noting
from portail.site.reader import ANSWERS, ASKED, Question, Reader, digest_value

from .memory import Memory
from .workers import Begun

# Reads are numbered by their rank among all names ever noted: a build looks at 100,000 of them.

# Plain values, as a page is asked with: of so many tuples one in the other, at most.
Plain: TypeAlias = Any
_DEEP = 8
for _ in range(_DEEP):
    Plain = str | int | float | bool | None | tuple[Plain, ...]  # type: ignore[misc]

# A question: digest of the answer, ranks of what it read, whether what it gave is kept.
Row: TypeAlias = tuple[str, bytes, bool]
# Names by rank, digests of what is no question, questions.
Table: TypeAlias = tuple[list[str], dict[int, str], dict[int, Row]]

# What is looked at even where the rest of the site is known to be the same (``Site.fond``), in one
# of these reads.
_APART = "texte ", "revision", "site report", "site drafts", "site told", "site showings"

# How a rank is written (``array``).
_RANK = "I"
# Of answers kept, as many as are written at once.
_SOME = 256
# Of compression.
_LEVEL = 1
_arguments = json.Decoder(tuple[Plain, ...])


class Answers:
    """What questions gave, in a ``room`` of ``memory``, by digest; made again when it is not
    there."""

    def __init__(self, memory: Memory, room: str) -> None:
        self._memory = memory
        self._room = room
        self._new: dict[str, bytes] = {}

    def recall(self, digest: str) -> bytes:
        packed = self._new.get(digest) or self._memory.recall(self._room, [digest]).get(digest, b"")
        with suppress(zlib.error):
            return zlib.decompress(packed)
        return b""

    def keep(self, digest: str, answer: bytes) -> None:
        self._new[digest] = zlib.compress(answer, _LEVEL)
        if len(self._new) == _SOME:
            self.write()

    def write(self) -> None:
        self._memory.keep(self._room, self._new)
        self._new = {}

    def forget(self, live: Collection[str]) -> None:
        """Drop those that are not ``live``."""
        self._memory.forget(self._room, live)


class LastReads:
    """The reads of the last build, beside those of ``reader``."""

    def __init__(
        self, reader: Reader, table: Table, answers: Answers, *, still: bool = False
    ) -> None:
        self._reader = reader
        self._answers = answers
        self._still = still
        self._names, self._leaves, self._asked = table
        # What is known of what was doubtful.
        self.told: dict[int, bool] = {}
        self._found: list[int] = []
        self._read = bytearray(len(self._names))
        self._put: dict[int, Row] = {}

    def stand(self, ranks: Iterable[int]) -> bool:
        """Whether all that was read is still the same."""
        return self.doubtful.isdisjoint(ranks) or all(map(self.same, ranks))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return dict(zip(self._names, count()))

    @cached_property
    def doubtful(self) -> set[int]:
        """Reads that may have changed: leaves that did, and all that rests on them."""
        now = self._reader.digest
        names = self._names
        right = [
            rank
            for rank, digest in self._leaves.items()
            if (self._still and not names[rank].startswith(_APART)) or now(names[rank]) == digest
        ]
        doubtful = set(range(len(names))).difference(right, self._asked)
        asked = {rank: array(_RANK, row[1]) for rank, row in self._asked.items()}
        count = -1
        while count < len(doubtful):  # what rests on a question nearly always comes after it
            count = len(doubtful)
            doubtful.update(
                [rank for rank, reads in asked.items() if not doubtful.isdisjoint(reads)]
            )
        return doubtful

    def same(self, rank: int) -> bool:
        """Whether a read is still the same."""
        if rank not in self.doubtful:
            return True
        if rank not in self.told:
            row = self._asked.get(rank)
            self.told[rank] = bool(row and self._still_answered(self._names[rank], row))
            if self.told[rank]:
                self._found.append(rank)
        return self.told[rank]

    def _still_answered(self, name: str, row: Row) -> bool:
        digest, reads, _ = row
        if all(map(self.same, array(_RANK, reads))):
            return True
        function, _, arguments = name.removeprefix(ASKED).partition(" ")
        ask = _answer(function) if digest else None
        if ask is None:
            return False
        # About what is gone, an old question may fail in any way; a page that is still planned
        # asks it again, and fails for all to see.
        with noting(), suppress(Exception):
            ask(self._reader, *_arguments.decode(arguments))
        question = self._reader.asked.get(name)
        return question is not None and question.digest == digest

    def kept(self, name: str) -> bytes:
        """What a question gave, if it was kept: in this build, by any process, else in the last, of
        which nothing that it read has changed."""
        rank = self._ranks.get(name, -1)
        row = self._put.get(rank)
        if row is None:
            row = self._asked.get(rank)
            if row is None or not (row[2] and all(map(self.same, array(_RANK, row[1])))):
                return b""
            self.same(rank)
        return self._answers.recall(row[0]) if row[2] else b""

    def ask_shared(self, pages: Iterable[Collection[int]]) -> None:
        """Put doubtful questions on which many pages rest, once for all."""
        ranks = sorted(self.doubtful & self._asked.keys())
        rows = {rank: array(_RANK, self._asked[rank][1]) for rank in ranks}
        many = Counter(chain(*pages, *rows.values()))
        for rank, reads in rows.items():
            doubts = self.doubtful.intersection(reads)
            if many[rank] > _SHARED or all(map(self.told.get, doubts)):
                self.same(rank)

    def news(self) -> tuple[dict[str, Question], list[int]]:
        """Since this was called last: the questions that were put, by name, and the ranks of what
        was found the same."""
        same = self._found
        self._found = []
        return self._reader.newly_asked(compared=bool(self._asked)), same

    def ranks(self, reads: Iterable[str]) -> bytes:
        """Ranks of reads of this build, new ones after the others, as they are kept; ``table`` adds
        what they rest on."""
        return array(_RANK, [*map(self._rank, reads)]).tobytes()

    def _rank(self, read: str) -> int:
        rank = self._ranks.get(read)
        if rank is None:
            rank = self._ranks[read] = len(self._names)
            self._names.append(read)
            self._read.append(False)
        self._read[rank] = True
        return rank

    def put(self, questions: Mapping[str, Question]) -> None:
        """Keep questions of this build, in less room than names take."""
        for name, question in questions.items():
            if question.kept:
                self._answers.keep(question.digest, question.kept)
            reads = self.ranks(question.reads)
            self._put[self._rank(name)] = question.digest, reads, bool(question.kept)

    def table(self) -> Table:
        """The reads to keep for the next build, after ``ranks`` and ``put`` of all those of this
        build: those that are still the same, and those asked anew."""
        gone = {rank for rank in self.doubtful if not self.told.get(rank)}
        rows = {rank: row for rank, row in self._asked.items() if rank not in gone} | self._put
        leaves = {rank: digest for rank, digest in self._leaves.items() if rank not in gone}
        for rank, name in chosen(enumerate(self._names), self._read):
            if rank not in leaves and not name.startswith(ASKED):
                leaves[rank] = self._reader.digest(name)
        return self._names, leaves, rows


def _answer(function: str) -> Callable[..., Any] | None:
    if function and function not in ANSWERS:
        with suppress(ImportError):  # gone with the code that asked it
            import_module(function.rpartition(".")[0])
    return ANSWERS.get(function)


T = TypeVar("T")

# Questions on which more rest are put before pages are made, once for all processes.
_SHARED = 4
# A whole is written again when more than one name in so many has changed since.
_MANY = 8

# Artifacts that depend on what they read; any other depends on its key alone.
Traced: TypeAlias = TemplatePage | TextFile
TRACED = frozenset({TemplatePage, TextFile})


class Drawn(NamedTuple):
    """The trace of a page: the digest of its view, what it read (``None``: as it did last time);
    the questions that were put, and found the same (their ranks)."""

    view: str
    reads: tuple[str, ...] | None
    questions: Mapping[str, Question] = {}
    same: Sequence[int] = ()


# Of a part of the plan: ranks of what it read, its rows.
_Part: TypeAlias = tuple[bytes, tuple[Plain, ...]]
# Digest of the bytes of a page, of its view, ranks of what it read: these in a row, since nearly
# all are kept as they were.
_Page: TypeAlias = tuple[str, str, bytes]


# Leaves, questions, pages, parts; what changed in each, where ``None`` stands for what is gone.
_Tables: TypeAlias = list[dict[Any, Any]]


class _Head(Struct, array_like=True):
    # A digest that no other whole has.
    mark: str
    salt: str
    fond: str


class _More(Struct, array_like=True):
    # The mark of the whole that it follows.
    whole: str
    salt: str
    fond: str
    names: list[str]
    leaves: dict[int, str | None]
    questions: dict[int, Row | None]
    pages: dict[str, _Page | None]
    parts: dict[str, _Part | None]

    @property
    def tables(self) -> _Tables:
        return [self.leaves, self.questions, self.pages, self.parts]


_head, _more, _plain = Decoder(_Head), Decoder(_More), Encoder()
# The tables of a whole, each below the mark of its head, one by one: a row takes thrice its size
# while it is written.
_WHOLE: Mapping[str, Decoder[Any]] = {
    "noms": Decoder(tuple[str, list[str]]),
    "lus": Decoder(tuple[str, dict[int, str]]),
    "questions": Decoder(tuple[str, dict[int, Row]]),
    "pages": Decoder(tuple[str, dict[str, _Page]]),
    "plan": Decoder(tuple[str, dict[str, _Part]]),
}
# Those that repeat themselves: a seventh of their size, for 2 ms more a megabyte.
_PACKED = "noms", "lus", "plan"
_NOTHING = _plain.encode(_More("", "", "", names=[], leaves={}, questions={}, pages={}, parts={}))


class Traces:
    """The traces of a site's pages and of the parts of its plan, of the last build (``load``) and
    of this one: in ``memory``, those of ``output`` whole, and what changed since.
    """

    def __init__(
        self, reader: Reader, memory: Memory, output: str = "", salt: str = "", workers: int = 1
    ) -> None:
        self.reader = reader
        self._memory = memory
        self._room = f"lectures {output}"
        self._salt = salt
        self._fond = reader.raw.fond
        self._workers = workers
        self._whole = ""
        self._names = 0
        self._tables: _Tables = [{}, {}, {}, {}]
        self._since = self._tables
        self._answers = Answers(memory, f"reponses {output}")
        self._last = LastReads(reader, ([], {}, {}), self._answers)
        self._known: dict[str, _Page] = {}
        self._planned: dict[str, _Part] = {}
        self._kept: set[str] = set()
        self._shown: dict[str, tuple[object, Drawn]] = {}
        self._parts: dict[str, _Part] = {}
        self._made: dict[str, tuple[bytes, Callable[[], Sequence[Any]]]] = {}
        self._drawn: dict[str, tuple[str, bytes]] = {}

    def load(self) -> None:
        kept = self._memory.recall(self._room)
        try:
            head = _head.decode(kept.get("tout", b""))
            for name in _PACKED:
                kept[name] = zlib.decompress(kept[name])
            marked = [each.decode(kept[name]) for name, each in _WHOLE.items()]
            more = _more.decode(kept.get("suite", _NOTHING))
        except (MsgspecError, ValueError, KeyError, zlib.error):
            return
        if any(mark != head.mark for mark, _ in marked):
            return
        names, *self._tables = [table for _, table in marked]
        self._whole, salt, fond = head.mark, head.salt, head.fond
        self._names = len(names)
        if more.whole == self._whole:
            salt, fond, self._since = more.salt, more.fond, more.tables
            names += more.names
            for table, changes in zip(self._tables, self._since, strict=True):
                table.update(changes)
                for key in [key for key, row in changes.items() if row is None]:
                    del table[key]
        leaves, questions, self._known, parts = self._tables
        if salt != self._salt:  # what is kept was found by other code, or other settings
            questions = {rank: (*row[:-1], False) for rank, row in questions.items()}
            parts = {}
        still = salt == self._salt and fond == self._fond != ""
        last = names, leaves, questions
        self._last = LastReads(self.reader, last, self._answers, still=still)
        self._planned = parts

    def recall(self, part: str) -> Sequence[Any] | None:
        """The rows of a part of the plan, if what it read has not changed."""
        planned = self._planned.get(part)
        if planned is None or not self._last.stand(array(_RANK, planned[0])):
            return None
        self._parts[part] = planned
        return planned[1]

    def keep(self, part: str, reads: Collection[str], rows: Callable[[], Sequence[Any]]) -> None:
        """Remember a part that was planned."""
        self._made[part] = self._last.ranks(sorted(reads)), rows

    def kept(self, question: str) -> bytes:
        """What a question gave, if it was kept and would be the same."""
        return self._last.kept(question)

    def begin(self, work: Callable[[], T]) -> Callable[[], T]:
        """``work``, or what waits for its result if another process can begin it."""
        alone = self._workers == 1 or not hasattr(os, "fork")
        if alone:
            return work
        return Begun(work)

    def fresh(self, digests: Mapping[str, str]) -> set[str]:
        """Pages known to be of today; others take a drawing or questions to tell (``judged``)."""
        doubts = {}
        for path, digest in digests.items():
            drawn, _, reads = self._known.get(path, ("", "", b""))
            if drawn == digest:
                doubts[path] = self._last.doubtful.intersection(array(_RANK, reads))
        self._last.ask_shared(doubts.values())
        is_known = self._last.told.get
        self._kept |= {
            path for path, paths in doubts.items() if not paths or all(map(is_known, paths))
        }
        return self._kept

    def judged(self, page: Traced, digest: str) -> Drawn | None:
        """The trace of a page whose published bytes, of ``digest``, are those of today."""
        drawn, view, reads = self._known.get(page.path, ("", "", b""))
        if drawn != digest:
            return None
        if self._last.stand(array(_RANK, reads)):
            return self._with_news(Drawn(view, None))
        if isinstance(page, TextFile):
            return None
        shown, trace = self._draw(page)
        if trace.view == view:
            return self._with_news(trace)
        self._shown = {page.path: (shown, trace)}  # made at once, and not drawn again
        return None

    def drawn(self, page: TemplatePage) -> tuple[object, Drawn]:
        """The view of a page; its trace, with the questions put since the last."""
        view, trace = self._shown.get(page.path) or self._draw(page)
        return view, self._with_news(trace)

    def _with_news(self, trace: Drawn) -> Drawn:
        questions, same = self._last.news()
        self.reader.forget(questions.values())
        return trace._replace(questions=questions, same=same)

    @staticmethod
    def _draw(page: TemplatePage) -> tuple[object, Drawn]:
        with noting() as reads:
            view = page.view()
        return view, Drawn(digest_value(view), tuple(sorted(reads)))

    def written(self, write: Callable[[], T]) -> tuple[T, Drawn]:
        """The result of ``write``, which produces a text file; its trace, as ``drawn``."""
        with noting() as reads:
            result = write()
        return result, self._with_news(Drawn("", tuple(sorted(reads))))

    def take(self, path: str, drawn: Drawn) -> None:
        self._last.told.update(dict.fromkeys(drawn.same, True))
        if drawn.reads is None:
            self._kept.add(path)
        else:
            self._drawn[path] = drawn.view, self._last.ranks(drawn.reads)
        self._last.put(drawn.questions)

    def settle(self) -> None:
        """Keep the questions that were put here, which processes that are forked need not send."""
        self._last.put(self._last.news()[0])

    def save(self, digests: Mapping[str, str]) -> None:
        """Keep the traces of the tree whose pages have these digests. Raises ``OSError``."""
        pages = {path: self._known[path] for path in self._kept if path in digests}
        self.settle()
        pages |= {p: (digests[p], *drawn) for p, drawn in self._drawn.items() if p in digests}
        parts = {name: (reads, [*rows()]) for name, (reads, rows) in self._made.items()}
        names, leaves, questions = self._last.table()
        self._answers.write()
        tables: _Tables = [leaves, questions, pages, self._parts | parts]
        changes = []
        if self._whole:
            changes = [*map(_changes, self._tables, tables)]
        since = [old | new for old, new in zip(self._since, changes, strict=False)]
        if not self._whole or _MANY * sum(map(len, since)) > len(names):
            mark = digest_of(self._whole, *(path + row[0] for path, row in sorted(pages.items())))
            self._memory.forget(self._room, ())  # what followed another
            for name, table in zip(_WHOLE, (names, *tables), strict=True):
                data = _plain.encode((mark, table))
                if name in _PACKED:
                    data = zlib.compress(data, _LEVEL)
                self._memory.keep(self._room, {name: data})
            self._memory.keep(
                self._room, {"tout": _plain.encode(_Head(mark, self._salt, self._fond))}
            )
            self._answers.forget({digest for digest, _, kept in questions.values() if kept})
        elif any(changes):
            more = _More(self._whole, self._salt, self._fond, names[self._names :], *since)
            self._memory.keep(self._room, {"suite": _plain.encode(more)})


def _changes(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> dict[Any, Any]:
    changed = {k: row for k, row in after.items() if k not in before or before[k] is not row}
    return changed | dict.fromkeys(before.keys() - after.keys())
