"""The folder where Pelican writes, that of one process alone, and what killed processes left.

A build holds a lock on its folder until it ends: the system frees it, however that is.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from portail.diagnostics import PlanError
from portail.files import forget_drafts
from portail.machine import try_lock

_BEGINNING = "statique-"
# Of this process and its forks: two containers may share a portal, and number processes alike.
_MARK = token_hex(4)

_DAY = 86_400  # seconds
# seconds
_ATTEMPTS = 100
_STEP = 0.02
_OPENED = os.name == "posix"  # Windows opens no folder: its age says whether its build is dead
_held: dict[Path, int] = {}


def staging_of(cache: Path, process: int) -> Path:
    """The folder of a process, this one or a fork of it."""
    return cache / f"{_BEGINNING}{process}-{_MARK}"


def stage(folder: Path) -> None:
    """Make ``folder``, empty, for this process; remove what killed ones left beside it. Raises
    ``OSError``, and ``PlanError`` when it cannot be held: a disk answers so."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    forget(folder)
    for path in folder.parent.glob(f"{_BEGINNING}*"):
        if _is_left(path):
            forget(path)
    for place in (folder.parent, *(path for path in folder.parent.iterdir() if path.is_dir())):
        forget_drafts(place)
    # Another build may remove it before it is held: it is then made again.
    for _ in range(_ATTEMPTS):
        folder.mkdir(exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY) if _OPENED else -1
        if not _OPENED or (try_lock(descriptor) is not False and folder.exists()):
            _held[folder] = descriptor
            return
        os.close(descriptor)
        time.sleep(_STEP)
    raise PlanError(f"Une autre construction tient « {folder} » : attendez sa fin, ou arrêtez-la.")


def forget(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if _held.get(folder, -1) != -1:
        os.close(_held[folder])
    _held.pop(folder, None)


def _is_left(folder: Path) -> bool:
    # Whether the build of ``folder`` is dead; without locks, whether it is a day old.
    with suppress(OSError):  # another build removes it, or its own
        free = None
        if _OPENED:
            descriptor = os.open(folder, os.O_RDONLY)
            free = try_lock(descriptor)
            os.close(descriptor)
        return free is True or (free is None and time.time() - folder.stat().st_mtime > _DAY)
    return False
