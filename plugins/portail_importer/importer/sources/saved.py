"""A site as its readers saw it: the folder of pages that its generator has built, or that wget,
HTTrack or a browser has saved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from portail.diagnostics import Refused

from .addresses import (
    ERROR_PAGE,
    clean_address,
    is_error_page,
)
from .extract import (
    Around,
    is_list,
    keys_of,
    main_of,
    marks_of,
)
from .items import Loss, Picture, SourceItem
from .links import CANONICAL, Links, inside
from .pages import PAGE_BYTES, of_page, parsed, recognised

MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
PICTURE_BYTES = 20_000_000
_DEEPEST = 20
# Pages that are compared to know what all of them repeat.
_SAMPLE = 150
_FEWEST = 5
_HEAD = 60_000
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".php", ".asp", ".aspx"})
_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Mirrored from )\s*([^\s]{4,1000}?)(?:\s+by\b|\s*-->)"
)
_BASE = re.compile(rb"<base\b[^>]*?\bhref=[\"']?(https?://[^\"'\s>]{4,1000})", re.IGNORECASE)
_ALONE = "aucune page du site n’y mène, c’est peut-être un brouillon"


def read_site(folder: Path, day: date) -> Iterator[SourceItem]:
    """The contents of each page of ``folder``; what is none says so. Raises ``Refused``."""
    site = _Site(folder, day)
    reached = site.links.reached()
    names: dict[str, str] = {}
    row = 1
    for path in site.paths:
        for content in site.contents(path, row):
            name = path.as_posix()
            first = names.setdefault(content.identifier, name) if content.identifier else name
            if first != name and not content.refused:
                content = replace(content, refused=f"Déjà lue dans « {first} ».")
            elif name not in reached:
                content = replace(content, doubts=(*content.doubts, Loss("page", name, _ALONE)))
            if content.refused:
                content = replace(content, titre=name)
            yield content
            row += 1


def picture_bytes(folder: Path, picture: Picture) -> bytes:
    path = folder / picture.source
    if "://" in picture.source or not inside(folder, path):
        raise Refused(f"« {picture.source} » n’est pas dans le dossier.")
    try:
        if path.stat().st_size > PICTURE_BYTES:
            raise Refused(f"« {picture.source} » pèse plus de {PICTURE_BYTES // 1_000_000} Mo.")
        return path.read_bytes()
    except OSError:
        raise Refused(f"« {picture.source} » ne se lit pas.") from None


class _Site:
    def __init__(self, folder: Path, day: date) -> None:
        self.folder = folder
        self.day = day
        self.refused: dict[str, str] = {}
        self.paths = self._pages()
        self.links = Links(folder, [path.as_posix() for path in self.paths])
        self.urls = {path.as_posix(): self._url(path) for path in self.paths}
        self.repeated = self._repeated()

    def contents(self, path: PurePosixPath, row: int) -> Iterator[SourceItem]:
        name = path.as_posix()
        reason = self.refused.get(name, "") or (ERROR_PAGE if is_error_page(name) else "")
        try:
            if not reason:
                data = (self.folder / path).read_bytes()
                yield from of_page(data, name, self.around(name), row, self.day)
        except Refused as refused:
            reason = str(refused)
        except OSError:
            reason = "Ce fichier ne se lit pas."
        if reason:
            yield SourceItem(row=row, titre=name, refused=reason)

    def around(self, name: str) -> Around:
        def link(written: str) -> str:
            return self.urls.get(self.links.page(name, written), "")

        return Around(self.urls[name], name, self.repeated, link, partial(self.links.file, name))

    def _pages(self) -> list[PurePosixPath]:
        paths: list[PurePosixPath] = []
        weight = 0
        for path in _walk(self.folder, 0):
            if not _is_page(path):
                continue
            own = PurePosixPath(path.relative_to(self.folder).as_posix())
            if not inside(self.folder, path):
                self.refused[own.as_posix()] = "Ce lien mène hors du dossier : il n’est pas suivi."
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

    def _repeated(self) -> frozenset[int]:
        # Keys of the blocks that three contents in ten have, and of the marks that most pages have,
        # of a sample.
        step = max(1, len(self.paths) // _SAMPLE)
        blocks: Counter[int] = Counter()
        marks: Counter[int] = Counter()
        read = contents = 0
        for path in self.paths[::step]:
            if path.as_posix() in self.refused:
                continue
            try:
                data = (self.folder / path).read_bytes()
                if len(data) > PAGE_BYTES // 5:
                    continue
                page = parsed(data, path.name)
            except (Refused, OSError):
                continue
            read += 1
            marks.update(marks_of(page))
            main = main_of(page)
            name = path.as_posix()
            if main is not None and not is_list(main, self.urls[name], name):
                contents += 1
                blocks.update(keys_of(page, main))
        if read < _FEWEST:
            return frozenset()
        most = {key for key, count in marks.items() if count * 5 > read * 4}
        least = max(_FEWEST - 1, contents * 3 // 10)
        return frozenset(most | {key for key, count in blocks.items() if count >= least})


def _is_page(path: Path) -> bool:
    # Whether a file is a page, by its name (« index.html?p=12 » too), or its first bytes when its
    # name says nothing.
    suffix = PurePosixPath(path.name.partition("?")[0]).suffix.lower()
    if suffix or path.is_symlink():
        return suffix in _SUFFIXES
    with suppress(OSError), path.open("rb") as file:
        return recognised(file.read(_HEAD).decode("utf-8", "replace"))
    return False


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    if depth > _DEEPEST:
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, depth + 1)
        elif path.is_file() or path.is_symlink():
            yield path
