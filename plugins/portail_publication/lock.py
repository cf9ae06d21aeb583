"""One build at a time on one output."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType

from portail.config import PARIS
from portail.errors import PlanError

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # no advisory locks on this system: builds are not kept apart
    fcntl = None

__all__ = ["BuildLock"]

_STEP = 0.02
_PATIENCE = 2.0  # seconds
_WORDS = 200  # signs of a command that are told
_LONGEST = 64 + 4 * _WORDS  # bytes of what the file says


class BuildLock:
    """An exclusive lock on ``path``, a file that stays; the system frees it with the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, name: str) -> None:
        """Take the lock; ``name`` is the output as the user knows it.

        Raises ``PlanError`` when another process has it. Taking it twice is once.
        """
        if self._descriptor is not None:
            return
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            self._wait(descriptor, name)
        except BaseException:
            os.close(descriptor)
            raise
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, _identity().encode("utf-8", "replace"), 0)
        self._descriptor = descriptor

    def _wait(self, descriptor: int, name: str) -> None:
        """Lock, once the workers of a killed build are dead too: they hold it to their end."""
        attempts = 0
        while fcntl is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except OSError as error:
                text = os.pread(descriptor, _LONGEST, 0).decode("utf-8", "replace")
                since = os.fstat(descriptor).st_mtime
                pid, *told = text.split("\n")
                attempts += 1
                if _is_alive(pid) or attempts * _STEP > _PATIENCE:
                    raise PlanError(
                        f"Une autre construction de « {name} » est en cours "
                        f"({_described(pid, told, since)}) : attendez sa fin, ou arrêtez-la."
                    ) from error
                time.sleep(_STEP)

    def release(self) -> None:
        """Free the lock, also when forked children still hold its descriptor."""
        if self._descriptor is None:
            return
        if fcntl is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)
        self._descriptor = None


def _identity() -> str:
    """What the file says of who has it: process, command; one a line."""
    program = Path(sys.argv[0] or "python")
    name = program.parent.name if program.name == "__main__.py" else program.name
    words = " ".join((name, *sys.argv[1:]))[:_WORDS]
    command = "".join(sign if sign.isprintable() else "?" for sign in words)
    return f"{os.getpid()}\n{command}"


def _described(pid: str, told: Sequence[str], moment: float) -> str:
    """Who has the lock, as far as the file says it, since it was written."""
    if not pid:
        return "processus inconnu"
    since = datetime.fromtimestamp(moment, PARIS)
    command = f", « {told[0]} »" if told else ""
    return f"processus {pid}, depuis le {since:%d/%m/%Y à %H:%M}{command}"


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (ValueError, OSError):
        return True  # not written yet, or somebody else's: it may well be
    return True
