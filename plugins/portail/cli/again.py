"""The answer of a command asked again while nothing changed.

A run that succeeded leaves the stamps of all that it depended on; the next one compares them before
it imports anything, hence the few imports of this module. Trees are stamped before they are read:
what changes from then on gets a later time, hence another stamp. What cannot be stamped is not
kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from portail.memory import FILE, Memory

# os.stat and scandir, ten thousand times: a Path costs as much as the call.

_ROOM = "redites"
_SPARE = 20  # answers to other questions
# When this process began, nearly, in nanoseconds.
STARTED = time.time_ns()
# No clock of a file system is coarser, in nanoseconds, but those that count in seconds.
_STEP = 20_000_000
_SECOND = 1_000_000_000
# Variables that change by themselves, or that only the form of a report depends on, which is
# written anew.
_UNREAD = frozenset({"_", "SHLVL", "OLDPWD", "COLUMNS", "LINES", "NO_COLOR", "TERM"})
_DISTRUST = ("CI", "PORTAIL_VERIFIER", "PORTAIL_NEUF")
_SKIPPED = frozenset({"__pycache__"})
_NAME = attrgetter("name")

# The command of this process, which may leave its answer; ``None`` in any other process.
current: Again | None = None


class Source(NamedTuple):
    """Something that a run depended on, which may be absent: a ``file``, a whole ``tree``, the
    ``names`` in a folder, the ``files`` of a folder and of two levels below, a published ``site``.
    """

    kind: str
    path: str


class _DoubtError(Exception):
    """Something that stamps do not vouch for."""


class Again:
    """What ``portail COMMAND ARGUMENTS`` gave last time, in this folder."""

    def __init__(self, command: str, arguments: Sequence[str]) -> None:
        self._about = _about(command, arguments)
        self.cache = cache_of(arguments)
        self._memory = Memory(self.cache / FILE)
        self._key = _digest([json.dumps([command, *arguments, str(Path.cwd())])])
        self._seen: dict[Source, str] = {}  # stamps, from before anything is read
        self._trees: list[Source] | None = None

    def beside(self, content: Path) -> bool:
        """Whether answers on ``content``, which settings may name, are kept where this looks."""
        return _cache_of(content) == self.cache

    def answer(self) -> Mapping[str, Any] | None:
        """The answer kept, if nothing changed; else it is removed, since this run may be killed."""
        answer: Mapping[str, Any] | None = None
        with suppress(OSError, ValueError, TypeError, KeyError, _DoubtError):
            stored = json.loads(self._memory.recall(_ROOM, [self._key])[self._key])
            if self._holds(stored):
                answer = stored["answer"]
        if answer is None:
            self._memory.drop(_ROOM, [self._key])
        self._memory.close()  # a build may throw the file away
        return answer

    def _holds(self, stored: Mapping[str, Any]) -> bool:
        since, until = stored["days"]
        return bool(
            stored["about"] == self._about
            and since <= time.time() < until
            and all(self._before(Source(*parts)) == stamp for *parts, stamp in stored["sources"])
            and all(stamp_of(Source(*parts)) == stamp for *parts, stamp in stored["outputs"])
        )

    def _before(self, source: Source) -> str:
        if source.kind == "names":  # the output may be one of them, made since
            return stamp_of(source)
        if source not in self._seen:
            self._seen[source] = stamp_of(source, STARTED)
        return self._seen[source]

    def watch(self, trees: Iterable[Source]) -> None:
        """Note how ``trees`` are, before they are read: ``keep`` keeps nothing without."""
        with suppress(OSError, _DoubtError):
            self._trees = [tree for tree in trees if self._before(tree)]

    def keep(
        self, answer: Mapping[str, Any], sources: Iterable[Source], site: Mapping[Source, str] = {}
    ) -> None:
        """Keep ``answer``, which depended on ``sources`` and on what was watched, and left
        ``site``.

        Nothing is kept of what changed since this process began, or may.
        """
        if self._trees is None:
            return
        # Trees come first, since contents change most often: one that did is enough.
        inside = tuple(f"{path}/" for kind, path in self._trees if kind == "tree")
        besides = (one for one in sources if not one.path.startswith(inside))
        wanted = sorted({*besides, *self._trees}, reverse=True)
        with suppress(OSError, _DoubtError):  # the next run does its work
            content = {
                "about": self._about,
                "days": _today(),
                "sources": [(*source, self._before(source)) for source in wanted],
                "outputs": [(*source, stamp) for source, stamp in site.items()],
                "answer": answer,
            }
            self._memory.keep(_ROOM, {self._key: json.dumps(content).encode()})
            self._memory.forget(_ROOM, [self._key], spare=_SPARE)
            self._memory.close()


def ask(command: str, arguments: Sequence[str]) -> Mapping[str, Any] | None:
    """The answer of ``portail COMMAND ARGUMENTS``, the command of this process, if it was kept;
    else ``current`` is where to keep it, unless the environment trusts nothing."""
    global current
    if not any(os.environ.get(name) for name in _DISTRUST):
        with suppress(OSError):  # the folder that one is in is gone: the command says so
            current = Again(command, arguments)
    if current:
        return current.answer()
    return None


def code_sources() -> set[Source]:
    """Every module of this process, and what could be imported in the place of one."""
    modules = (getattr(module, "__file__", None) for module in [*sys.modules.values()])
    files = {Source("file", _absolute(path)) for path in modules if path}
    return files | {Source("names", _absolute(path)) for path in sys.path}


def _absolute(path: str) -> str:
    # Nearly all are: a thousand of them, after each build.
    if path.startswith("/"):
        return path
    return str(Path(path).absolute())


Published: TypeAlias = Iterable[tuple[str, int, int, int]]
"""The files of a site: path, size, time and inode of each."""


def stamp_of(source: Source, before: int | None = None, files: Published | None = None) -> str:
    """One digest for the stamps of a source; ``files`` are those of a site, where they are known.
    Raises ``_DoubtError``, as ``_rows``."""
    return _digest(_rows(source, before, files))


def _rows(source: Source, before: int | None, files: Published | None) -> Iterator[str]:
    """A source and its stamps. Raises ``_DoubtError`` for what cannot be followed and for what
    changed since ``before``, in nanoseconds."""
    yield repr(source)
    if source.kind == "tree":
        yield _row(source.path, before)
        yield from _tree(source.path, before)
    elif source.kind == "site":
        published = _published(f"{source.path}/") if files is None else files
        yield from sorted(map(_FILE, published))
    elif source.kind == "files":
        yield from _files(source.path, before, 2)
    elif source.kind == "names":
        with suppress(OSError):
            names = (entry.name for entry in os.scandir(source.path))
            yield from sorted(name for name in names if name not in _SKIPPED and name[0] != ".")
    else:
        yield _row(source.path, before)


_FILE = "{0[0]}\0{0[1]} {0[2]} {0[3]}".format
# Names at the root of a published site that are no part of it.
RETAINED = frozenset({".git"})


def _published(root: str, folder: str = "") -> Published:
    for entry in os.scandir(root + folder):
        if not entry.is_dir(follow_symlinks=False):
            status = entry.stat(follow_symlinks=False)
            yield folder + entry.name, status.st_size, status.st_mtime_ns, status.st_ino
        elif folder or entry.name not in RETAINED:
            yield from _published(root, f"{folder}{entry.name}/")


def _row(path: str, before: int | None) -> str:
    try:
        return _stamped(path, Path(path).stat(), before)
    except OSError as error:
        return f"{path} {error.errno}"


def _stamped(name: str, status: os.stat_result, before: int | None) -> str:
    changed = status.st_ctime_ns
    if before is not None:
        coarse = changed % _SECOND == 0 and status.st_mtime_ns % _SECOND == 0
        if changed > before - (2 * _SECOND if coarse else _STEP):
            raise _DoubtError(name)
    return (
        f"{name}\0{status.st_mode} {status.st_size} {status.st_mtime_ns} {changed} "
        f"{status.st_ino} {status.st_dev}"
    )


def _scanned(folder: str) -> tuple[list[os.DirEntry[str]], list[str]]:
    try:
        return sorted(os.scandir(folder), key=_NAME), []
    except OSError as error:
        return [], [f"{folder} {error.errno}"]


def _tree(folder: str, before: int | None) -> Iterator[str]:
    entries, absent = _scanned(folder)
    yield from absent
    for entry in entries:
        if entry.name in _SKIPPED:
            continue
        status = entry.stat(follow_symlinks=False)
        yield _stamped(entry.name, status, before)
        if stat.S_ISDIR(status.st_mode):
            yield from _tree(entry.path, before)
            yield ".."
        elif stat.S_ISLNK(status.st_mode):
            if entry.is_dir():
                raise _DoubtError(entry.path)  # what is behind may be anywhere, or a loop
            yield _row(entry.path, before)


def _files(folder: str, before: int | None, depth: int) -> Iterator[str]:
    entries, absent = _scanned(folder)
    yield from absent
    for entry in entries:
        if entry.is_file(follow_symlinks=False):
            yield _stamped(entry.path, entry.stat(follow_symlinks=False), before)
        elif depth and not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, before, depth - 1)


def cache_of(arguments: Sequence[str]) -> Path:
    """The cache of the command that has these ``arguments``."""
    return _cache_of(Path(_value(arguments, "--content") or "content"))


def _cache_of(content: Path) -> Path:
    cache = os.environ.get("PORTAIL_CACHE") or content.resolve().parent / ".cache"
    return Path(cache).absolute()


def _about(command: str, arguments: Sequence[str]) -> str:
    # All that a run depends on and that is in no file.
    variables = sorted((k, v) for k, v in os.environ.items() if k not in _UNREAD)
    who = os.geteuid() if hasattr(os, "geteuid") else 0
    python = sys.version, sys.executable, tuple(sys.flags), sys.path
    return _digest([repr((command, list(arguments), str(Path.cwd()), variables, who, *python))])


def _today() -> list[int]:
    # From when to when it is the same day here, at the portal and in Greenwich, in seconds.
    from datetime import UTC, datetime, timedelta

    from portail.clock import portal_zone

    now = datetime.now(UTC)
    days = [now, now.astimezone(portal_zone()), now.astimezone()]
    starts = [day.replace(hour=0, minute=0, second=0, microsecond=0) for day in days]
    since = max(start.timestamp() for start in starts)
    return [int(since), int(min((start + timedelta(days=1)).timestamp() for start in starts))]


def _value(arguments: Sequence[str], option: str) -> str:
    value = ""
    for name, following in pairwise([*arguments, ""]):
        if name == option:
            value = following
        elif name.startswith(f"{option}="):
            value = name.partition("=")[2]
    return value


def _digest(rows: Iterable[str]) -> str:
    whole = "\n".join(rows).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()
