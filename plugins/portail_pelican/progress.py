"""How far the build is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pelican.log import console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

__all__ = ["progress"]

_QUIET = 200
_STEPS = 4


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """A function to tell how many files of how many are made; a short build says nothing."""
    if console.is_terminal:
        columns = TextColumn("Pages"), BarColumn(), MofNCompleteColumn()
        # Pelican's own spinner turns on this console: a bar elsewhere would fight with it.
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("Pages", total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    else:
        yield _lines()


def _lines() -> Callable[[int, int], None]:
    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        step = done * _STEPS // total if total else 0
        if total >= _QUIET and step > said:
            said = step
            print(f"Pages : {done} sur {total}", flush=True)

    return tell
