"""How an artifact becomes a file, or the files of a folder."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from portail.files import DEFLATED, digest_bytes
from portail.outputs.base import Artifact, CopiedFile, Derived, TemplatePage, TextFile, Tree

from .manifest import Entry
from .traces import Drawn, Traced, Traces

_CHUNK = 1 << 20
# Of compression: the best to a hundredth, in three quarters of the time.
_LEVEL = 6


class Job(NamedTuple):
    """An artifact to be made, as the file or folder ``draft``."""

    path: str
    artifact: Artifact
    fingerprint: str
    draft: str
    # What is published, which may be right.
    last: Entry | None = None

    def __str__(self) -> str:
        return self.path


class Made(NamedTuple):
    """A file that was made, as ``draft``, or is right as it is (``""``)."""

    path: str
    draft: str
    entry: Entry
    drawn: Drawn | None = None


class Producer(Struct, frozen=True):
    """Makes artifacts in ``folder``; ``read`` gives the bytes of a file of the next tree."""

    folder: Path
    render: Callable[[TemplatePage], bytes]
    read: Callable[[str], bytes]
    standing: Mapping[str, Entry]
    traces: Traces | None = None

    def __call__(self, job: Job) -> list[Made]:
        if isinstance(job.artifact, Tree):
            return [
                self._inside(job, name, data, rank, marked=name.startswith(job.artifact.marked))
                for rank, (name, data) in enumerate(job.artifact.produce())
            ]
        if self.traces and isinstance(job.artifact, Traced):
            return [self._traced(job, job.artifact, self.traces)]
        return [self._write(job, self._chunks(job.artifact))]

    def _inside(self, tree: Job, name: str, data: bytes, rank: int, *, marked: bool) -> Made:
        # A file of a tree; one that bears a digest of its bytes is right wherever it stands.
        path = f"{tree.path}/{name}"
        last = self.standing.get(path)
        if name.endswith(DEFLATED) and not (last and marked):
            data = _packed(data)
        if last and last.owner == tree.path and (marked or last.digest == digest_bytes(data)):
            return Made(path, "", last._replace(fingerprint=tree.fingerprint))
        return self._write(tree._replace(path=path, draft=f"{tree.draft}-{rank}"), [data])

    def _traced(self, job: Job, page: Traced, traces: Traces) -> Made:
        if job.last and (judged := traces.judged(page, job.last.digest)):
            return Made(job.path, "", job.last, drawn=judged)
        if isinstance(page, TextFile):
            result, drawn = traces.written(lambda: self._write(job, self._chunks(page)))
            return result._replace(drawn=drawn)
        view, drawn = traces.drawn(page)
        result = self._write(job, [self.render(replace(page, view=lambda: view))])
        return result._replace(drawn=drawn)

    def _chunks(self, artifact: Artifact) -> Iterator[bytes]:
        match artifact:
            case TemplatePage():
                yield self.render(artifact)
            case TextFile():
                pieces = (piece.encode() for piece in artifact.produce())
                packed = artifact.path.endswith(DEFLATED)
                yield from [_packed(b"".join(pieces))] if packed else pieces
            case Derived():
                yield artifact.make(tuple(self.read(source) for source in artifact.sources))
            case CopiedFile():
                with artifact.origin.open("rb") as stream:
                    while data := stream.read(_CHUNK):
                        yield data

    def _write(self, job: Job, chunks: Iterable[bytes]) -> Made:
        draft = self.folder / job.draft
        state = blake2b(digest_size=16)
        size = 0
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(draft, flags, 0o644), "wb") as stream:
            for data in chunks:
                stream.write(data)
                state.update(data)
                size += len(data)
            stream.flush()
            status = os.fstat(stream.fileno())
        owner = job.artifact.path if isinstance(job.artifact, Tree) else ""
        stamps = status.st_mtime_ns, owner, status.st_ino
        entry = Entry(job.fingerprint, state.hexdigest(), size, *stamps)
        return Made(job.path, job.draft, entry)


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, _LEVEL)
