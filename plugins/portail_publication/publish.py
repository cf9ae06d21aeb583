"""From a plan to a published folder: all of it, or nothing.

Beside ``output`` stands ``.<output>.suivant/``: ``arbre`` (the next tree), ``neuf`` (files that
this build makes), the memory of manifests, the lock; without it, everything is made again.
``.<output>.retire/`` holds what others had laid in the site, and nothing removes it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from portail.diagnostics import Diagnostic, PlanError
from portail.files import NEXT, digest_bytes
from portail.machine import reason_of, refused
from portail.memory import FILE, Memory
from portail.outputs.base import Plan, parents_of
from portail.resources import frozen_gc, quiet_gc

from . import manifest, trees
from .build import Build, Means
from .manifest import RETAINED, Entry, Manifest
from .traces import Traces
from .trees import BuildLock, Scan

# What the home page of every site of ours holds, that of former versions too.
_MARK = b"/theme/css/portail.css?v="
_WITHDRAWN = ".retire"
# Bytes of a page in which its style sheets are named.
_HEAD = 8_192
_NOT_RENAMED = {errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a publication."""

    rendered: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    # Those that nobody published, which somebody laid there; they are in ``aside`` from now on.
    strangers: tuple[str, ...] = ()
    aside: Path | None = None
    unchanged: int = 0
    # The published tree changed; never with an error.
    published: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    # The reason, in French, why the tree was not swapped as a whole, if it was not.
    note: str = ""
    # The files of the published tree.
    files: Mapping[str, Entry] = field(default_factory=dict, compare=False, repr=False)


class Manner(NamedTuple):
    """How a site is published."""

    # File by file.
    in_place: bool = False
    # What stamps would vouch for is hashed.
    verify: bool = False
    # Everything is made.
    clean: bool = False
    # A foreign folder gives its place.
    replaces: bool = False
    # Nobody but this build and those before it writes there: what the manifest tells is there.
    alone: bool = False


