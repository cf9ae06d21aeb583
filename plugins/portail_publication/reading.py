"""Reading many files at once for ``portail check`` and its like: over every processor, with a bar
where somebody waits for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from portail_publication.workers import cores, stream_forked

_LONG = 500
"""Files below which reading takes no time that one notices."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def read_forked(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """The results of ``function`` for each of ``items``, in that order: a ``Mapper`` of
    ``portail.site.draft``. Raises as ``stream_forked``."""
    with _shown(len(items)) as progress:
        yield from stream_forked(function, items, cores(), progress=progress)


@contextmanager
def _shown(total: int) -> Iterator[Callable[[int], None] | None]:
    """What is told how many files are read: a bar of the terminal that errors go to, if there are
    many."""
    if total < _LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # here: only a terminal has a bar
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Lecture"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Lecture", total=total)
        yield lambda done: bar.update(task, completed=done)
