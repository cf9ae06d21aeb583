"""What a machine refuses, in French: a full disk, missing rights, a file that is gone; its locks,
the memory that it has left.

Systems name these by number (POSIX ``errno``); their own words are English.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import NamedTuple

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows: no advisory locks
    fcntl = None


class _Refusal(NamedTuple):
    why: str
    # What to do; none when it depends on what was asked.
    remedy: str = ""


_ROOM = "Libérez de la place"
_RIGHTS = "Vérifiez à qui appartiennent ce fichier et son dossier"
_REFUSALS = {
    errno.ENOSPC: _Refusal("le disque est plein", _ROOM),
    errno.EDQUOT: _Refusal("le quota de disque est atteint", f"{_ROOM}, ou demandez-en davantage"),
    errno.EFBIG: _Refusal("un fichier est trop gros"),
    errno.EROFS: _Refusal("le disque est en lecture seule", "Choisissez un dossier où écrire"),
    errno.EACCES: _Refusal("l’accès n’est pas permis", _RIGHTS),
    errno.EPERM: _Refusal("l’accès n’est pas permis", _RIGHTS),
    errno.EIO: _Refusal("le disque ne répond pas", "Faites vérifier ce disque"),
    errno.EMFILE: _Refusal("trop de fichiers sont ouverts", "Relevez la limite « ulimit -n »"),
    errno.ENFILE: _Refusal("trop de fichiers sont ouverts", "Fermez d’autres programmes"),
    errno.ENOMEM: _Refusal("la mémoire manque", "Fermez d’autres programmes"),
    errno.ENAMETOOLONG: _Refusal(
        "le chemin est trop long", "Placez le portail dans un dossier au chemin plus court"
    ),
    errno.ESTALE: _Refusal("le disque du réseau a été coupé", "Rétablissez-le"),
    errno.ENOLCK: _Refusal("ce disque ne connaît pas les verrous", "Choisissez un autre disque"),
    errno.ENOENT: _Refusal("il n’est plus là"),
    errno.EISDIR: _Refusal("c’est un dossier"),
    errno.ENOTDIR: _Refusal("ce n’est pas un dossier"),
    errno.EEXIST: _Refusal("ce nom est déjà pris"),
    errno.ENOTEMPTY: _Refusal("ce dossier n’est pas vide"),
    errno.EBUSY: _Refusal("il est occupé par un autre programme"),
    errno.ELOOP: _Refusal("c’est un lien"),
    errno.EXDEV: _Refusal("il est sur un autre disque"),
    errno.EADDRINUSE: _Refusal("un autre programme l’utilise"),
    errno.ECONNREFUSED: _Refusal("la connexion est refusée : rien n’écoute à ce port"),
    errno.ECONNRESET: _Refusal("la connexion est coupée"),
    errno.ECONNABORTED: _Refusal("la connexion est coupée"),
    errno.EPIPE: _Refusal("la connexion est coupée"),
    errno.ENETUNREACH: _Refusal("le réseau n’y mène pas"),
    errno.EHOSTUNREACH: _Refusal("le réseau n’y mène pas"),
    errno.ENETDOWN: _Refusal("le réseau est coupé"),
    errno.ETIMEDOUT: _Refusal("pas de réponse à temps"),
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in French, to follow « : »; its own words if it is rare."""
    known = _REFUSALS.get(error.errno or 0)
    if known:
        return known.why
    return f"le système répond « {error.strerror or error} »"


def refused(error: BaseException) -> str:
    """A sentence for what a machine as a whole cannot give just now, and what to do; empty for any
    other error, which is ours to mend."""
    number = errno.ENOMEM if isinstance(error, MemoryError) else getattr(error, "errno", None)
    known = None
    if isinstance(error, OSError | MemoryError):
        known = _REFUSALS.get(number or 0)
    if known is None or not known.remedy:
        return ""
    named = getattr(error, "filename2", None) or getattr(error, "filename", None)
    where = f" ({named})" if named else ""
    return f"{known.why[0].upper()}{known.why[1:]}{where}. → {known.remedy}, puis recommencez."


# Memory: a system that runs out of it kills a process without a word (Linux, SIGKILL).

# Files of contents, MB that a build of so many took with two processes, as a control group of Linux
# counts them. Between these it grows evenly.
_NEEDED = ((0, 170), (800, 380), (20_000, 1_050))
_MB = 1_000_000
# What a process that nobody killed died of, most often.
KILLED = "signal 9 : la mémoire a sans doute manqué"


def needed(files: int) -> int:
    """Bytes that a build of so many files of contents takes, about.

    >>> needed(0) // 1_000_000, needed(400) // 1_000_000, needed(20_000) // 1_000_000
    (170, 275, 1050)
    """
    pairs = [*pairwise(_NEEDED)]
    (few, low), (many, high) = next((pair for pair in pairs if files <= pair[1][0]), pairs[-1])
    return round((low + (high - low) * (files - few) / (many - few)) * _MB)


def room(root: Path = Path("/")) -> int | None:
    """Bytes that this process may hold in all before the system kills one: what the machine or its
    control groups have left (Linux, ``cgroups(7)``, versions 1 and 2), and what it holds already;
    ``None`` where nothing under ``root`` says it."""
    limits = [*_of_machine(root / "proc/meminfo"), *_of_groups(root)]
    if limits:
        return max(0, min(limits)) + _held(root / "proc/self/statm")
    return None


def _held(file: Path) -> int:
    # What is of this process alone: not the pages of files, which others hold too.
    with suppress(OSError, ValueError, IndexError):
        _, resident, shared, *_ = map(int, file.read_text("ascii").split())
        return (resident - shared) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _of_machine(file: Path) -> Iterator[int]:
    with suppress(OSError, ValueError):
        for line in file.read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                yield int(line.split()[1]) * 1024


def _of_groups(root: Path) -> Iterator[int]:
    lines = []
    with suppress(OSError):
        lines = (root / "proc/self/cgroup").read_text("utf-8").splitlines()
    for line in lines:
        _, controllers, path = (*line.split(":", 2), "?", "?")[:3]
        first = "memory" in controllers.split(",")
        if not first and controllers:
            continue
        top = root / "sys/fs/cgroup" / ("memory" if first else "")
        group = PurePosixPath("/", path.lstrip("/"))
        # A group has no more than those above it; a container sees its own as the highest.
        for parent in (group, *group.parents):
            yield from _of_group(top / str(parent).lstrip("/"), first=first)


def _of_group(folder: Path, *, first: bool) -> Iterator[int]:
    # What a group has left, less than what it can free: pages of files that nobody reads now.
    names = ("limit_in_bytes", "usage_in_bytes") if first else ("max", "current")
    with suppress(OSError, ValueError):  # « max » is no number: no limit
        most, used = (int((folder / f"memory.{name}").read_text("ascii")) for name in names)
        rows = (folder / "memory.stat").read_text("ascii").splitlines()
        values = dict(row.rsplit(" ", 1) for row in rows if " " in row)
        free = int(values.get("total_inactive_file", values.get("inactive_file", "0")))
        yield most - max(0, used - free)


# What a system answers of a lock that another process has (``fcntl.lockf`` of Python: EACCES or
# EAGAIN, depending on the system).
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}


def try_lock(descriptor: int) -> bool | None:
    """Whether the exclusive lock of an open file could be taken, at once; ``None`` where there are
    none: Windows, some network drives."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        return None
    return True


def unlock(descriptor: int) -> None:
    """Free a lock, also when forked children still hold its descriptor."""
    with suppress(OSError):  # there was none
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
