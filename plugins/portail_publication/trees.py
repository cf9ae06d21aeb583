"""Atomic swap of two trees, under a lock: the next one, ``arbre``, is made beside the published
one, of the tree before it. A file is replaced by name, never through a hard link.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from stat import S_ISDIR

from msgspec import Struct, field

from portail.clock import portal_zone
from portail.diagnostics import PlanError
from portail.files import is_alive
from portail.machine import try_lock, unlock
from portail.outputs.base import parents_of

from .manifest import RETAINED, Entry, Manifest, as_written

# Paths are texts here: calls are made for each of ten thousand files, where a Path costs as much.

# When this process began to look, at the latest, in nanoseconds.
STARTED = time.time_ns()
_ASIDE = "ancien"
_DRAFT = ".nouveau"
_COARSE_NS = 2_000_000_000
_AT_FDCWD = -100 if sys.platform == "linux" else -2
_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


class Scan(Struct):
    """The content of a tree: files (or links) with their inode, folders with their time (ns)."""

    files: dict[str, int] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)


_NOTHING = Manifest()


def scan(root: Path, told: Manifest = _NOTHING) -> Scan:
    """What is below ``root``. A folder that has the time of ``told`` holds the files of ``told``:
    whatever comes to a folder or leaves it gives it another."""
    content = Scan()
    base = str(root)
    waiting = ["", *told.folders]
    same = set()
    for folder in waiting:  # those that are found are looked at in their turn
        if folder:
            try:
                status = os.lstat(f"{base}/{folder}")
            except OSError:
                continue
            if not S_ISDIR(status.st_mode):
                continue
            content.folders[folder] = status.st_mtime_ns
            if told.folders.get(folder) == status.st_mtime_ns:
                same.add(folder)
                continue
        with os.scandir(f"{base}/{folder}") as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if path in RETAINED:
                    continue
                if not entry.is_dir(follow_symlinks=False):
                    content.files[path] = entry.inode()
                elif path not in told.folders:
                    waiting.append(path)
    for path, file in told.files.items() if same else ():
        if path.rpartition("/")[0] in same:
            content.files[path] = file.inode
    return content


def steady(folders: Mapping[str, int]) -> dict[str, int]:
    """``folders`` without the times that a later change may have, 0 in their place: the coarsest
    file systems count in steps of two seconds."""
    sure = STARTED - _COARSE_NS
    return {path: time_ns if time_ns < sure else 0 for path, time_ns in folders.items()}


def assemble(
    tree: Path,
    present: Scan,
    have: Mapping[str, Entry],
    wanted: Mapping[str, Entry],
    source: Callable[[str], tuple[str, bool]],
) -> dict[str, Entry]:
    """Make ``tree`` hold the files of ``wanted`` and no other of ``present``, all ours; return them
    with their stamps. The folders of ``present`` are from then on those of ``tree``, without a time
    where something changed.

    ``have`` is its last content as written. ``source(path)`` gives the file to take and whether to
    move it. Raises ``OSError``, and ``PlanError`` before anything is changed.
    """
    needed = parents_of(wanted)
    for path in sorted(needed & wanted.keys()):
        raise PlanError(f"{path} serait à la fois un fichier et un dossier")
    root = str(tree)
    changed = present.files.keys() - wanted.keys()
    for path in changed:
        os.unlink(f"{root}/{path}")
    gone = present.folders.keys() - needed
    for folder in sorted(gone, reverse=True):
        os.rmdir(f"{root}/{folder}")
    made = needed - present.folders.keys()
    for folder in sorted(made):
        os.mkdir(f"{root}/{folder}", 0o755)
    changed |= gone | made
    placed: dict[str, Entry] = {}
    for path, entry in wanted.items():
        is_present = path in present.files
        if is_present and path in have and have[path].digest == entry.digest:
            # That of the published tree was looked at: it is nearly always the very same.
            same = present.files[path] == entry.inode
            last = entry if same else as_written(f"{root}/{path}", have[path])
            if last:
                placed[path] = entry if last is entry else entry.at(last)
                continue
        placed[path] = entry
        changed.add(path)
        origin, movable = source(path)
        if movable:
            _move(origin, f"{root}/{path}")
        else:
            if is_present:
                os.unlink(f"{root}/{path}")
            _link(origin, f"{root}/{path}")
    touched = needed.intersection([path.rpartition("/")[0] for path in changed])
    before = {folder: present.folders.get(folder, 0) for folder in needed}
    present.folders = before | dict.fromkeys(touched, 0)
    return placed


def _move(origin: str, target: str) -> None:
    try:
        os.replace(origin, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(origin, target)


def _link(origin: str, target: str) -> None:
    try:
        os.link(origin, target, follow_symlinks=False)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        _copy(origin, target)  # no hard links here, or too many on one file


def _copy(origin: str, target: str) -> None:
    # Copy beside the target, stamp included, then rename: a reader finds a whole file.
    folder, _, name = target.rpartition("/")
    draft = f"{folder}/.{name[:100]}{_DRAFT}"
    shutil.copyfile(origin, draft)
    os.chmod(draft, 0o644)
    status = os.stat(origin)
    os.utime(draft, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace(draft, target)


def is_draft(path: str, ours: AbstractSet[str]) -> bool:
    """Whether it is what a copy of one of ``ours`` was written as, and was cut."""
    folder, slash, name = path.rpartition("/")
    origin = f"{folder}{slash}{name[1:].removesuffix(_DRAFT)}"
    return name.startswith(".") and name.endswith(_DRAFT) and origin in ours


def take_out(root: Path, paths: Iterable[str], folder: Path) -> Path:
    """Move these files of ``root`` to a new folder of ``folder``, which is returned. Raises
    ``OSError``."""
    aside = next(
        candidate
        for candidate in map(folder.joinpath, map(str, count(1)))
        if not candidate.exists()
    )
    for path in paths:
        target = aside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(root / path, target)  # a link as a link, to another disk too
    return aside


def why_in_place(output: Path) -> str | None:
    """The reason, in French, that a tree beside ``output`` cannot take its place, if any."""
    parent = output.parent
    if output.exists() and os.path.ismount(output):
        return "c’est un point de montage"
    if not os.access(parent, os.W_OK | os.X_OK):
        return f"on ne peut rien écrire dans « {parent} »"
    return None


def swap(tree: Path, output: Path) -> None:
    """Put ``tree`` in the place of ``output``, and the reverse; ``recover`` mends what a kill
    leaves.
    """
    if not output.exists():
        os.rename(tree, output)
    elif not _swapped(tree, output):
        aside = tree.with_name(_ASIDE)
        os.rename(output, aside)
        try:
            os.rename(tree, output)
        except OSError:
            os.rename(aside, output)
            raise
        with suppress(OSError):  # the swap is made: ``recover`` ends it
            os.rename(aside, tree)
    _bring_retained(tree, output)


def recover(tree: Path, output: Path) -> Path | None:
    """Mend what a kill during ``swap`` may have left; the former output, when somebody made it anew
    meanwhile. Raises ``OSError``."""
    moved = None
    aside = tree.with_name(_ASIDE)
    if aside.exists():
        if not output.exists():
            os.rename(aside, output)
        elif not tree.exists():
            os.rename(aside, tree)
        else:
            _bring_retained(aside, output)
            moved = aside
    _bring_retained(tree, output)
    return moved


def _bring_retained(tree: Path, output: Path) -> None:
    for name in RETAINED:
        if (tree / name).exists() and output.exists() and not (output / name).exists():
            os.rename(tree / name, output / name)


def _swapped(tree: Path, output: Path) -> bool:
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            code = libc.renameat2(_AT_FDCWD, bytes(tree), _AT_FDCWD, bytes(output), _SWAP)
        else:
            code = libc.renamex_np(bytes(tree), bytes(output), _SWAP)
    except (OSError, AttributeError, TypeError):
        return False
    if code == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(output))


_STEP = 0.02
_PATIENCE = 2.0  # seconds
_WORDS = 200  # characters of a command that are kept
_LONGEST = 64 + 4 * _WORDS  # bytes of the file that are read


class BuildLock:
    """An exclusive lock on ``path``, a file that stays; the system frees it with the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, name: str) -> None:
        """Take the lock, once; ``name`` is the output as the user calls it. Raises ``PlanError``
        when another process has it."""
        if self._descriptor is not None:
            return
        # No program that is started inherits it (PEP 446).
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            self._wait(descriptor, name)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, _identity().encode("utf-8", "replace"))
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def _wait(self, descriptor: int, name: str) -> None:
        # Lock, once the workers of a killed build are dead too: they hold it to their end.
        attempts = 0
        while try_lock(descriptor) is False:
            text = os.pread(descriptor, _LONGEST, 0).decode("utf-8", "replace")
            since = os.fstat(descriptor).st_mtime
            pid, *command = text.split("\n")
            attempts += 1
            # A number that is not written yet may well be that of a process.
            if not pid.isdecimal() or is_alive(int(pid)) or attempts * _STEP > _PATIENCE:
                raise PlanError(
                    f"Une autre construction de « {name} » est en cours "
                    f"({_described(pid, command, since)}) : attendez sa fin, ou arrêtez-la."
                )
            time.sleep(_STEP)

    def release(self) -> None:
        if self._descriptor is None:
            return
        unlock(self._descriptor)
        os.close(self._descriptor)
        self._descriptor = None


def _identity() -> str:
    program = Path(sys.argv[0] or "python")
    name = program.name
    if name == "__main__.py":
        name = program.parent.name
    words = " ".join((name, *sys.argv[1:]))[:_WORDS]
    command = "".join(char if char.isprintable() else "?" for char in words)
    return f"{os.getpid()}\n{command}"


def _described(pid: str, command: Sequence[str], moment: float) -> str:
    if not pid:
        return "processus inconnu"
    since = datetime.fromtimestamp(moment, portal_zone())
    name = f", « {command[0]} »" if command else ""
    return f"processus {pid}, depuis le {since:%d/%m/%Y à %H:%M}{name}"
