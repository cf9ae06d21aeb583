"""Which reader a source is for, by its first bytes: names and types of files are not believed; a
saved site, the folder of pages that wget, HTTrack or a browser has written.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.intake.importer.sources import calendars, feeds, openagenda, pages, wordpress
from portail.features.intake.importer.sources.addresses import (
    ERROR_PAGE,
    clean_address,
    is_error_page,
)
from portail.features.intake.importer.sources.extract import Around, keys_of, main_of
from portail.features.intake.importer.sources.items import Picture, SourceItem
from portail.features.intake.importer.sources.pages import PAGE_BYTES, of_page, parsed
from portail.features.intake.importer.sources.prose import decoded

_START = 8_192
_CALENDAR = re.compile(r"\s*BEGIN:V(CALENDAR|EVENT)", re.IGNORECASE)
_LINKED = re.compile(r'"@(context|type|graph)"')
_OURS = re.compile(r"[^\n]*[;,]code_epci[;,]")


class Reader(Struct, frozen=True):
    """A format that is read item by item."""

    name: str
    unit: str
    """What its ``SourceItem.row`` counts."""
    read: Callable[[bytes, str, date], Iterator[SourceItem]]
    called: Callable[[bytes], str] = lambda data: ""
    """The name that a source gives itself; "" for none."""


_CALENDAR_READER = Reader("calendrier iCalendar", "ligne", calendars.read, calendars.called)
_OPENAGENDA = Reader("export d’OpenAgenda", "élément", openagenda.read)
_FEED = Reader("flux", "élément", feeds.read)
WORDPRESS = Reader("export de WordPress", "élément", wordpress.read)
_PAGE = Reader("page", "élément", pages.read)
SAVED = Reader("site enregistré", "page", lambda data, name, day: read_site(Path(name), day))
"""A folder: it has no bytes, its name is its path."""


def reader_of(data: bytes, name: str) -> Reader | None:
    """The reader of ``data``; ``None`` for what may be a spreadsheet. Raises ``Refused``."""
    if wordpress.recognised(data):
        return WORDPRESS
    text = decoded(data, name, folded=True)
    head = text[:_START]
    if _CALENDAR.match(head):
        return _CALENDAR_READER
    if _OURS.match(head):  # a spreadsheet, with more columns than OpenAgenda's
        return None
    if openagenda.recognised(text):
        return _OPENAGENDA
    if feeds.recognised(text):
        return _FEED
    if _LINKED.search(head) and text.lstrip()[:1] in ("{", "["):
        return _LINKED_DATA
    return _PAGE if pages.recognised(text) else None


def _linked_data(data: bytes, name: str, day: date) -> Iterator[SourceItem]:
    """JSON-LD alone, read as the page that would hold it."""
    inside = decoded(data, name).replace("</", "<\\/")
    page = f'<!doctype html><script type="application/ld+json">{inside}</script>'
    return pages.read(page.encode(), name, day)


_LINKED_DATA = Reader("données schema.org", "élément", _linked_data)


# A saved site.

MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
PICTURE_BYTES = 20_000_000
_DEEPEST = 20
_SAMPLE = 150
"""Pages that are compared to know what all of them repeat."""
_FEWEST = 5
_HEAD = 60_000
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".php", ".asp", ".aspx"})
_CANONICAL = re.compile(
    rb"<link\b(?=[^>]*\brel=[\"']?canonical\b)[^>]*?\bhref=[\"']?([^\"'\s>]{8,1000})", re.IGNORECASE
)
_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Mirrored from )\s*([^\s]{4,1000}?)(?:\s+by\b|\s*-->)"
)
_BASE = re.compile(rb"<base\b[^>]*?\bhref=[\"']?(https?://[^\"'\s>]{4,1000})", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


def read_site(folder: Path, day: date) -> Iterator[SourceItem]:
    """The contents of each page of ``folder``; what is none says so. Raises ``Refused``."""
    site = _Site(folder, day)
    names: dict[str, str] = {}
    row = 1
    for path in site.paths:
        for content in site.contents(path, row):
            name = path.as_posix()
            first = names.setdefault(content.identifier, name) if content.identifier else name
            again = first != name and not content.refused
            yield replace(content, refused=f"Déjà lue dans « {first} ».") if again else content
            row += 1


def picture_bytes(folder: Path, picture: Picture) -> bytes:
    """The bytes of a picture that was saved with its page. Raises ``Refused``."""
    path = folder / picture.source
    if "://" in picture.source or not _inside(folder, path):
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
        self.urls = {path.as_posix(): self._url(path) for path in self.paths}
        self.repeated = self._repeated()

    def contents(self, path: PurePosixPath, row: int) -> Iterator[SourceItem]:
        """The contents of one page, numbered from ``row``; why, when it has none."""
        name = path.as_posix()
        reason = self.refused.get(name, "") or (ERROR_PAGE if is_error_page(name) else "")
        try:
            if not reason:
                data = (self.folder / path).read_bytes()
                yield from of_page(data, name, self.around(path), row, self.day)
        except Refused as refused:
            reason = str(refused)
        except OSError:
            reason = "Ce fichier ne se lit pas."
        if reason:
            yield SourceItem(row=row, titre=name, refused=reason)

    def around(self, path: PurePosixPath) -> Around:
        """What the site knows of one of its pages."""

        def link(written: str) -> str:
            return self.urls.get(_beside(path, written), "") if written[:1] != "#" else ""

        def file(written: str) -> str:
            saved = _beside(path, written)
            inside = saved and _inside(self.folder, self.folder / saved)
            return saved if inside and (self.folder / saved).is_file() else ""

        return Around(self.urls[path.as_posix()], self.repeated, link, file)

    def _pages(self) -> list[PurePosixPath]:
        paths: list[PurePosixPath] = []
        weight = 0
        for path in _walk(self.folder, 0):
            if path.suffix.lower() not in _SUFFIXES:
                continue
            own = PurePosixPath(path.relative_to(self.folder).as_posix())
            if not _inside(self.folder, path):
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
        """The address of a page: its own, that of its copy, else what its folder tells."""
        try:
            if path.as_posix() in self.refused:
                return ""
            with (self.folder / path).open("rb") as file:
                head = file.read(_HEAD)
        except OSError:
            return ""
        for pattern in (_CANONICAL, _SAVED_FROM, _BASE):
            if match := pattern.search(head):
                written = match[1].decode("utf-8", "replace").replace("&amp;", "&")
                url = clean_address(written) or clean_address(f"https://{written}")
                if url and "://" in url:
                    return url
        host, *parts = path.parts
        rest = "/".join(parts).removesuffix("index.html")
        return clean_address(f"https://{host}/{rest}") if parts and _HOST.fullmatch(host) else ""

    def _repeated(self) -> frozenset[int]:
        """Keys of the blocks that three pages in ten have, of a sample."""
        step = max(1, len(self.paths) // _SAMPLE)
        counts: Counter[int] = Counter()
        read = 0
        for path in self.paths[::step]:
            if path.as_posix() in self.refused:
                continue
            try:
                data = (self.folder / path).read_bytes()
                if len(data) <= PAGE_BYTES // 5:
                    main = main_of(parsed(data, path.name))
                    counts.update(keys_of(main) if main else ())
                    read += 1
            except (Refused, OSError):
                continue
        least = max(_FEWEST - 1, read * 3 // 10)
        return frozenset(key for key, count in counts.items() if read >= _FEWEST and count >= least)


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    """Files of ``folder`` and below; folders that are links are not entered."""
    if depth > _DEEPEST:
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, depth + 1)
        elif path.is_file() or path.is_symlink():
            yield path


def _inside(folder: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _beside(path: PurePosixPath, written: str) -> str:
    """The path, from the folder of the site, of what a page names by ``written``."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or "\0" in written:
        return ""
    target = unquote(parts.path)
    if target.startswith("/"):
        return target.lstrip("/")
    whole = posixpath.normpath(posixpath.join(path.parent.as_posix(), target))
    return "" if whole == "." or whole.partition("/")[0] == ".." else whole
