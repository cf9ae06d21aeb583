"""Traces: what each page and each part of the plan read, kept from one build to the next.

A read is the name of something of the site and the digest that it had, or a question: a function of
the site, its arguments, the digest of its answer, and what it read in turn. A page stands while all
its reads have the digest of last time, or are questions that give the same answer again.
``LastReads`` tells which reads are the same; ``Traces`` tells which pages are, and keeps all of it.

Why they are worth their weight: without them every view is drawn and compared, and an edit of one
body takes four times as long at 1,000 contents, eight times at 5,000. A build does without any of
it, and trusts no trace of a page whose published bytes are not those that were drawn then.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from itertools import chain, compress, count
from typing import Any, NamedTuple, TypeAlias, TypeVar

from msgspec import MsgspecError, Struct, json
from msgspec.msgpack import Decoder, Encoder

from portail.files import digest_of
from portail.memory import Memory
from portail.outputs.base import TemplatePage, TextFile
from portail.site.greffons import is_ours
from portail.site.item import noting
from portail.site.reader import ANSWERS, ASKED, Question, Reader, digest_value

from .workers import Begun

T = TypeVar("T")

# Artifacts that depend on what they read; any other depends on its key alone.
Traced: TypeAlias = TemplatePage | TextFile
TRACED = frozenset({TemplatePage, TextFile})

# Plain values, as the arguments of a question are: tuples are eight deep at most.
Plain: TypeAlias = Any
for _ in range(8):
    Plain = str | int | float | bool | None | tuple[Plain, ...]  # type: ignore[misc]

# A build has some 100,000 reads: each is numbered by its rank in the list of all their names, and
# ranks are kept as the bytes of an ``array`` of this type.
_RANK = "I"
# A question: digest of its answer, ranks of what it read, whether its answer is kept.
Row: TypeAlias = tuple[str, bytes, bool]
# Names by rank; digests of reads that are no questions; questions.
Table: TypeAlias = tuple[list[str], dict[int, str], dict[int, Row]]

# Reads that are compared even when the rest of the site has the same digest (``Site.fond``), by how
# their names begin.
_NOT_IN_FOND = "texte ", "revision", "site report", "site drafts", "site told", "site showings"
# The same, when only words and titles may differ (``Site.fond_untitled``).
_NOT_UNTITLED = (*_NOT_IN_FOND, "tete", "ecrit ")
_ALL = ("",)
# Questions that more reads than this rest on are asked before pages are made, once for all
# processes.
_SHARED = 4
# Answers are written so many at once.
_BATCH = 256
# A whole is written again when more than one name in so many has changed since.
_MANY = 8
_arguments = json.Decoder(tuple[Plain, ...])


class Answers:
    """The answers to questions, by their digest, in a ``room`` of ``memory``; one that is not there
    is found again."""

    def __init__(self, memory: Memory, room: str) -> None:
        self._memory = memory
        self._room = room
        self._new: dict[str, bytes] = {}

    def recall(self, digest: str) -> bytes:
        return self._new.get(digest) or self._memory.recall(self._room, [digest]).get(digest, b"")

    def keep(self, digest: str, answer: bytes) -> None:
        self._new[digest] = answer
        if len(self._new) == _BATCH:
            self.write()

    def write(self) -> None:
        self._memory.keep(self._room, self._new)
        self._new = {}

    def forget(self, live: Collection[str]) -> None:
        """Drop those that are not ``live``."""
        self._memory.forget(self._room, live)


class LastReads:
    """The reads of the last build (``table``), compared with those of ``reader``; the table of this
    build.

    Reads whose names begin by one of ``unsure`` alone may differ.
    """

    def __init__(
        self, reader: Reader, table: Table, answers: Answers, unsure: tuple[str, ...] = _ALL
    ) -> None:
        self._reader = reader
        self._answers = answers
        self._unsure = unsure
        self._names, self._leaves, self._asked = table
        # Whether doubtful reads are the same, as far as it was found; the news of it.
        self.known: dict[int, bool] = {}
        self._news: list[int] = []
        # Of this build: whether each rank was read, the questions that were asked.
        self._read = bytearray(len(self._names))
        self._anew: dict[int, Row] = {}

    def all_same(self, ranks: Iterable[int]) -> bool:
        """Whether all that was read is still the same."""
        return all(map(self.same, sorted(self.doubtful.intersection(ranks))))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return dict(zip(self._names, count()))

    @cached_property
    def doubtful(self) -> set[int]:
        """Reads that may have changed: those that did, and the questions that rest on them."""
        now = self._reader.digest
        names = self._names
        same = [
            rank
            for rank, digest in self._leaves.items()
            if not names[rank].startswith(self._unsure) or now(names[rank]) == digest
        ]
        doubtful = set(range(len(names))).difference(same, self._asked)
        asked = {rank: array(_RANK, row[1]) for rank, row in self._asked.items()}
        found: Collection[int] = doubtful
        while found:  # until no other question rests on one of them
            found = [rank for rank, reads in asked.items() if not doubtful.isdisjoint(reads)]
            doubtful.update(found)
            for rank in found:
                del asked[rank]
        return doubtful

    def same(self, rank: int) -> bool:
        """Whether a read is still the same."""
        if rank not in self.doubtful:
            return True
        if rank not in self.known:
            row = self._asked.get(rank)
            self.known[rank] = bool(row and self._still_answered(self._names[rank], row))
            if self.known[rank]:
                self._news.append(rank)
        return self.known[rank]

    def _still_answered(self, name: str, row: Row) -> bool:
        digest, reads, _ = row
        if self.all_same(array(_RANK, reads)):
            return True
        function, _, arguments = name.removeprefix(ASKED).partition(" ")
        if not digest:
            return False
        # An old question about what is gone may fail in any way. A page that still needs it asks it
        # again, and that failure is shown.
        with noting(), suppress(Exception):
            if function not in ANSWERS and is_ours(module := function.rpartition(".")[0]):
                import_module(module)
            ANSWERS[function](self._reader, *_arguments.decode(arguments))
        question = self._reader.asked.get(name)
        return question is not None and question.digest == digest

    def kept(self, name: str) -> bytes:
        """The answer to a question, if it was kept: by any process of this build, else by the last
        build and all that it read is the same."""
        rank = self._ranks.get(name, -1)
        row = self._anew.get(rank)
        if row is None:
            row = self._asked.get(rank)
            if row is None or not (row[2] and self.all_same(array(_RANK, row[1]))):
                return b""
            self.same(rank)
        return self._answers.recall(row[0]) if row[2] else b""

    def ask_shared(self, pages: Iterable[Collection[int]]) -> None:
        """Ask doubtful questions that many ``pages`` rest on (their reads), or that rest on nothing
        doubtful any more."""
        rows = {
            rank: array(_RANK, self._asked[rank][1])
            for rank in sorted(self.doubtful & self._asked.keys())
        }
        uses = Counter(chain(*pages, *rows.values()))
        for rank, reads in rows.items():
            doubts = self.doubtful.intersection(reads)
            if uses[rank] > _SHARED or all(map(self.known.get, doubts)):
                self.same(rank)

    def news(self) -> tuple[dict[str, Question], list[int]]:
        """Since the last call: the questions that were asked, by name, and the ranks of the reads
        that were found the same."""
        same = self._news
        self._news = []
        return self._reader.newly_asked(compared=bool(self._asked)), same

    def ranks(self, reads: Iterable[str]) -> bytes:
        """Ranks of reads of this build, as they are kept; a new name comes after the others."""
        return array(_RANK, map(self._rank, reads)).tobytes()

    def _rank(self, read: str) -> int:
        rank = self._ranks.get(read)
        if rank is None:
            rank = self._ranks[read] = len(self._names)
            self._names.append(read)
            self._read.append(False)
        self._read[rank] = True
        return rank

    def add(self, questions: Mapping[str, Question]) -> None:
        """Keep questions of this build."""
        for name, question in questions.items():
            if question.kept:
                self._answers.keep(question.digest, question.kept)
            reads = self.ranks(question.reads)
            self._anew[self._rank(name)] = question.digest, reads, bool(question.kept)

    def table(self) -> Table:
        """The reads to keep for the next build, once ``ranks`` and ``add`` were called for all of
        this build: those that are still the same, and those of this build."""
        gone = {rank for rank in self.doubtful if not self.known.get(rank)}
        rows = {rank: row for rank, row in self._asked.items() if rank not in gone} | self._anew
        leaves = {rank: digest for rank, digest in self._leaves.items() if rank not in gone}
        for rank, name in compress(enumerate(self._names), self._read):
            if rank not in leaves and not name.startswith(ASKED):
                leaves[rank] = self._reader.digest(name)
        return self._names, leaves, rows


class Drawn(NamedTuple):
    """The trace of a page: the digest of its view, what it read (``None``: what it read last time).

    With it come, from the process that drew it, ``questions`` that were asked, and the ranks of
    reads that were found the ``same``.
    """

    view: str
    reads: tuple[str, ...] | None
    questions: Mapping[str, Question] = {}
    same: Sequence[int] = ()


# A part of the plan: ranks of what it read, its rows.
_Part: TypeAlias = tuple[bytes, tuple[Plain, ...]]
# A page: digests of its bytes and of its view, ranks of what it read.
_Page: TypeAlias = tuple[str, str, bytes]
# Reads that are no questions, questions, pages, parts; or what changed in each of these since the
# whole was written, ``None`` for what is gone.
_Tables: TypeAlias = list[dict[Any, Any]]


class _Head(Struct, array_like=True):
    """What identifies a whole, the tables of one build."""

    # A digest that no other whole has.
    mark: str
    salt: str
    fonds: tuple[str, str]


class _More(Struct, array_like=True):
    """What changed since a whole was written: a small build need not write it again."""

    # The mark of the whole that it follows.
    whole: str
    salt: str
    fonds: tuple[str, str]
    names: list[str]
    leaves: dict[int, str | None]
    questions: dict[int, Row | None]
    pages: dict[str, _Page | None]
    parts: dict[str, _Part | None]

    @property
    def tables(self) -> _Tables:
        return [self.leaves, self.questions, self.pages, self.parts]


_head = Decoder(_Head)
_more = Decoder(_More)
_plain = Encoder()
# The tables of a whole, each with its mark. They are written one by one, since writing takes three
# times their size in memory.
_WHOLE: Mapping[str, Decoder[Any]] = {
    "noms": Decoder(tuple[str, list[str]]),
    "lus": Decoder(tuple[str, dict[int, str]]),
    "questions": Decoder(tuple[str, dict[int, Row]]),
    "pages": Decoder(tuple[str, dict[str, _Page]]),
    "plan": Decoder(tuple[str, dict[str, _Part]]),
}
_NOTHING = _plain.encode(
    _More("", "", ("", ""), names=[], leaves={}, questions={}, pages={}, parts={})
)


class Traces:
    """The traces of the pages of a site and of the parts of its plan: those of the last build into
    ``output`` (``load``), and of this one (``save``).

    ``memory`` holds a whole and what changed since. ``salt`` stands for the code and the settings.
    """

    def __init__(
        self, reader: Reader, memory: Memory, output: str = "", salt: str = "", workers: int = 1
    ) -> None:
        self.reader = reader
        self._memory = memory
        self._room = f"lectures {output}"
        self._salt = salt
        self._fonds = reader.raw.fond, reader.raw.fond_untitled
        self._workers = workers
        # The whole in memory: its mark, the number of its names; its tables up to the last build,
        # and what changed in them since it was written.
        self._whole = ""
        self._names = 0
        self._tables: _Tables = [{}, {}, {}, {}]
        self._since = self._tables
        self._answers = Answers(memory, f"reponses {output}")
        self._last = LastReads(reader, ([], {}, {}), self._answers)
        # Pages of the last build; of this one, those that stand, those drawn, and the view drawn
        # last, which is about to be made.
        self._known: dict[str, _Page] = {}
        self._kept: set[str] = set()
        self._drawn: dict[str, tuple[str, bytes]] = {}
        self._shown: dict[str, tuple[object, Drawn]] = {}
        # Parts of the last build; of this one, those that stand and those planned again.
        self._planned: dict[str, _Part] = {}
        self._parts: dict[str, _Part] = {}
        self._made: dict[str, tuple[bytes, Callable[[], Sequence[Any]]]] = {}

    def load(self) -> None:
        """Take what the last build kept; nothing of it unless all of it can be read."""
        kept = self._memory.recall(self._room)
        try:
            head = _head.decode(kept.get("tout", b""))
            marked = [each.decode(kept[name]) for name, each in _WHOLE.items()]
            more = _more.decode(kept.get("suite", _NOTHING))
        except (MsgspecError, ValueError, KeyError):
            return
        if any(mark != head.mark for mark, _ in marked):
            return
        names, *self._tables = [table for _, table in marked]
        self._whole, salt, fonds = head.mark, head.salt, head.fonds
        self._names = len(names)
        if more.whole == self._whole:
            salt, fonds, self._since = more.salt, more.fonds, more.tables
            names += more.names
            for table, changes in zip(self._tables, self._since, strict=True):
                table.update(changes)
                for key in [key for key, row in changes.items() if row is None]:
                    del table[key]
        leaves, questions, self._known, parts = self._tables
        if salt != self._salt:  # answers and parts of other code or settings may differ
            questions = {rank: (*row[:-1], False) for rank, row in questions.items()}
            parts = {}
        unsure = self._unsure(fonds) if salt == self._salt else _ALL
        self._last = LastReads(self.reader, (names, leaves, questions), self._answers, unsure)
        self._planned = parts

    def _unsure(self, former: tuple[str, str]) -> tuple[str, ...]:
        fond, untitled = self._fonds
        if fond == former[0] != "":
            return _NOT_IN_FOND
        if untitled == former[1] != "":
            return _NOT_UNTITLED
        return _ALL

    def recall(self, part: str) -> Sequence[Any] | None:
        """The rows of a part of the plan, if what it read has not changed."""
        planned = self._planned.get(part)
        if planned is None or not self._last.all_same(array(_RANK, planned[0])):
            return None
        self._parts[part] = planned
        return planned[1]

    def keep(self, part: str, reads: Collection[str], rows: Callable[[], Sequence[Any]]) -> None:
        """Keep a part that was planned, what it read and its ``rows``."""
        self._made[part] = self._last.ranks(sorted(reads)), rows

    def kept(self, question: str) -> bytes:
        """The answer to a question, if it was kept and would be the same; else nothing."""
        return self._last.kept(question)

    def begin(self, work: Callable[[], T]) -> Callable[[], T]:
        """``work``, or what waits for its result if another process can begin it."""
        if self._workers == 1 or not hasattr(os, "fork"):
            return work
        return Begun(work)

    def fresh(self, digests: Mapping[str, str]) -> set[str]:
        """Pages that are known to be up to date, from the digests of their published bytes; to tell
        of others takes a drawing or questions (``judged``)."""
        doubts = {}
        for path, digest in digests.items():
            drawn, _, reads = self._known.get(path, ("", "", b""))
            if drawn == digest:
                doubts[path] = self._last.doubtful.intersection(array(_RANK, reads))
        self._last.ask_shared(doubts.values())
        self._kept |= {
            path for path, ranks in doubts.items() if all(map(self._last.known.get, ranks))
        }
        return self._kept

    def judged(self, page: Traced, digest: str) -> Drawn | None:
        """The trace of a page if its published bytes, of ``digest``, are up to date; else
        ``None``."""
        drawn, view, reads = self._known.get(page.path, ("", "", b""))
        if drawn != digest:
            return None
        if self._last.all_same(array(_RANK, reads)):
            return self._with_news(Drawn(view, None))
        if isinstance(page, TextFile):
            return None
        shown, trace = self._draw(page)
        if trace.view == view:
            return self._with_news(trace)
        self._shown = {page.path: (shown, trace)}  # it is made next, from this view
        return None

    def drawn(self, page: TemplatePage) -> tuple[object, Drawn]:
        """The view of a page; its trace, with the questions asked since the last."""
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
        """Keep the trace of a page, as the process that judged or drew it gives it."""
        self._last.known.update(dict.fromkeys(drawn.same, True))
        if drawn.reads is None:
            self._kept.add(path)
        else:
            self._drawn[path] = drawn.view, self._last.ranks(drawn.reads)
        self._last.add(drawn.questions)

    def settle(self) -> None:
        """Keep the questions asked so far in this process: those forked from it know them."""
        self._last.add(self._last.news()[0])

    def save(self, digests: Mapping[str, str]) -> None:
        """Write the traces of the pages that were published, with their digests. Raises
        ``OSError``."""
        pages = {path: self._known[path] for path in self._kept if path in digests}
        self.settle()
        pages |= {
            path: (digests[path], *drawn) for path, drawn in self._drawn.items() if path in digests
        }
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
            self._memory.forget(self._room, ())  # what followed the last whole goes with it
            for name, table in zip(_WHOLE, (names, *tables), strict=True):
                self._memory.keep(self._room, {name: _plain.encode((mark, table))})
            self._memory.keep(
                self._room, {"tout": _plain.encode(_Head(mark, self._salt, self._fonds))}
            )
            self._answers.forget({digest for digest, _, kept in questions.values() if kept})
        elif any(changes):
            more = _More(self._whole, self._salt, self._fonds, names[self._names :], *since)
            self._memory.keep(self._room, {"suite": _plain.encode(more)})


def _changes(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> dict[Any, Any]:
    changed = {
        key: row for key, row in after.items() if key not in before or before[key] is not row
    }
    return changed | dict.fromkeys(before.keys() - after.keys())
