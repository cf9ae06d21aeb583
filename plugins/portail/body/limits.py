"""What a body may cost, checked before it is read."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from types import FrameType
from typing import Any

from portail.files import unmerged
from portail.late import expression

from .document import Place

# Longest body, in bytes of UTF-8.
BODY_BYTES = 200_000

# Longest line, in bytes of UTF-8.
LINE_BYTES = 20_000

# Longest run of one symbol.
RUN = 200

# Longest time for one body.
SECONDS = 5.0

_NESTING = 20
_UNCLOSED = 200
_UTF8_LONGEST = 4
_REPEAT = 0.1
# Signs of which no run may be longer.
REPEATED = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~·•–—…’«»"
_BRACKET = expression(r"\\[\[\]]|[\[\]]|\n[ \t]*\n")


class TooSlow(Exception):
    """The time allowed is over."""


def excess(text: str, first_line: int) -> tuple[str, Place, dict[str, Any]] | None:
    """The limit that ``text`` exceeds: its code, the place in the file, the values of its message.

    ``None`` when nothing forbids to read it.
    """
    if len(text) * _UTF8_LONGEST > BODY_BYTES:
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > BODY_BYTES:
            return "E301", Place(first_line, 1), {"poids": -(-size // 1000)}
    if len(text) * _UTF8_LONGEST > LINE_BYTES:
        for number, line in enumerate(text.split("\n"), first_line):
            if len(line.encode("utf-8", "surrogatepass")) > LINE_BYTES:
                return "E302", Place(number, 1), {}
    for offset, _ in unmerged(text):
        return "E143", _place(text, offset, first_line), {}
    if run := _run(text):
        return "E303", _place(text, text.index(run), first_line), {"signe": run[0]}
    deep = None
    if text.count("[") > _NESTING:
        deep = _deep_bracket(text)
    if deep is None:
        return None
    return ("E304", _place(text, deep, first_line), {})


def _run(text: str) -> str:
    step = RUN // 2  # so that a run covers two places that follow one another
    twice = {sign for sign, next_one in pairwise(text[::step]) if sign == next_one}
    runs = (sign * (RUN + 1) for sign in REPEATED if sign in twice)
    return next((run for run in runs if run in text), "")


def _place(text: str, offset: int, first_line: int) -> Place:
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(first_line + text.count("\n", 0, offset), offset - line_start + 1)


def _deep_bracket(text: str) -> int | None:
    # Offset of a bracket nested too deep, or of one too many left open in a paragraph.
    # Open ones alone are no fault: a French interval is written « [0, 1[ ».
    opened = []
    depths = []
    for match in _BRACKET.finditer(text):
        sign = match[0]
        if sign == "[":
            opened.append(match.start())
            depths.append(0)
            if len(opened) > _UNCLOSED:
                return opened[0]
        elif sign == "]" and opened:
            start = opened.pop()
            depth = depths.pop() + 1
            if depth > _NESTING:
                return start
            if depths:
                depths[-1] = max(depths[-1], depth)
        elif sign[-1] == "\n":
            opened.clear()
            depths.clear()
    return None


def _disarm() -> None:
    while True:
        try:
            signal.setitimer(signal.ITIMER_PROF, 0)
            return
        except TooSlow:
            continue


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``TooSlow`` in the block after ``seconds`` of processor time of this process.

    It relies on a signal of the main thread of a POSIX system: elsewhere there is no limit.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    start = time.process_time()
    handler = signal.signal(signal.SIGPROF, stop)
    remaining = interval = 0.0
    try:
        # Repeated: an exception raised inside a finaliser or a callback of the collector is lost.
        remaining, interval = signal.setitimer(signal.ITIMER_PROF, seconds, _REPEAT)
        yield
    finally:
        _disarm()
        signal.signal(signal.SIGPROF, handler or signal.SIG_DFL)
        if remaining:
            spent = time.process_time() - start
            signal.setitimer(signal.ITIMER_PROF, max(remaining - spent, 1e-3), interval)
