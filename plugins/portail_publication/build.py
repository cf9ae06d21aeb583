"""One run: which artifacts are stale, the files made of them, and what is wrong with those."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, PlanError, Position
from portail.files import digest_bytes
from portail.outputs.base import (
    Artifact,
    CopiedFile,
    Derived,
    TemplatePage,
    TextFile,
    Tree,
    folders_of,
)
from portail_publication.exchange import RETAINED
from portail_publication.gate import GATED, Gate, GatePolicy
from portail_publication.links import LinkIndex, LinkReader, PageLinks
from portail_publication.manifest import Entry, Manifest, derived_levels, fingerprints
from portail_publication.traces import Drawn, Traced, Traces
from portail_publication.workers import MapError, map_forked

# One artifact made into files: its bytes written, digested, passed through the gate, and read.

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


_MANY = 64
_FEW = 4


class Means(NamedTuple):
    """What a run is given to make files.

    ``progress`` is told how many of how many are made. ``prepare`` is given the templates of many
    pages and the number of workers before these are forked, so that they inherit what it loads.
    ``blame`` gives the contents that hold what a file that is no content's own should not.
    ``traces`` are what pages read; a page that ``shown`` describes is made only with them.
    """

    render: Callable[[TemplatePage], bytes]
    policy: GatePolicy
    workers: int = 1
    progress: Callable[[int, int], None] | None = None
    prepare: Callable[[Collection[str], int], None] | None = None
    blame: Callable[[str], Iterable[PurePosixPath]] | None = None
    traces: Traces | None = None


@dataclass
class Build:
    """The run of ``artifacts``, by path, over a published tree.

    ``intact`` are the files of ``known``, the manifest of the tree at ``output``, that are still
    as they were written. Drafts go to ``folder``.
    """

    artifacts: Mapping[str, Artifact]
    known: Manifest
    intact: Mapping[str, Entry]
    output: Path
    folder: Path
    kept: dict[str, Entry] = field(default_factory=dict)
    stale: list[Job] = field(default_factory=list)
    trees: dict[str, str] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    reader: LinkReader | None = None
    blame: Callable[[str], Iterable[PurePosixPath]] | None = None
    done: int = 0

    def sort(self, salt: str, traces: Traces | None = None) -> None:
        """Tell what is stale from what is kept. Raises ``PlanError`` (see ``fingerprints``)."""
        owned: dict[str, list[str]] = {}
        for path, entry in self.known.files.items():
            if entry.owner:
                owned.setdefault(entry.owner, []).append(path)
        stale = set[str]()
        for path, mark in fingerprints(self.artifacts, salt).items():
            artifact = self.artifacts[path]
            if isinstance(artifact, Tree):
                self.trees[path] = mark
                fresh = self.known.trees.get(path) == mark
                files = owned.get(path, []) if fresh else []
            else:
                files, fresh = [path], True
            found = [self.intact.get(file) for file in files]
            owner = path if isinstance(artifact, Tree) else ""
            fresh = fresh and all(e and e.fingerprint == mark and e.owner == owner for e in found)
            if isinstance(artifact, Derived):
                fresh = fresh and not stale.intersection(artifact.sources)
            if fresh and traces and isinstance(artifact, Traced):
                (one,) = found
                fresh = bool(one and traces.fresh(artifact, one.digest))
            if fresh:
                self.kept.update((f, e) for f, e in zip(files, found, strict=True) if e)
            else:
                stale.add(path)
                draft = str(len(self.stale))
                self.stale.append(Job(path, artifact, mark, draft))

    @property
    def idle(self) -> bool:
        """Whether the published tree is already right."""
        return not self.stale and self.kept.keys() == self.known.files.keys()

    def make(self, means: Means, *, links: bool) -> None:
        """Make what is stale. Raises ``PlanError`` with everything that failed."""
        gate, self.blame, traces = Gate(means.policy), means.blame, means.traces
        if traces:
            traces.reader.newly_asked()  # known here: processes that are forked need not tell it
        self.reader = LinkReader(means.policy, self._paths()) if links else None
        maker = Maker(self.folder, means.render, gate, self.reader, self.read, traces)
        plain = [job for job in self.stale if not isinstance(job.artifact, Derived)]
        if means.prepare and len(plain) >= _MANY:
            pages = (job.artifact for job in plain if isinstance(job.artifact, TemplatePage))
            means.prepare({page.template for page in pages}, means.workers)
        # The longest first, so that none is waited for alone.
        plain.sort(key=lambda job: not isinstance(job.artifact, Tree))
        self._wave(plain, maker, means)
        jobs = {job.path: job for job in self.stale}
        for level in derived_levels(self.artifacts):
            paths = [one.path for one in level]
            self._wave([jobs[path] for path in paths if path in jobs], maker, means)
        if self.reader and any(isinstance(job.artifact, Tree) for job in plain):
            self._read_again(self.reader)
        self._refuse_overlaps()

    def _read_again(self, reader: LinkReader) -> None:
        """Read again the pages with links to no file, now that those of trees are there."""
        reader.widen(self.made.keys())
        for path, made in self.made.items():
            if made.links and made.links.dead:
                self.made[path] = made._replace(links=reader.read(self.read(path), path))

    def _wave(self, jobs: list[Job], maker: Maker, means: Means) -> None:
        done, total, tell = self.done, len(self.stale), means.progress
        folder = any(isinstance(job.artifact, Tree) for job in jobs)  # worth a process of its own
        self.done += len(jobs)
        try:
            results = map_forked(
                maker,
                jobs,
                workers=means.workers,
                threshold=_FEW if folder else _MANY,
                progress=(lambda count: tell(done + count, total)) if tell else None,
            )
        except MapError as error:
            count = len(error.failures)
            raise PlanError(f"Rien n’est publié : {count} fichier(s) en échec.\n{error}") from error
        for made in (one for files in results for one in files):
            rival = self.artifacts.get(made.path)
            if made.path in self.made or (made.entry.owner and rival is not None):
                raise PlanError(f"deux artefacts écrivent {made.path}")
            self.made[made.path] = made
            if made.drawn and means.traces:
                means.traces.take(made.path, made.drawn)

    def _paths(self) -> set[str]:
        """Every file of the next tree, but for those of trees that are to be made."""
        plain = {path for path, one in self.artifacts.items() if not isinstance(one, Tree)}
        return plain | self.kept.keys()

    def _refuse_overlaps(self) -> None:
        files = self.kept.keys() | self.made.keys()
        for path in sorted(files & folders_of(files)):
            raise PlanError(f"{path} serait à la fois un fichier et un dossier")
        for path in files:
            parts = path.split("/")
            if ".." in parts or parts[0] in RETAINED or not parts[0]:
                raise PlanError(f"{path} sort du site")

    def read(self, path: str) -> bytes:
        """Bytes of a file of the next tree. Raises ``OSError``."""
        return self.origin(path)[0].read_bytes()

    def wanted(self) -> dict[str, Entry]:
        """The next tree, sorted by path."""
        files = self.kept | {path: made.entry for path, made in self.made.items()}
        return dict(sorted(files.items()))

    def shows(self, wanted: Mapping[str, Entry]) -> bool:
        """Whether the published tree holds the bytes of ``wanted`` already, and nothing else."""
        return wanted.keys() == self.known.files.keys() == self.intact.keys() and all(
            self.intact[path].digest == entry.digest for path, entry in wanted.items()
        )

    def origin(self, path: str) -> tuple[Path, bool]:
        """Where to take a file of the next tree, and whether it may be moved."""
        made = self.made.get(path)
        return (self.folder / made.draft, True) if made else (self.output / path, False)

    def pages(self, wanted: Mapping[str, Entry]) -> Iterator[tuple[Entry, PageLinks]]:
        """The pages of ``wanted`` that were made, and their links."""
        for path, made in self.made.items():
            if made.links and path in wanted:
                yield wanted[path], made.links

    def set_aside(self, found: Mapping[Diagnostic, str], wanted: dict[str, Entry]) -> None:
        """Take what ``judge`` found dangerous out of ``wanted``; have all it found told again."""
        for one, path in found.items():
            if path in wanted:
                owner = wanted[path].owner
                if owner:
                    self.trees[owner] = ""
                wanted[path] = wanted[path]._replace(fingerprint="")
            if one.code == "E506":
                wanted.pop(path, None)

    def judge(self, index: LinkIndex) -> dict[Diagnostic, str]:
        """What is wrong with the files that were made, and the path of each."""
        found = {
            one: path
            for path, made in self.made.items()
            for what in made.found
            for one in self._dangers(path, what)
        }
        if self.reader is not None:
            fresh = {path: made.links for path, made in self.made.items() if made.links}
            wanted = self.wanted()
            dead = index.check(self.reader, fresh, wanted, self.known.files, self.read)
            found |= {self._told(one.path, "E505", cible=one.target): one.path for one in dead}
        return found

    def _dangers(self, path: str, what: str) -> Iterator[Diagnostic]:
        """What is told of a danger: at the contents that hold it, where the file has none."""
        told = self._told(path, "E506", trouve=what)
        own = self.artifacts[self.made[path].entry.owner or path].source
        held = [] if own or self.blame is None else [*self.blame(what)]
        yield from (replace(told, position=Position(place)) for place in held)
        if not held:
            yield told

    def _told(self, path: str, code: str, **values: str) -> Diagnostic:
        owner = self.made[path].entry.owner if path in self.made else self.kept[path].owner
        artifact = self.artifacts[owner or path]
        url = f"/{path}" if isinstance(artifact, Tree) else artifact.url
        place = artifact.source or PurePosixPath(path)
        return diagnostic(code, Position(place), url=url, **values)
