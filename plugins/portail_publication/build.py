"""A run: the artifacts that are stale, and the files made of them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import PlanError
from portail.files import DEFLATED, digest_bytes
from portail.outputs.base import (
    Artifact,
    CopiedFile,
    Derived,
    TemplatePage,
    TextFile,
    Tree,
)
from portail.terminal.text import counted

from .manifest import RETAINED, Entry, Manifest, derived_levels, fingerprints
from .traces import TRACED, Drawn, Traced, Traces
from .workers import Begun, Failure, MapError, stream_forked

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


_MANY = 64
# Files from which some are made in other processes: fewer, if they are sure to be made, when one of
# them is a folder, which is long. Memory that is shared is copied as it is looked at, 0.2 s of a
# large site.
_FEW = 16
# What it takes to judge a page, where it takes 1 to make it.
_JUDGED = 1 / 4
# Files for which each process is forked: what it remembers grows as it makes them (5,000 contents
# take 439 MB at most, 467 where two processes make 5,000 files at once).
_AT_ONCE = 500


def _is_begun(job: Job) -> bool:
    return isinstance(job.artifact, Tree) and isinstance(job.artifact.produce, Begun)


def _turns(jobs: Sequence[Job], workers: int) -> Iterator[tuple[list[Job], int]]:
    # Those that are made at once, and by how many processes: by this one alone, the last ones
    # first, while as many as there may be beside it have begun a folder. One more would wait for
    # it, and keep the memory that the others leave.
    waiting = [*jobs]
    folders = [job.artifact.produce for job in jobs if isinstance(job.artifact, Tree)]
    begun = [produce for produce in folders if isinstance(produce, Begun)]
    while (
        workers <= len(begun) + 1
        and waiting
        and not _is_begun(waiting[-1])
        and not all(produce.ready for produce in begun)
    ):
        batch = [job for job in waiting[-_MANY:] if not _is_begun(job)]
        yield batch, 1
        del waiting[-len(batch) :]
    together = _AT_ONCE * workers
    for start in range(0, len(waiting), together):
        yield waiting[start : start + together], workers


class Means(NamedTuple):
    """The functions and rules by which files are made."""

    render: Callable[[TemplatePage], bytes]
    workers: int = 1
    # Called with how many files of how many are made.
    progress: Callable[[int, int], None] | None = None
    # Called with the templates of many pages before processes are forked, so that they inherit what
    # it loads.
    prepare: Callable[[Collection[str]], None] | None = None
    # The reads of pages; without any, pages are made again for their keys alone.
    traces: Traces | None = None
    # Gives the digest of all that the pages of a template are drawn with.
    templates: Callable[[str], str] = lambda _: ""


class Build(Struct):
    """The run of ``artifacts``, by path, over a published tree."""

    artifacts: Mapping[str, Artifact]
    # The manifest of the tree at ``output``.
    previous: Manifest
    # The files of ``previous`` that are still as they were written.
    intact: Mapping[str, Entry]
    output: str
    # The folder of drafts.
    folder: Path
    # The files at ``output`` that its manifest does not tell.
    strangers: frozenset[str] = frozenset()
    standing: Mapping[str, Entry] = field(default_factory=dict)
    unchanged: dict[str, Entry] = field(default_factory=dict)
    stale: list[Job] = field(default_factory=list)
    trees: dict[str, str] = field(default_factory=dict)
    results: dict[str, Made] = field(default_factory=dict)
    done: int = 0

    def sort(self, salt: str, means: Means) -> None:
        """Separate what is kept from what is stale, or may be: pages are judged as they are made.
        Raises ``PlanError`` as ``fingerprints``."""
        traces = means.traces
        owned: dict[str, list[str]] = {}
        for path, entry in self.previous.files.items():
            if entry.owner:
                owned.setdefault(entry.owner, []).append(path)
        marks = fingerprints(self.artifacts, salt, means.templates)
        intact = self.intact
        stale = set[str]()
        same = {p: e for p, e in intact.items() if p in marks and e.fingerprint == marks[p]}
        right = {*same}
        if same:  # with another salt nothing is: rules may be others
            self.standing = {path: entry for path, entry in intact.items() if entry.fingerprint}
        if traces:
            pages = {p: e.digest for p, e in same.items() if type(self.artifacts[p]) in TRACED}
            right = right - pages.keys() | traces.fresh(pages)
        for path, mark in marks.items():
            artifact = self.artifacts[path]
            entries = {}
            if path in same:
                entries = {path: same[path]}
            fresh = path in right
            if type(artifact) is Tree:
                self.trees[path] = mark
                files = owned.get(path, [])
                entries = {file: intact[file] for file in files if file in intact}
                fresh = self.previous.trees.get(path) == mark and len(entries) == len(files)
                fresh = fresh and all(entry.fingerprint == mark for entry in entries.values())
            elif type(artifact) is Derived:
                fresh = fresh and stale.isdisjoint(artifact.sources)
            if fresh:
                self.unchanged |= entries
            else:
                stale.add(path)
                self.stale.append(Job(path, artifact, mark, str(len(self.stale)), same.get(path)))

    @property
    def idle(self) -> bool:
        """Whether the published tree is already right."""
        same = self.unchanged.keys() == self.previous.files.keys()
        return same and not self.stale and not self.strangers

    def make(self, means: Means) -> None:
        """Make what is stale. Raises ``PlanError`` with everything that failed."""
        traces = means.traces
        if traces:
            traces.settle()
        producer = Producer(
            self.folder,
            means.render,
            read=self.read,
            standing=self.standing,
            traces=traces,
        )
        plain = [job for job in self.stale if not isinstance(job.artifact, Derived)]
        sure = [job.artifact for job in plain if not job.last]
        if means.prepare and len(sure) >= _MANY:
            templates = {
                artifact.template for artifact in sure if isinstance(artifact, TemplatePage)
            }
            means.prepare(templates)
        # The longest first, so that none is waited for alone; pages, often right, are the last.
        plain.sort(key=lambda job: isinstance(job.artifact, TemplatePage))
        plain.sort(key=lambda job: not isinstance(job.artifact, Tree))
        self._wave(plain, producer, means)
        jobs = {job.path: job for job in self.stale}
        for level in derived_levels(self.artifacts):
            ready = [jobs[derived.path] for derived in level if derived.path in jobs]
            again = {
                derived.path
                for derived in level
                if not self.results.keys().isdisjoint(derived.sources)
            }
            right = {job.path: job.last for job in ready if job.last and job.path not in again}
            self.unchanged |= right
            self._wave([job for job in ready if job.path not in right], producer, means)
        self._refuse_escapes()

    def _wave(self, jobs: list[Job], producer: Producer, means: Means) -> None:
        failures: list[Failure] = []
        for batch, workers in _turns(jobs, means.workers):
            try:
                self._some(batch, producer, means._replace(workers=workers))
            except MapError as error:
                failures += error.failures
        if failures:
            failed = counted(len(failures), ("fichier en échec", "fichiers en échec"))
            raise MapError(failures, f"Rien n’est publié : {failed}.")

    def _some(self, jobs: list[Job], producer: Producer, means: Means) -> None:
        done = self.done
        total = len(self.stale)
        progress = means.progress
        # A folder that nobody has begun is worth a process of its own.
        folder = any(isinstance(job.artifact, Tree) and not _is_begun(job) for job in jobs)
        sure = sum(not job.last for job in jobs)
        work = sure + _JUDGED * (len(jobs) - sure)
        alone = work < _MANY and not (folder and sure >= _FEW)
        if alone:  # what another process has begun is for the end: it goes on meanwhile
            jobs.sort(key=_is_begun)
        self.done += len(jobs)
        results = stream_forked(
            producer,
            jobs,
            workers=1 if alone else means.workers,
            threshold=2,
            progress=(lambda count: progress(done + count, total)) if progress else None,
            here=True,
        )
        for result in chain.from_iterable(made for _, made in results):
            self._take(result, means.traces)

    def _take(self, result: Made, traces: Traces | None) -> None:
        rival = self.artifacts.get(result.path)
        done = result.path in self.results or result.path in self.unchanged
        if done or (result.entry.owner and rival is not None):
            raise PlanError(f"deux artefacts écrivent {result.path}")
        if result.draft:
            self.results[result.path] = result._replace(drawn=None)
        else:
            self.unchanged[result.path] = result.entry
        if result.drawn and traces:
            traces.take(result.path, result.drawn)

    def _refuse_escapes(self) -> None:
        for path in self.results:  # what is unchanged was looked at when it was made
            parts = path.split("/")
            if ".." in parts or parts[0] in RETAINED or not parts[0]:
                raise PlanError(f"{path} sort du site")

    def read(self, path: str) -> bytes:
        return Path(self.origin(path)[0]).read_bytes()

    def wanted(self) -> dict[str, Entry]:
        """The next tree, sorted by path."""
        files = self.unchanged | {path: result.entry for path, result in self.results.items()}
        return dict(sorted(files.items()))

    def shows(self, wanted: Mapping[str, Entry]) -> bool:
        same_files = wanted.keys() == self.previous.files.keys() == self.intact.keys()
        return (
            same_files
            and not self.strangers
            and all(self.intact[path].digest == entry.digest for path, entry in wanted.items())
        )

    def origin(self, path: str) -> tuple[str, bool]:
        """The place of a file of the next tree, and whether it may be moved."""
        if path in self.results:
            return f"{self.folder}/{self.results[path].draft}", True
        return f"{self.output}/{path}", False
