"""Manifest of a published tree, in the memory beside it and checked before use; fingerprints of
files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Literal, NamedTuple

from msgspec import DecodeError, Struct, field, json
from msgspec.structs import replace

from portail.diagnostics import PlanError
from portail.files import bytes_in, digest_bytes
from portail.memory import Memory
from portail.outputs.base import Artifact, Derived, TemplatePage, Tree
from portail.resources import quiet_gc

from .workers import stream_forked

# one os.stat a file, ten thousand times: a Path costs as much as the call.

# Names at the root of a published site that are no part of it.
RETAINED = frozenset({".git"})


class Entry(NamedTuple):
    """A published file."""

    fingerprint: str
    digest: str
    size: int
    mtime_ns: int
    # The folder of the ``Tree`` that made it, empty for any other file.
    owner: str = ""
    inode: int = 0

    def at(self, entry: Entry) -> Entry:
        """This entry, with the stamps of another file of the same bytes."""
        return self._replace(mtime_ns=entry.mtime_ns, inode=entry.inode)


class Manifest(Struct):
    """Files by path, and the fingerprint of each ``Tree`` by its folder (it may be empty);
    ``folders`` hold these files and folders, and no other, as long as they have these times (ns).
    """

    files: dict[str, Entry] = field(default_factory=dict)
    trees: dict[str, str] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)
    format: Literal[1] = 1

    def holds(self, root: Path) -> bool:
        """Whether a file is still under ``root`` as it was written."""
        return any(as_written(f"{root}/{path}", entry) for path, entry in self.files.items())

    def intact(self, root: Path, *, verify: bool = False, workers: int = 1) -> dict[str, Entry]:
        """The files still under ``root`` as they were written: same size and time; with ``verify``,
        same bytes.
        """
        base = str(root)
        entries = {path: as_written(f"{base}/{path}", e) for path, e in self.files.items()}
        intact = {path: entry for path, entry in entries.items() if entry}
        if not verify:
            return intact
        digests = stream_forked(lambda path: digest(root / path), list(intact), workers)
        return {path: intact[path] for path, same in digests if same == intact[path].digest}


def as_written(path: str, entry: Entry) -> Entry | None:
    """``entry``, if the file at ``path`` has its size and time still, with its inode."""
    status = _regular(path)
    if status is None or (status.st_size, status.st_mtime_ns) != (entry.size, entry.mtime_ns):
        return None
    inode = status.st_ino
    if inode == entry.inode:
        return entry
    return entry._replace(inode=inode)


def _regular(path: str) -> os.stat_result | None:
    # What is at ``path``, if it is a file: a link or a folder put there by hand may have the size
    # and the time, not the type.
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    if S_ISREG(status.st_mode):
        return status
    return None


def digest(path: Path) -> str:
    """The digest of the file at ``path``; empty without one."""
    data = bytes_in(path)
    if data is None:
        return ""
    return digest_bytes(data)


_MANIFESTS = "manifestes"
_DATES = "lus"


def _key(root: Path) -> str:
    # Manifests are named by the inode of the root, which follows the tree through a swap: 0, which
    # no file has, for a root that is not there.
    with suppress(OSError):
        return str(root.lstat().st_ino)
    return "0"


def load(memory: Memory, root: Path) -> Manifest:
    """The manifest of the tree at ``root`` kept in ``memory``; empty when absent or foreign."""
    key = _key(root)
    return _read(memory.recall(_MANIFESTS, [key]).get(key, b""))


def _read(data: bytes) -> Manifest:
    with suppress(ValueError, DecodeError, RecursionError), quiet_gc():
        manifest = _written.decode(data)
        if data.isascii():
            return manifest
        return _renamed(manifest, "latin-1", "utf-8")
    return Manifest()


def adopt(memory: Memory, root: Path, *, workers: int = 1) -> bool:
    """Give the tree at ``root`` the manifest of another tree, byte for byte the nearest, if it has
    none; whether its bytes were read for that.

    Both are then a copy, or came back from an archive, as the cache of a forge does.
    """
    if is_known(memory, root) or not root.is_dir():
        return False
    manifests = [_read(data) for _, data in sorted(memory.recall(_MANIFESTS).items())]
    paths = [*{path for manifest in manifests for path in manifest.files}]
    by_path = dict(stream_forked(lambda path: digest(root / path), paths, workers))

    def same(manifest: Manifest) -> int:
        return sum(by_path[path] == entry.digest for path, entry in manifest.files.items())

    best = max(manifests, key=same, default=Manifest())
    if not same(best):
        return False
    files = {path: _stamped(f"{root}/{path}", e, by_path[path]) for path, e in best.files.items()}
    save(memory, root, replace(best, files=files, folders={}))
    return True


def _stamped(path: str, entry: Entry, digest: str) -> Entry:
    # ``entry``, with the stamps of the file at ``path`` if that has its bytes.
    status = None
    if digest == entry.digest:
        status = _regular(path)
    return entry._replace(
        mtime_ns=status.st_mtime_ns if status else -1, inode=status.st_ino if status else 0
    )


def save(memory: Memory, root: Path, manifest: Manifest) -> None:
    """Raises ``OSError`` for a tree that is not there, ``PlanError`` when nothing can be written:
    what is published must be known."""
    root.lstat()
    if not "".join([*manifest.files, *manifest.trees]).isascii():  # folders are theirs
        manifest = _renamed(manifest, "utf-8", "latin-1")
    _need(memory.keep(_MANIFESTS, {_key(root): json.encode(manifest)}), memory)


def drop(memory: Memory, root: Path) -> None:
    """Raises ``PlanError``, as ``save``."""
    _need(memory.drop(_MANIFESTS, [_key(root)]), memory)


def _need(written: bool, memory: Memory) -> None:
    if not written:
        raise PlanError(
            f"« {memory.path} », qui dit ce qui est publié, ne s’écrit pas. → Libérez de la place "
            "sur ce disque, ou ouvrez ce dossier en écriture."
        )


_written = json.Decoder(Manifest)


def _renamed(manifest: Manifest, read: str, written: str) -> Manifest:
    # JSON has no place for names that are no text: their bytes are written as letters.
    def name(text: str) -> str:
        return text.encode(read, "surrogatepass").decode(written, "surrogatepass")

    files = {name(path): e._replace(owner=name(e.owner)) for path, e in manifest.files.items()}
    trees = {name(path): mark for path, mark in manifest.trees.items()}
    folders = {name(path): time_ns for path, time_ns in manifest.folders.items()}
    return replace(manifest, files=files, trees=trees, folders=folders)


def is_known(memory: Memory, root: Path) -> bool:
    return _key(root) in memory.keys(_MANIFESTS)


def date(memory: Memory, root: Path, moment: int) -> None:
    """Note that the tree at ``root`` knows nothing of what changes after ``moment`` (ns)."""
    memory.keep(_DATES, {_key(root): b"%d" % moment})


def date_of(memory: Memory, root: Path) -> int:
    """The moment after which the tree at ``root`` knows nothing of what changes (ns); else 0."""
    with suppress(ValueError):
        return int(memory.recall(_DATES, [_key(root)]).get(_key(root), b"0"))
    return 0


def forget(memory: Memory, *roots: Path) -> None:
    """Remove the manifests of every tree but ``roots``."""
    live = {*map(_key, roots)}
    for room in (_MANIFESTS, _DATES):
        memory.forget(room, live)


def take_former(memory: Memory, folder: Path) -> None:
    """Take the manifests that former versions wrote as files of ``folder``; the rest of theirs
    goes."""
    with suppress(OSError):
        for file in folder.glob("manifeste-*.json"):
            if memory.keep(_MANIFESTS, {file.stem.partition("-")[2]: file.read_bytes()}):
                file.unlink()
        (folder / "liens.sqlite").unlink(missing_ok=True)


def fingerprints(
    artifacts: Mapping[str, Artifact], salt: str, templates: Callable[[str], str]
) -> dict[str, str]:
    """Fingerprint of each artifact, by path; a ``Derived`` takes the marks of its sources.

    ``salt`` stands for what is not in the keys, ``templates`` gives the digest of one. Raises
    ``PlanError`` for a source that is no file of the plan, or a circle.
    """
    base = repr(salt).encode()
    marks = {}
    for path, artifact in artifacts.items():
        if type(artifact) is Derived:
            continue
        url = path if type(artifact) is Tree else artifact.url
        more = (templates(artifact.template),) if type(artifact) is TemplatePage else ()
        marks[path] = _extended(base, (type(artifact).__name__, url, *artifact.key, *more))
    for level in derived_levels(artifacts):
        for derived in level:
            below = [f"{source} {marks[source]}" for source in derived.sources]
            parts = ("Derived", derived.url, str(len(below)), *below, *derived.key)
            marks[str(derived.path)] = _extended(base, parts)
    return marks


def derived_levels(artifacts: Mapping[str, Artifact]) -> list[list[Derived]]:
    """The ``Derived`` of a plan, those made from plain artifacts first, in the plan's order. Raises
    ``PlanError`` as ``fingerprints`` does."""
    waiting = {p: a for p, a in artifacts.items() if type(a) is Derived}
    for derived in waiting.values():
        for source in derived.sources:
            if isinstance(artifacts.get(source), Tree | None):
                raise PlanError(
                    f"{derived.path} est tiré de {source}, qui n’est pas un fichier du plan"
                )
    levels: list[list[Derived]] = []
    while waiting:
        ready = [
            derived for derived in waiting.values() if waiting.keys().isdisjoint(derived.sources)
        ]
        if not ready:
            raise PlanError(f"tirés les uns des autres : {', '.join(sorted(waiting))}")
        levels.append(ready)
        for derived in ready:
            del waiting[str(derived.path)]
    return levels


def _extended(base: bytes, parts: tuple[str, ...]) -> str:
    return digest_bytes(base + repr(parts).encode())  # quoted: no two series have the same bytes
