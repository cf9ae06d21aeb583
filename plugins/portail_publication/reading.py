"""Reading many files at once for ``portail check`` and its like: over every processor, with a bar
where somebody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from portail.terminal.readable import stage

from .workers import cores, stream_forked

# Files below which reading takes no time that one notices.
_LONG = 60

Item = TypeVar("Item")
Result = TypeVar("Result")


def read_forked(
    function: Callable[[Item], Result], items: Sequence[Item], workers: int | None = None
) -> Iterator[tuple[Item, Result]]:
    """Each of ``items`` with the result of ``function`` for it: a ``Mapper`` of
    ``portail.site.draft``. Raises as ``stream_forked``."""
    workers = workers or cores()
    if len(items) < _LONG:
        yield from stream_forked(function, items, workers)
        return
    with stage("Lecture", len(items)) as progress:
        yield from stream_forked(function, items, workers, progress=progress)
