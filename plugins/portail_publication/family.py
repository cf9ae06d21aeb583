"""What binds a process to its children when it is ended."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

__all__ = ["death_of_parent", "sigterm_unwinds"]

_PR_SET_PDEATHSIG = 1


@contextmanager
def sigterm_unwinds() -> Iterator[None]:
    """SIGTERM raises ``SystemExit`` inside, so that ``finally`` blocks stop the children."""
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def leave(number: int, frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def death_of_parent() -> Callable[[], object]:
    """A function that a child calls to be killed with its parent: Linux's ``prctl``, looked up
    before forking. Elsewhere it does nothing, and children stop at their next batch."""
    if sys.platform == "linux":
        try:
            prctl = ctypes.CDLL(None).prctl
        except (OSError, AttributeError):
            pass
        else:
            return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    return lambda: None
