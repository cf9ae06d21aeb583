"""When files came to the trunk and changed: what Git remembers, read offline, if there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from portail.diagnostics import DataError

# The settings of whoever runs it change nothing of the answer, run no program, open no connection
# (a partial clone would fetch what it lacks).
_GIT = """git --no-pager --literal-pathspecs -c core.quotePath=false -c core.fsmonitor=false
    -c log.showRoot=true -c log.showSignature=false -c protocol.allow=never""".split()
# One line of development, that of the trunk: a proposal counts from the day it is merged, whenever
# its author wrote it. ``-m``: what a merge brings is what differs from its first parent.
_LOG = """log --stdin --first-parent -m --diff-filter=AD --name-status --no-renames --relative
    --no-ext-diff --format=%x00""".split()
_CHANGES = """log --first-parent -m --diff-filter=AM --name-status --no-renames --relative
    --no-ext-diff --no-textconv --text --format=%x00%ct""".split()
# What a hook of Git says of the repository that it serves, which may be another one.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")


def arrivals(folder: Path, names: Iterable[str]) -> Mapping[str, int]:
    """The rank of the commit that brought each of the files ``names`` to the branch; a shallow
    clone has all that is older in one commit.
    """
    wanted = [name for name in names if "\n" not in name]
    if not wanted:
        return {}
    return _ranks(told_by_git(folder, _LOG, "\n".join(["HEAD", "--", *wanted, ""])))


class Revision(NamedTuple):
    """When a file came and last changed, as the trunk knows it, in UTC."""

    came: datetime | None = None
    changed: datetime | None = None


class Log(NamedTuple):
    """What Git says of the commits up to ``head``, newest first; ``why`` it is not ``whole``, in
    French.
    """

    head: str = ""
    text: str = ""
    whole: bool = False
    why: tuple[str, ...] = ()


def log_of(folder: Path, below: Iterable[str], lines: str, known: Log) -> Log:
    """Commits of ``folder`` that brought a file or changed a line matching ``lines`` (a POSIX
    extended regular expression); those of a whole ``known`` log are not looked at again.
    """
    if not _is_inside(folder):
        return Log()
    if not _has_git():
        return known._replace(whole=False, why=("git n’est pas installé", "Installez git."))
    done = _ran(folder, ["rev-parse", "HEAD", "--is-shallow-repository"])
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        # A repository without a commit repeats what it is asked: there is nothing to read.
        if done.stdout:
            return Log()
        return known._replace(whole=False, why=_refused(said))
    head, shallow = done.stdout.decode().split()
    if head == known.head:
        return known
    follows = shallow == "false" and known.head and _follows(folder, known.head)
    since = f"{known.head}..{head}" if follows else head
    done = _ran(folder, [*_CHANGES, f"-G{lines}", since, "--", *below])
    if done.returncode:  # as in a clone that left out the texts of former commits
        return known._replace(whole=False, why=PARTIAL)
    text = done.stdout.decode("utf-8", "surrogateescape")
    if shallow == "true":
        return Log(head, text + known.text, why=SHALLOW)
    return Log(head, text + known.text * bool(follows), whole=True)


SHALLOW = "ce clone n’en a que la fin", "git fetch --unshallow (dans une forge, fetch-depth: 0)"
PARTIAL = (
    "ce clone n’a pas les textes d’avant",
    "git fetch --refetch --no-filter (dans une forge, pas de « filter »)",
)


def _refused(said: str) -> tuple[str, str]:
    lines = said.split("\n")
    remedy = lines[-1].strip() if "safe.directory" in lines[-1] else "git status"
    return f"git répond « {lines[0].removeprefix('fatal: ')} »", remedy


def _around(folder: Path) -> tuple[Path, ...]:
    return folder, *folder.resolve().parents


def _is_inside(folder: Path) -> bool:
    return any((parent / ".git").exists() for parent in _around(folder))


def _has_git() -> bool:
    return shutil.which("git") is not None


def _follows(folder: Path, before: str) -> bool:
    line = told_by_git(folder, ["rev-list", "--first-parent", "--parents", f"{before}..HEAD"])
    return line.rstrip("\n").rpartition("\n")[2].split()[1:2] == [before]


def revisions(log: Log, until: float) -> Mapping[str, Revision]:
    """By the path of each file, when it came and when one of its lines last changed, up to an
    instant (in seconds since 1970)."""
    revisions: dict[str, Revision] = {}
    for commit in log.text.split("\0")[1:]:  # from the newest on
        second, *rows = commit.split("\n")
        if int(second) > until:
            continue
        at = datetime.fromtimestamp(int(second), UTC)
        for status, _, name in (row.partition("\t") for row in rows if row):
            known = revisions.get(name, Revision())
            came, changed = (at if status == letter else None for letter in "AM")
            revisions[name] = Revision(known.came or came, known.changed or changed)
    return revisions


class Object(NamedTuple):
    """One that Git stores, by its hash; ``data`` is ``None`` where it is too heavy."""

    name: str
    # blob, tree, commit or tag.
    kind: str
    data: bytes | None


# Bytes that are read at once.
_BATCH = 64_000_000


def objects_of(folder: Path, most: int) -> Iterator[Object]:
    """Everything that Git stores of a repository, whatever leads to it, as it was written; of
    objects of more than ``most`` bytes, only that they are there. Raises ``DataError``."""
    batch: list[str] = []
    size = 0
    for row in _batch(folder, "--batch-all-objects", "--unordered", "--batch-check").splitlines():
        name, kind, length = row.decode().split()
        if int(length) > most:
            yield Object(name, kind, None)
            continue
        batch.append(name)
        size += int(length)
        if size > _BATCH:
            yield from _read(folder, batch)
            batch, size = [], 0
    yield from _read(folder, batch)


def _read(folder: Path, names: Iterable[str]) -> Iterator[Object]:
    data = _batch(folder, "--batch", "--buffer", asked="".join(f"{name}\n" for name in names))
    at = 0
    while at < len(data):
        start = data.index(b"\n", at) + 1
        name, kind, length = data[at:start].decode().split()
        at = start + int(length) + 1
        yield Object(name, kind, data[start : at - 1])


def _batch(folder: Path, *how: str, asked: str = "") -> bytes:
    done = _ran(folder, ["--no-replace-objects", "cat-file", *how], asked)
    if done.returncode:
        raise DataError(" : ".join(_refused(done.stderr.decode("utf-8", "replace").strip())))
    return done.stdout


def told_by_git(folder: Path, command: Iterable[str], asked: str = "") -> str:
    """What Git prints; nothing where it has nothing to say, or is not installed."""
    if not _has_git():
        return ""
    done = _ran(folder, command, asked)
    if done.returncode:
        return ""
    return done.stdout.decode("utf-8", "surrogateescape")


def _ran(
    folder: Path, command: Iterable[str], asked: str = ""
) -> subprocess.CompletedProcess[bytes]:
    environ = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return subprocess.run(
        [*_GIT, "-C", str(folder), *command],
        input=asked.encode("utf-8", "surrogateescape"),
        capture_output=True,
        env=environ,
        check=False,
    )


def _ranks(log: str) -> dict[str, int]:
    ranks = {}
    gone = set()
    commits = log.split("\0")
    for rank, commit in zip(range(len(commits), 0, -1), commits, strict=True):
        for row in commit.split("\n"):
            status, _, name = row.partition("\t")
            if name and name not in ranks and name not in gone:
                if status == "A":
                    ranks[name] = rank
                else:
                    gone.add(name)
    return ranks
