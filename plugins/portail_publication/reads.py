"""What the last build read, and whether it is still the same.

Reads are known by their rank among all the names that were ever noted: a build looks at a hundred
thousand of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from typing import Any, TypeAlias

from portail.site.reader import ANSWERS, Reader
from portail.site.reads import noting

__all__ = ["LastReads", "Table"]

Row: TypeAlias = tuple[str, tuple[Any, ...], str, list[int]]
"""A question: name of the function, arguments, digest of the answer, ranks of what it read."""
Table: TypeAlias = tuple[list[str], dict[int, str], dict[int, Row]]
"""Names by rank, digests of what is no question, questions."""

_UNKNOWN, _SAME, _CHANGED = range(3)


class LastReads:
    """The reads of the last build, beside those of ``reader``."""

    def __init__(self, reader: Reader, table: Table) -> None:
        self._reader = reader
        self._names, self._leaves, self._asked = table
        self._states = bytearray(len(self._names))
        self._ranks: dict[str, int] = {}
        self._read = set[int]()

    def stand(self, ranks: Collection[int]) -> bool:
        """Whether all that was read is still the same."""
        return self._doubtful.isdisjoint(ranks) or all(map(self.same, ranks))

    @cached_property
    def _doubtful(self) -> set[int]:
        """What may have changed: leaves that did, and all that rests on them. The rest is known to
        be the same without being asked."""
        now, names = self._reader.digest, self._names
        for rank, digest in self._leaves.items():
            self._states[rank] = _SAME if now(names[rank]) == digest else _CHANGED
        found = {rank for rank, state in enumerate(self._states) if state != _SAME}
        found -= self._asked.keys()
        left = list(self._asked.items())
        while True:
            rests = {rank for rank, row in left if not found.isdisjoint(row[3])}
            if not rests:
                break
            found |= rests
            left = [one for one in left if one[0] not in rests]
        for rank, _ in left:
            self._states[rank] = _SAME
        return found

    def same(self, rank: int) -> bool:
        """Whether what was read is still the same."""
        state = self._states[rank]
        if state == _UNKNOWN:
            kept = self._asked.get(rank)
            if kept:
                same = self._still_answered(self._names[rank], kept)
            else:
                same = self._leaves.get(rank) == self._reader.digest(self._names[rank])
            state = self._states[rank] = _SAME if same else _CHANGED
        return state == _SAME

    def _still_answered(self, name: str, kept: Row) -> bool:
        function, arguments, digest, ranks = kept
        if all(map(self.same, ranks)):
            return True
        ask = _answer(function)
        if ask is None:
            return False
        # About what is gone, an old question may fail in any way; a page that is still planned
        # asks it again, and fails for all to see.
        with noting(), suppress(Exception):
            ask(self._reader, *arguments)
        found = self._reader.asked.get(name)
        return found is not None and found.digest == digest

    def ranks(self, reads: Iterable[str]) -> list[int]:
        """Ranks of reads of this build, new ones after the others; what they rest on is told by
        the next ``table``."""
        if not self._ranks:
            self._ranks = {name: rank for rank, name in enumerate(self._names)}
        found = []
        for read in reads:
            rank = self._ranks.setdefault(read, len(self._ranks))
            if rank == len(self._names):
                self._names.append(read)
                self._states.append(_CHANGED)
            found.append(rank)
        self._read.update(found)
        return found

    def table(self) -> Table:
        """What is kept for the next build, after ``ranks`` of all that was read in this one: what
        is still the same, and what was asked and read anew."""
        asked = {rank: row for rank, row in self._asked.items() if self._states[rank] == _SAME}
        for name, one in self._reader.asked.items():
            (rank,) = self.ranks([name])
            asked[rank] = (one.function, one.arguments, one.digest, self.ranks(one.reads))
        leaves = {
            rank: self._leaves[rank] if self._states[rank] == _SAME else self._reader.digest(name)
            for rank, name in enumerate(self._names)
            if not name.startswith("? ") and (self._states[rank] == _SAME or rank in self._read)
        }
        return self._names, leaves, asked


def _answer(function: str) -> Callable[..., Any] | None:
    """An answer by its name; nothing else may have imported its module yet."""
    if function and function not in ANSWERS:
        with suppress(ImportError):  # gone with the code that asked it
            import_module(function.rpartition(".")[0])
    return ANSWERS.get(function)
