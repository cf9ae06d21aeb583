"""The files of a folder of pages that addresses mean, and where the site stood."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .addresses import below
from .pages import PAGE_BYTES

_SAMPLE = 150
_FEWEST = 3
# Folders of a host below which a site may stand: « https://exemple.org/asso/blog/ ».
_DEEPEST = 4
# What a reader follows in a page.
_LEADS = re.compile(rb"<(?:a|area)\b[^<>]*?\bhref=[\"']?([^\"'\s>]{1,1000})", re.IGNORECASE)
CANONICAL = re.compile(
    rb"<link\b(?=[^<>]*\brel=[\"']?canonical\b)[^<>]*?\bhref=[\"']?([^\"'\s>]{8,1000})",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


class Links:
    """The links between the ``pages`` of ``folder``, paths from it."""

    def __init__(self, folder: Path, pages: Collection[str]) -> None:
        self.folder = folder
        self.pages = frozenset(pages)
        self.hosts = {host for name in pages if _HOST.fullmatch(host := name.partition("/")[0])}
        self.hosts -= self.pages
        self.address = ""
        self.address = self._address()

    def page(self, page: str, written: str) -> str:
        """The page that ``page`` names by ``written``; "" when it is not in the folder."""
        return next(filter(self.pages.__contains__, self._names(page, written)), "")

    def file(self, page: str, written: str) -> str:
        names = (*self._names(page, written), *self._names(page, written.partition("?")[0]))
        files = (name for name in names if inside(self.folder, self.folder / name))
        return next((name for name in files if (self.folder / name).is_file()), "")

    def url(self, name: str) -> str:
        """The address of a page, by where the folder was; "" when nothing tells it."""
        path, asked, query = name.partition("?")
        if _is_home(path):
            path = path[: path.rfind("/") + 1]
        path += asked + query.removesuffix(".html")
        if "://" in self.address:
            return f"{self.address}/{path}"
        return f"https://{path}" if path.partition("/")[0] in self.hosts else ""

    def _address(self) -> str:
        # Where the site stood: « https://exemple.org/blog », « /blog » when its pages do not say
        # their host, "" at the root of one. Most of what they lead to, there, is in the folder.
        files: defaultdict[str, set[str]] = defaultdict(set)
        names = sorted(self.pages)
        for name in names[:: max(1, len(names) // _SAMPLE)]:
            for written in (*self._written(name, _LEADS), *self._written(name, CANONICAL)):
                for root, file in self._roots(name, written):
                    files[root].add(file)
        every = set[str]().union(*files.values())
        least = max(_FEWEST, len(every) // 2)
        ranks = {root: len(led) for root, led in files.items() if len(led) >= least}
        best = max(sorted(ranks), key=lambda it: ("://" in it, it[0] == "/", ranks[it]), default="")
        return best.removeprefix(".")

    def _roots(self, page: str, written: str) -> Iterator[tuple[str, str]]:
        # Where the site would stand if ``written`` led to one of its pages, and which.
        host, path, query = _split(written)
        if not host and path[:1] != "/":
            if file := self.page(page, written):
                yield ".", file
            return
        parts = path.strip("/").split("/")
        for count in range(min(_DEEPEST, len(parts))):
            rest = "/".join(parts[count:])
            if file := next(filter(self.pages.__contains__, _ends(rest, query)), ""):
                yield "/".join([host, *parts[:count]]) or ".", file
                return

    def _names(self, page: str, written: str) -> Iterator[str]:
        host, path, query = _split(written)
        netloc = host.partition("//")[2]
        root = {netloc, page.partition("/")[0] if not host else ""} & self.hosts
        if not host and path[:1] != "/":
            name = posixpath.join(posixpath.dirname(page), path or posixpath.basename(page))
        elif root:
            name = f"{root.pop()}{path}"
        else:
            site = self.address if host else f"//site{urlsplit(self.address).path}"
            name = (below(f"{host or '//site'}{path}", site) or "..").lstrip("/")
        name = posixpath.normpath(name)
        if (path or query) and name.partition("/")[0] != ".." and "\0" not in name:
            yield from _ends("" if name == "." else name, query)

    def _written(self, name: str, pattern: re.Pattern[bytes]) -> set[str]:
        path = self.folder / name
        try:
            if not inside(self.folder, path) or path.stat().st_size > PAGE_BYTES:
                return set()
            data = path.read_bytes()
        except OSError:
            return set()
        return {unescape(it.decode("utf-8", "replace")) for it in pattern.findall(data)}


def _is_home(name: str) -> bool:
    stem, suffix = posixpath.splitext(posixpath.basename(name))
    return stem in ("index", "default") and suffix[1:].isalnum()


def _split(written: str) -> tuple[str, str, str]:
    # The host of an address (« https://exemple.org »), its path, what it asks; all are empty for
    # what leads to no page.
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        return "", "", ""
    if parts.scheme not in ("", "http", "https") or (parts.scheme and not parts.netloc):
        return "", "", ""
    host = f"{parts.scheme or 'https'}://{parts.netloc.lower()}" if parts.netloc else ""
    return host, unquote(parts.path) or "/" * bool(host), unquote(parts.query)


def _ends(path: str, query: str) -> Iterator[str]:
    # Files that a server may answer for a path, as those who save sites name them too.
    for file in (path, posixpath.join(path, "index.html"), f"{path}.html"):
        yield from (f"{file}?{query}", f"{file}?{query}.html") if query else (file,)


def inside(folder: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
