"""How much a command says, and what it shows while it works.

``-q`` leaves the errors and what was asked for; ``-v`` adds what is done, with the time of each
stage. Reports for programs (JSON, annotations…) say all in any case.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from time import perf_counter
from typing import Any, Protocol, TextIO


class Voice(IntEnum):
    QUIET = 0
    USUAL = 1
    FULL = 2


class Told(Protocol):
    """Is given how many things of a stage are done, and of how many when that is known late."""

    def __call__(self, done: int, total: int | None = None, /) -> None:
        """See above."""


class _State:
    voice = Voice.USUAL
    console: Any = None
    shows = True


def set_voice(voice: Voice) -> None:
    _State.voice = voice


def show_stages(console: Any = None, *, shows: bool = True) -> None:
    """Show stages on ``console`` (of rich), else on the terminal that errors go to."""
    _State.console = console
    _State.shows = shows


def voice() -> Voice:
    return _State.voice


def inform(text: str, stream: TextIO) -> None:
    if _State.voice is not Voice.QUIET:
        say(text, stream)


def detail(text: str) -> None:
    if _State.voice is Voice.FULL:
        say(f"{text}\n", sys.stderr)


def say(text: str, stream: TextIO) -> None:
    """Write ``text`` whatever the encoding; a reader who left (``| head -1``) stops nothing."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # what the stream still holds goes there too
        os.close(nowhere)


def is_terminal(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    return stream.isatty() and environ.get("TERM") != "dumb"


@contextmanager
def stage(title: str, total: int | None = None) -> Iterator[Told]:
    """A stage of a command: a bar on a terminal, its seconds when all is to be said, else
    nothing.
    """
    started = perf_counter()
    with _shown(title, total) as told:
        yield told
    detail(f"{title} : {perf_counter() - started:.1f} s".replace(".", ","))


@contextmanager
def _shown(title: str, total: int | None) -> Iterator[Told]:
    console = _State.console
    in_terminal = console.is_terminal if console else is_terminal(sys.stderr)
    if _State.voice is Voice.QUIET or not (in_terminal and _State.shows):
        yield lambda done, total=None: None
        return
    from rich import progress as rich  # here: only a terminal has a bar
    from rich.console import Console

    columns = [rich.TextColumn(title), rich.BarColumn()]  # one that pulses without a total
    if total:
        columns += [rich.MofNCompleteColumn()]
    where = console or Console(stderr=True)
    with rich.Progress(*columns, console=where, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done, total=total: bar.update(task, completed=done, total=total)
