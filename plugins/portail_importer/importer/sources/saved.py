"""A site as its readers saw it: the folder of pages that its generator has built, or that wget,
HTTrack or a browser has saved.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from portail.diagnostics import Refused
from portail_importer.tableurs.grid import read_source

from .addresses import clean_address
from .extract import Around
from .items import Picture, SourceItem
from .links import CANONICAL, Links, inside
from .pages import of_page, recognised

MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
PICTURE_BYTES = 20_000_000
_HEAD = 60_000
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".php", ".asp", ".aspx"})
_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Mirrored from )\s*([^\s]{4,1000}?)(?:\s+by\b|\s*-->)"
)
_BASE = re.compile(rb"<base\b[^>]*?\bhref=[\"']?(https?://[^\"'\s>]{4,1000})", re.IGNORECASE)


def read_site(folder: Path) -> Iterator[SourceItem]:
    """The contents of each page of ``folder``; what is none says so. Raises ``Refused``."""
    site = _Site(folder)
    names: dict[str, str] = {}
    row = 1
    for path in site.paths:
        for content in site.contents(path, row):
            name = path.as_posix()
            first = names.setdefault(content.identifier, name) if content.identifier else name
            if first != name and not content.refused:
                content = replace(content, refused=f"Déjà lue dans « {first} ».")
            elif content.url != site.urls[name] and content.url in site.own:
                continue  # a list names it: its own page says more
            if content.refused:
                content = replace(content, titre=name)
            yield content
            row += 1


def picture_bytes(folder: Path, picture: Picture) -> bytes:
    path = folder / picture.source
    if "://" in picture.source or not inside(folder, path):
        raise Refused(f"« {picture.source} » n’est pas dans le dossier.")
    return read_source(path, PICTURE_BYTES)


class _Site:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.refused: dict[str, str] = {}
        self.paths = self._pages()
        names = (path.as_posix() for path in self.paths)
        self.links = Links(folder, [name for name in names if name not in self.refused])
        self.urls = {path.as_posix(): self._url(path) for path in self.paths}
        self.own = frozenset(self.urls.values()) - {""}

    def contents(self, path: PurePosixPath, row: int) -> Iterator[SourceItem]:
        name = path.as_posix()
        reason = self.refused.get(name, "")
        try:
            if not reason:
                data = (self.folder / path).read_bytes()
                yield from of_page(data, name, self.around(name), row)
        except Refused as refused:
            reason = str(refused)
        except OSError:
            reason = "Ce fichier ne se lit pas."
        if reason:
            yield SourceItem(row=row, titre=name, refused=reason)

    def around(self, name: str) -> Around:
        def link(written: str) -> str:
            return self.urls.get(self.links.page(name, written), "")

        return Around(self.urls[name], name, link, partial(self.links.file, name))

    def _pages(self) -> list[PurePosixPath]:
        paths: list[PurePosixPath] = []
        weight = 0
        for path in _files(self.folder):
            if not _is_page(path):
                continue
            own = PurePosixPath(path.relative_to(self.folder).as_posix())
            if not inside(self.folder, path):
                self.refused[own.as_posix()] = "Ce lien mène hors du dossier : il n’est pas suivi."
            elif not path.is_file():  # a pipe, a device: to open it may never end
                self.refused[own.as_posix()] = "Ce n’est pas un fichier ordinaire : laissé fermé."
            else:
                weight += path.stat().st_size
            paths.append(own)
            if len(paths) > MOST_FILES or weight > MOST_BYTES:
                raise Refused(
                    f"« {self.folder.name} » compte plus de {MOST_FILES} pages ou pèse plus de "
                    f"{MOST_BYTES // 1_000_000_000} Go : importez-le dossier par dossier."
                )
        if not paths:
            raise Refused(f"« {self.folder.name} » ne contient aucune page (.html).")
        return sorted(paths)

    def _url(self, path: PurePosixPath) -> str:
        # The address of a page: its own, that of its copy, else what its folder tells.
        try:
            if path.as_posix() in self.refused:
                return ""
            with (self.folder / path).open("rb") as file:
                head = file.read(_HEAD)
        except OSError:
            return ""
        for pattern in (CANONICAL, _SAVED_FROM, _BASE):
            if match := pattern.search(head):
                written = match[1].decode("utf-8", "replace").replace("&amp;", "&")
                url = clean_address(written) or clean_address(f"https://{written}")
                if url and "://" in url:
                    return url
        return clean_address(self.links.url(path.as_posix()))


def _is_page(path: Path) -> bool:
    # Whether a file is a page, by its name (« index.html?p=12 » too), or its first bytes when its
    # name says nothing.
    suffix = PurePosixPath(path.name.partition("?")[0]).suffix.lower()
    if suffix or path.is_symlink() or not path.is_file():
        return suffix in _SUFFIXES
    with suppress(OSError), path.open("rb") as file:
        return recognised(file.read(_HEAD).decode("utf-8", "replace"))
    return False


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base, name) for name in names)
