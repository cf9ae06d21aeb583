"""What the last build read, and whether it is still the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from portail.site.reader import ANSWERS, Question, Reader
from portail.site.reads import noting

__all__ = ["LastReads"]


class LastReads:
    """``leaves`` are the digests of what was read, by name; ``asked`` the questions that were put,
    as (function, arguments, digest, ranks of what was read among ``names``)."""

    def __init__(
        self,
        reader: Reader,
        leaves: Mapping[str, str] = {},
        asked: Mapping[str, tuple[Any, ...]] = {},
        names: Sequence[str] = (),
    ) -> None:
        self._reader, self._leaves, self._asked, self._names = reader, leaves, asked, names
        self._same: dict[str, bool] = {}

    def same(self, read: str) -> bool:
        """Whether what was read is still the same."""
        known = self._same.get(read)
        if known is None:
            if read.startswith("? "):
                known = self._still_answered(read)
            else:
                known = self._leaves.get(read) == self._reader.digest(read)
            self._same[read] = known
        return known

    def _still_answered(self, name: str) -> bool:
        kept = self._asked.get(name)
        if kept is None:
            return False
        function, arguments, digest, ranks = kept
        reads = [self._names[rank] for rank in ranks]
        if all(map(self.same, reads)):
            question = Question(function, tuple(arguments), digest, tuple(reads))
            self._reader.asked.setdefault(name, question)
            return True
        if function not in ANSWERS:
            return False
        # About what is gone, an old question may fail in any way; a page that is still planned
        # asks it again, and fails for all to see.
        with noting(), suppress(Exception):
            ANSWERS[function](self._reader, *arguments)
        found = self._reader.asked.get(name)
        return found is not None and found.digest == digest

    def digest(self, read: str) -> str:
        """Digest of what a read that is no question gives today."""
        return self._leaves[read] if self._same.get(read) else self._reader.digest(read)

    def rested_on(self, reads: Iterable[str]) -> list[str]:
        """The questions among ``reads``, and those that they rest on."""
        asked, found = self._reader.asked, dict[str, None]()
        waiting = [name for name in reads if name.startswith("? ")]
        while waiting:
            name = waiting.pop()
            if name not in found and name in asked:
                found[name] = None
                waiting += [one for one in asked[name].reads if one.startswith("? ")]
        return [*found]
