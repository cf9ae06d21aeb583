"""Artifacts that outputs hand over, gathered in a plan before the first byte is written.

Other sites to which a page of ours may send something.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from importlib import import_module
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeAlias, final

from msgspec import Struct

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import digest_of
from portail.site.greffons import is_ours
from portail.site.memo import per_site
from portail.site.reader import Reader
from portail.site.site import Site
from portail.site.urls import file_of
from portail.text.addresses import address_parts

# Hexadecimal digest (BLAKE2b, 16 bytes) of what a piece of an artifact shows.
Digest: TypeAlias = str


class SitemapHint(Struct, frozen=True):
    """What the sitemap says of a page: the day of its last change, its pictures (site paths)."""

    lastmod: date | None = None
    images: tuple[str, ...] = ()


class Shown(NamedTuple):
    """A function of a module, called with the reader of the site and these plain arguments."""

    module: str
    name: str
    arguments: tuple[str | int, ...]


class TemplatePage(Struct, frozen=True):
    """A page that a template draws from one view, a frozen dataclass: all that it receives.

    ``path`` is relative to the output folder, ``url`` the site path, ``source`` the content file.
    The page depends on what ``shown`` reads.
    """

    path: str
    url: str
    template: str
    shown: Shown
    view: Callable[[], object]
    source: PurePosixPath | None = None
    sitemap: SitemapHint | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What it is asked of the site, and with which template."""
        return (self.template, repr(self.shown))


class TextFile(Struct, frozen=True):
    """A text file streamed piece by piece, compressed where its path ends in ``DEFLATED``."""

    path: str
    url: str
    key: tuple[Digest, ...]
    produce: Callable[[], Iterable[str]]
    source: PurePosixPath | None = None


class Derived(Struct, frozen=True):
    """Bytes made from other artifacts of the same plan: its fingerprint covers their keys and its
    own.
    """

    path: str
    url: str
    sources: tuple[str, ...]
    make: Callable[[tuple[bytes, ...]], bytes]
    source: PurePosixPath | None = None
    key: tuple[Digest, ...] = ()


@final
class Tree(Struct, frozen=True):
    """A folder of files whose names are known once made: ``produce`` gives names and bytes, those
    of a name in ``DEFLATED`` before they are compressed. ``marked`` begins names that are digests
    of bytes."""

    folder: str
    key: tuple[Digest, ...]
    produce: Callable[[], Iterable[tuple[str, bytes]]]
    source: PurePosixPath | None = None
    marked: str = "/"  # none

    @property
    def path(self) -> str:
        return self.folder


class CopiedFile(Struct, frozen=True):
    """A file published as it is; ``origin`` is its absolute path."""

    path: str
    url: str
    key: tuple[Digest, ...]
    origin: Path
    source: PurePosixPath | None = None


# A file of the site, as ``drawn`` and ``text_file`` give it.
Artifact: TypeAlias = TemplatePage | TextFile | Derived | Tree | CopiedFile


def parents_of(paths: Iterable[str]) -> set[str]:
    folders = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


class Plan:
    """All artifacts of a build, sorted by path; what does not fit is left out, in
    ``collisions``.
    """

    __slots__ = ("artifacts", "collisions")

    def __init__(self, artifacts: Iterable[Artifact]) -> None:
        by_path: dict[str, Artifact] = {}
        collisions: list[Diagnostic] = []
        for artifact in artifacts:
            # Where names that differ by case, or by the form of accents, are one file (Windows,
            # macOS), one of the two would be lost.
            folded = unicodedata.normalize("NFC", artifact.path).casefold()
            if folded in by_path:
                collisions.append(_collision(artifact, by_path[folded]))
            else:
                by_path[folded] = artifact
        files = {path for path, artifact in by_path.items() if type(artifact) is not Tree}
        for path in sorted(parents_of(files) & files):
            inside = next(
                artifact for name, artifact in by_path.items() if name.startswith(f"{path}/")
            )
            collisions.append(_collision(inside, by_path.pop(path)))
        self.artifacts: tuple[Artifact, ...] = tuple(
            sorted(by_path.values(), key=attrgetter("path"))
        )
        self.collisions: tuple[Diagnostic, ...] = tuple(collisions)

    def __iter__(self) -> Iterator[Artifact]:
        return iter(self.artifacts)

    def __len__(self) -> int:
        return len(self.artifacts)


def _collision(artifact: Artifact, rival_artifact: Artifact) -> Diagnostic:
    place = artifact.source or rival_artifact.source or PurePosixPath(artifact.path)
    rival = (rival_artifact if artifact.source else artifact).source or rival_artifact.path
    url = f"/{artifact.path}".removesuffix("index.html")
    return diagnostic("E501", Position(place), url=url, autre=rival, ordre="")


def reader_of(site: Site) -> Reader:
    if isinstance(site, Reader):
        return site
    return _reader(site)


@per_site
def _reader(site: Site) -> Reader:
    return Reader(site)


def drawn(
    site: Site,
    url: str,
    template: str,
    show: Callable[..., object],
    *arguments: str | int,
    source: PurePosixPath | None = None,
    sitemap: SitemapHint | None = None,
) -> TemplatePage:
    """The page that ``template`` draws of what ``show`` gives, a function of a module: what it
    reads is all that the page depends on.
    """
    shown = Shown(show.__module__, show.__qualname__, arguments)
    view = partial(show, reader_of(site), *arguments)
    return TemplatePage(
        file_of(url), url, template, shown=shown, view=view, source=source, sitemap=sitemap
    )


def text_file(
    site: Site,
    url: str,
    produce: Callable[..., Iterable[str]],
    *arguments: object,
    source: PurePosixPath | None = None,
) -> TextFile:
    """The file of what ``produce`` yields: it depends on the arguments and on what that reads."""
    key = digest_of(produce.__module__, produce.__qualname__, repr(arguments))
    produced = partial(produce, reader_of(site), *arguments)
    return TextFile(file_of(url), url, (key,), produced, source)


def view_of(reader: Reader, shown: Shown) -> Callable[..., Any]:
    """What ``drawn`` made a view of, found again by its name when it is asked. That raises
    ``LookupError`` for a name that is no function of ours: it may come from a memory."""
    module, name, arguments = shown

    def view(*more: Any) -> Any:
        function = None
        if is_ours(module):
            function = getattr(import_module(module), name, None)
        if function is None or function.__module__ != module:
            raise LookupError(f"{module}.{name}")
        return function(reader, *arguments, *more)

    return view


def form_origins(address: str) -> tuple[str, ...]:
    """The origin of the address that a form posts to; none when there is no form.

    >>> form_origins("https://listes.exemple.org:9000/subscription/form"), form_origins("")
    (('https://listes.exemple.org:9000',), ())
    """
    parts = address_parts(address)
    if parts.netloc:
        return (f"{parts.scheme}://{parts.netloc}",)
    return ()
