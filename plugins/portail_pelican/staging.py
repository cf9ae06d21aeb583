"""The folder where Pelican writes, that of one process alone, and what killed processes left.

A build holds a lock on its folder until it ends: the system frees it, however that is. A process
number alone would not do, since two containers may share a portal.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from portail.files import forget_drafts

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows: the age of a folder says whether its build is dead
    fcntl = None

STAGING = "statique-"
"""The beginning of the names of these folders, below the cache."""

_DAY = 86_400  # seconds
_held: dict[Path, int] = {}


def stage(folder: Path) -> None:
    """Make ``folder``, empty, for this process; remove what killed ones left beside it.

    Raises ``OSError``.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    forget(folder)
    for other in folder.parent.glob(f"{STAGING}*"):
        if _is_left(other):
            forget(other)
    for place in (folder.parent, *(one for one in folder.parent.iterdir() if one.is_dir())):
        forget_drafts(place)
    # Another build may remove it before it is held: it is then made again.
    while folder not in _held:
        folder.mkdir(exist_ok=True)
        held = os.open(folder, os.O_RDONLY) if fcntl else -1
        if not fcntl or (_lock(held) is not False and folder.exists()):
            _held[folder] = held
        else:
            os.close(held)


def forget(folder: Path) -> None:
    """Remove a folder of ``stage``; what cannot be removed stays."""
    shutil.rmtree(folder, ignore_errors=True)
    if _held.get(folder, -1) != -1:
        os.close(_held[folder])
    _held.pop(folder, None)


def _is_left(folder: Path) -> bool:
    """Whether the build that made ``folder`` is dead; where nothing can be locked, whether it must
    be, since no build is a day long."""
    with suppress(OSError):  # another build removes it, or its own
        free = None
        if fcntl:
            held = os.open(folder, os.O_RDONLY)
            free = _lock(held)
            os.close(held)
        return free is True or (free is None and time.time() - folder.stat().st_mtime > _DAY)
    return False


def _lock(descriptor: int) -> bool | None:
    """Whether the lock could be taken; ``None`` on a disk that knows none."""
    assert fcntl is not None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
