"""A run: the artifacts that are stale, and the files made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from portail.diagnostics import PlanError
from portail.outputs.base import Artifact, Derived, TemplatePage, Tree
from portail.terminal.text import counted

from . import turns
from .manifest import RETAINED, Entry, Manifest, derived_levels, fingerprints
from .producer import Job, Made, Producer
from .traces import TRACED, Traces
from .workers import Failure, MapError, stream_forked


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
        if means.prepare and len(sure) >= turns.MANY:
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
        for batch, workers in turns.batches(jobs, means.workers):
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
        alone = turns.is_alone(jobs)
        if alone:  # what another process has begun is for the end: it goes on meanwhile
            jobs.sort(key=turns.is_begun)
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