class Publication:
    """A context in which nobody else publishes into ``output``; entered before anything is read, so
    that who is refused has done nothing. ``cache`` is used when nothing can be written beside
    ``output``. Raises ``PlanError``; the published tree is then as it was."""

    def __init__(self, output: Path, cache: Path, manner: Manner) -> None:
        self.output = output.resolve()
        self._cache = cache.resolve()
        self._manner = manner
        self._recognised = False
        self._note = ""
        # What is told of the output; what was found beside that, and where it is now.
        self._former = Manifest()
        self._gone: set[str] = set()
        self._aside: Path | None = None
        self._side = self.output.with_name(f".{self.output.name}{NEXT}")
        self._memory = Memory(self._side / FILE)
        self._lock: BuildLock | None = None
        self.files: Mapping[str, Entry] = {}

    def __enter__(self) -> Publication:
        try:
            with _explained(self.output):
                self._open()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *fault: object) -> None:
        if self._lock is not None:
            shutil.rmtree(self._side / "neuf", ignore_errors=True)
            self._memory.close()
            self._lock.release()
            self._lock = None

    def _open(self) -> None:
        if self._cache.is_relative_to(self.output):
            raise PlanError(f"« {self.output} » contient le cache : choisissez un autre dossier.")
        self.output.parent.mkdir(parents=True, exist_ok=True)
        why = trees.why_in_place(self.output)
        if why:
            self._side = self._cache / f"publication-{digest_bytes(bytes(self.output))}"
            self._memory = Memory(self._side / FILE)
            self._note = self._in_place_note(why)
        if not manifest.is_known(self._memory, self.output):
            self._refuse_others()
        self._side.mkdir(parents=True, exist_ok=True)
        lock = BuildLock(self._side / "verrou")
        lock.acquire(self.output.name)
        self._lock = lock  # from here on only: what is beside belongs to whoever has it
        manifest.take_former(self._memory, self._side)
        if leftover := trees.recover(self._side / "arbre", self.output):
            told = manifest.load(self._memory, leftover)
            self._withdraw(leftover, told, told.files.keys())
            shutil.rmtree(leftover)
        self._without_drafts()

    def _without_drafts(self) -> None:
        shutil.rmtree(self._side / "neuf", ignore_errors=True)
        (self._side / "neuf").mkdir()

    def _in_place_note(self, why: str) -> str:
        return f"« {self.output.name} » est publié fichier par fichier : {why}."

    def _refuse_others(self) -> None:
        # Refuse a folder of something else, before anything is made beside it.
        ours = self.output.is_relative_to(self._cache) or self._manner.replaces
        if ours or not self.output.exists():
            return
        names = sorted({path.name for path in self.output.iterdir()} - RETAINED)
        if names and not _is_marked(self.output):
            raise PlanError(
                f"« {self.output} » contient autre chose qu’un site de Portail "
                f"({', '.join(names[:3])}…) : rien n’y est changé. → Choisissez un autre dossier. "
                "Si le site doit prendre cette place : portail build --remplacer, qui garde à "
                "côté ce qui s’y trouve."
            )

    def publish(self, plan: Plan, means: Means, salt: str) -> Outcome:
        """Publish ``plan``. ``salt`` stands for what its keys leave out. Raises ``PlanError``."""
        outcome = self._run(plan, means, salt)
        if self.files:  # it knows nothing of what changed since its lock was taken
            moment = (self._side / "verrou").stat().st_mtime_ns
            manifest.date(self._memory, self.output, moment)
        return replace(outcome, files=self.files)

    def _run(self, plan: Plan, means: Means, salt: str) -> Outcome:
        if plan.collisions:
            return Outcome(diagnostics=plan.collisions, note=self._note)
        with _explained(self.output), _plain_modes():
            self._without_drafts()
            with quiet_gc():
                artifacts = {artifact.path: artifact for artifact in plan}
                verify = self._manner.verify
                if not (self._manner.clean or self._manner.replaces):
                    read = manifest.adopt(self._memory, self.output, workers=means.workers)
                    verify = verify and not read
                former = manifest.load(self._memory, self.output)
                self._recognised = former.holds(self.output)
                if not self._recognised:  # another folder may have had the number of this one
                    self._refuse_others()
                    former = Manifest()
                self._former = former
                if self._manner.verify:
                    self._former = structs.replace(former, folders={})
                previous = Manifest() if self._manner.clean else former
                intact: Mapping[str, Entry] = previous.files
                if not self._manner.alone:
                    intact = previous.intact(self.output, verify=verify, workers=means.workers)
                build = Build(
                    artifacts,
                    previous,
                    intact,
                    output=str(self.output),
                    folder=self._side / "neuf",
                    strangers=self._strangers(),
                )
                build.sort(salt, means)
            if build.idle:
                self.files = build.unchanged
                _remember(means.traces, build.unchanged)
                return Outcome(unchanged=len(build.unchanged), note=self._note)
            with frozen_gc():
                build.make(means)
                outcome = self._settle(build)
                _remember(means.traces, self.files)
            return outcome

    def _strangers(self) -> frozenset[str]:
        present = Scan()
        if self.output.exists():
            present = self._scan(self.output, self._former)
        told = self._former.files.keys()
        folders: Mapping[str, int] = {}
        if present.files.keys() == told:  # nobody laid anything there, or took anything away
            folders = trees.steady(present.folders)
        self._former = structs.replace(self._former, folders=folders)
        return frozenset(present.files.keys() - told)

    def _scan(self, root: Path, told: Manifest) -> Scan:
        if not self._manner.alone:
            return trees.scan(root, told)
        inodes = {path: entry.inode for path, entry in told.files.items()}
        return Scan(inodes, dict.fromkeys(parents_of(inodes), 0))

    def _withdraw(self, root: Path, told: Manifest, ours: AbstractSet[str]) -> Scan:
        """Take out of ``root`` what is not ours, for good; what stays there. Raises ``OSError``."""
        content = self._scan(root, told)
        gone = [path for path in content.files.keys() - ours if not trees.is_draft(path, ours)]
        if gone:
            withdrawn = self._side.with_name(f"{self._side.name.removesuffix(NEXT)}{_WITHDRAWN}")
            aside = trees.take_out(root, gone, withdrawn)
            self._aside = withdrawn if self._aside else aside
            self._gone.update(gone)
            for path in gone:
                del content.files[path]
        return content

    def _ours(self, root: Path, following: Manifest) -> AbstractSet[str]:
        # Of a site that lost its manifest, what has the bytes that are made for its place.
        if self._recognised or self._manner.replaces:
            return self._former.files.keys()
        files = following.files.items()
        return {path for path, entry in files if manifest.digest(root / path) == entry.digest}

    def _settle(self, build: Build) -> Outcome:
        wanted = build.wanted()
        changed = not build.shows(wanted)
        self._place(build, Manifest(wanted, build.trees), changed)
        removed = tuple(sorted(build.previous.files.keys() - wanted.keys()))
        unchanged = len(wanted.keys() - build.results.keys())
        gone = tuple(sorted(self._gone))
        return Outcome(
            tuple(sorted(build.results)),
            removed,
            gone,
            aside=self._aside,
            unchanged=unchanged,
            published=changed,
            note=self._note,
        )

    def _place(self, build: Build, following: Manifest, changed: bool) -> None:
        tree = self._side / "arbre"
        if not changed:  # made again, and the same
            files = {path: entry.at(build.intact[path]) for path, entry in following.files.items()}
            self._save(self.output, following, files, folders=self._former.folders)
        elif self._manner.in_place or self._note:
            self._write_in_place(build, following, build.origin)
        else:
            self._assemble(build, following, tree)
            if not self._recognised and self.output.exists():  # killed below, nothing of it is ours
                manifest.save(self._memory, self.output, Manifest())
            try:
                trees.swap(tree, self.output)
                if tree.exists():  # what was laid while pages were made is in it
                    self._withdraw(tree, self._former, self._ours(tree, following))
            except OSError as error:
                if error.errno not in _NOT_RENAMED:
                    raise
                self._note = self._in_place_note(
                    f"il ne peut pas être remplacé, {reason_of(error)}"
                )
                self._write_in_place(build, following, lambda path: (f"{tree}/{path}", True))
        if self._manner.clean:  # nothing of what was published stays, beside it neither
            manifest.drop(self._memory, tree)
            shutil.rmtree(tree, ignore_errors=True)
        manifest.forget(self._memory, self.output, tree)

    def _assemble(self, build: Build, following: Manifest, tree: Path) -> None:
        sure = not (self._manner.verify or self._manner.clean)
        told = manifest.load(self._memory, tree)
        have = told.files
        present = Scan()
        if manifest.is_known(self._memory, tree):
            present = self._withdraw(tree, told, have.keys())
        manifest.drop(self._memory, tree)  # killed from here on, it is made from nothing
        if not (have and sure):
            shutil.rmtree(tree, ignore_errors=True)
            tree.mkdir()
            present = Scan()
        files = trees.assemble(tree, present, have, following.files, build.origin)
        if self.output.exists():
            shutil.copymode(self.output, tree)  # a group or a sticky bit that was set by hand
        self._save(tree, following, files, folders=present.folders)

    def _save(
        self,
        root: Path,
        following: Manifest,
        files: dict[str, Entry],
        *,
        folders: Mapping[str, int],
    ) -> None:
        steady = trees.steady(folders)
        manifest.save(self._memory, root, structs.replace(following, files=files, folders=steady))
        self.files = files

    def _write_in_place(
        self, build: Build, following: Manifest, origin: Callable[[str], tuple[str, bool]]
    ) -> None:
        self.output.mkdir(exist_ok=True)
        present = self._withdraw(self.output, self._former, self._ours(self.output, following))
        # Killed on the way, the next run knows every file that may be there.
        either = Manifest(build.previous.files | following.files, following.trees)
        manifest.save(self._memory, self.output, either)
        files = trees.assemble(self.output, present, build.intact, following.files, origin)
        self._save(self.output, following, files, folders=present.folders)


def way(cache: Path, output: Path) -> str:
    """The way from one to the other, which is the same when an archive gives both back elsewhere;
    between two drives of Windows there is none."""
    with suppress(ValueError):
        return os.path.relpath(output, cache)
    return str(output)


def _is_marked(output: Path) -> bool:
    try:
        with (output / "index.html").open("rb") as stream:
            return _MARK in stream.read(_HEAD)
    except FileNotFoundError:
        return False


def _remember(traces: Traces | None, files: Mapping[str, Entry]) -> None:
    # Keep the traces of the published ``files``; without them, the next build makes all again.
    if traces:
        with suppress(OSError):
            traces.save({path: entry.digest for path, entry in files.items()})


@contextmanager
def _plain_modes() -> Iterator[None]:
    # Files are made 0644 and folders 0755, whatever the mask of the user is.
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _explained(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        sentence = refused(error)
        why = sentence[:1].lower() + sentence[1:] or f"{reason_of(error)}{where}."
        raise PlanError(f"« {output.name} » n’a pas pu être publié : {why}") from error
