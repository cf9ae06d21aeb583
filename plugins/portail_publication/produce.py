"""One artifact made into files: its bytes written, digested, passed through the gate, and read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from portail.files import digest_bytes
from portail.outputs.base import Artifact, CopiedFile, Derived, TemplatePage, TextFile, Tree
from portail_publication.gate import GATED, Gate
from portail_publication.links import LinkReader, PageLinks
from portail_publication.manifest import Entry
from portail_publication.traces import Drawn, Traced, Traces

__all__ = ["Job", "Made", "Maker"]

_CHUNK = 1 << 20


class Job(NamedTuple):
    """An artifact to be made, as the file or folder ``draft``."""

    path: str
    artifact: Artifact
    fingerprint: str
    draft: str

    def __str__(self) -> str:
        return self.path


class Made(NamedTuple):
    """One file that was made, as ``draft``; ``found`` is what the gate says, ``links`` are those
    of a page, ``drawn`` what it read."""

    path: str
    draft: str
    entry: Entry
    found: tuple[str, ...]
    links: PageLinks | None
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes artifacts in ``folder``; ``read`` gives the bytes of a file of the next tree."""

    folder: Path
    render: Callable[[TemplatePage], bytes]
    gate: Gate
    links: LinkReader | None
    read: Callable[[str], bytes]
    traces: Traces | None = None

    def __call__(self, job: Job) -> list[Made]:
        """The files of one job. Raises what its producer raises, and ``OSError``."""
        if isinstance(job.artifact, Tree):
            return self._tree(job, job.artifact)
        if self.traces and isinstance(job.artifact, Traced):
            return [self._traced(job, job.artifact, self.traces)]
        return [self._write(job, self._chunks(job.artifact))]

    def _traced(self, job: Job, page: Traced, traces: Traces) -> Made:
        """A page or a text file, with what it read."""
        if isinstance(page, TextFile):
            made, drawn = traces.written(lambda: self._write(job, self._chunks(page)))
            return made._replace(drawn=drawn)
        view, drawn = traces.drawn(page)
        made = self._write(job, [self.render(replace(page, view=lambda: view))])
        return made._replace(drawn=drawn)

    def _chunks(self, artifact: Artifact) -> Iterator[bytes]:
        match artifact:
            case TemplatePage():
                yield self.render(artifact)
            case TextFile():
                for piece in artifact.produce():
                    yield piece.encode()
            case Derived():
                yield artifact.make(tuple(self.read(source) for source in artifact.sources))
            case CopiedFile():
                with artifact.origin.open("rb") as stream:
                    while data := stream.read(_CHUNK):
                        yield data

    def _write(self, job: Job, chunks: Iterable[bytes]) -> Made:
        draft = self.folder / job.draft
        state, size, kept = blake2b(digest_size=16), 0, []
        checked = job.path.endswith(GATED if self._scans(job) else ".html")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(draft, flags, 0o644), "wb") as stream:
            for data in chunks:
                stream.write(data)
                state.update(data)
                size += len(data)
                if checked:
                    kept.append(data)
            stream.flush()
            mtime_ns = os.fstat(stream.fileno()).st_mtime_ns
        entry = Entry(job.fingerprint, state.hexdigest(), size, mtime_ns)
        return self._read(job, job.path, job.draft, entry, b"".join(kept))

    def _read(self, job: Job, path: str, draft: str, entry: Entry, data: bytes) -> Made:
        template = job.artifact.template if isinstance(job.artifact, TemplatePage) else ""
        found = self.gate.findings(data, path, template) if self._scans(job) else ()
        page = self.links if path.endswith(".html") else None
        return Made(path, draft, entry, found, page.read(data, path) if page else None)

    def _scans(self, job: Job) -> bool:
        foreign = isinstance(job.artifact, CopiedFile | Derived | Tree)
        return self.gate.policy.scan or foreign or job.path.endswith(".eml")

    def _tree(self, job: Job, tree: Tree) -> list[Made]:
        root = self.folder / job.draft
        root.mkdir()
        tree.run(root)
        return [self._adopt(job, path, root) for path in sorted(_files(root))]

    def _adopt(self, job: Job, inner: str, root: Path) -> Made:
        """Take one file that a ``Tree`` made."""
        file = root / inner
        if file.is_symlink() or not file.is_file():
            raise ValueError(f"{inner} n’est pas un fichier ordinaire")
        file.chmod(0o644)
        data = file.read_bytes()
        status = file.stat()
        stamp = status.st_size, status.st_mtime_ns
        entry = Entry(job.fingerprint, digest_bytes(data), *stamp, job.path)
        path = str(PurePosixPath(job.path, inner))
        return self._read(job, path, f"{job.draft}/{inner}", entry, data)


def _files(root: Path) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        here = Path(folder)
        links = [name for name in names if (here / name).is_symlink()]
        for name in [*files, *links]:
            yield (here / name).relative_to(root).as_posix()
