"""The files of a folder of pages that addresses mean, and where the site stood."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

from portail.text.addresses import address_parts, joined_address

from .addresses import below

_SAMPLE = 150
_FEWEST = 3
_HEAD = 1_000_000
# Folders of a host below which a site may stand: « https://exemple.org/asso/blog/ ».
_DEEPEST = 4
# What a page leads to, where its host is said.
_LEADS = re.compile(
    rb"<(?:a|area|link)\b[^<>]*?\bhref=[\"']?(https?://[^\"'\s>]{1,1000})", re.IGNORECASE
)
CANONICAL = re.compile(
    rb"<link\b(?=[^<>]*\brel=[\"']?canonical\b)[^<>]*?\bhref=[\"']?([^\"'\s>]{8,1000})",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
# Where a site stands whose pages do not say it.
_NOWHERE = "https://site.invalid"


class Links:
    """The links between the ``pages`` of ``folder``, paths from it."""

    def __init__(self, folder: Path, pages: Collection[str]) -> None:
        self.folder = folder
        self.pages = frozenset(pages)
        self.hosts = {host for name in pages if _HOST.fullmatch(host := name.partition("/")[0])}
        self.hosts -= self.pages
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
        stem, suffix = posixpath.splitext(posixpath.basename(path))
        if stem in ("index", "default") and suffix:
            path = path[: path.rfind("/") + 1]
        path += asked + query.removesuffix(".html")
        if self.address:
            return f"{self.address}/{path}"
        if path.partition("/")[0] in self.hosts:
            return f"https://{path}"
        return ""

    def _address(self) -> str:
        # Where the site stood, « https://exemple.org/blog »: what most links lead to, there, is in
        # the folder.
        roots = Counter[str]()
        names = sorted(self.pages)
        for name in names[:: max(1, len(names) // _SAMPLE)]:
            roots.update({*self._roots(name)})
        best, count = next(iter(roots.most_common(1)), ("", 0))
        if count >= min(_FEWEST, len(names)):
            return best
        return ""

    def _roots(self, name: str) -> Iterator[str]:
        # Where the site would stand if links of a page led to its pages.
        try:
            with (self.folder / name).open("rb") as file:
                data = file.read(_HEAD) if inside(self.folder, self.folder / name) else b""
        except OSError:
            return
        for written in {*_LEADS.findall(data)}:
            parts = address_parts(unescape(written.decode("utf-8", "replace")))
            folders = unquote(parts.path).strip("/").split("/")
            for count in range(min(_DEEPEST, len(folders))):
                ends = _ends("/".join(folders[count:]), unquote(parts.query))
                if any(end in self.pages for end in ends):
                    yield "/".join([f"{parts.scheme}://{parts.netloc}", *folders[:count]])
                    break

    def _names(self, page: str, written: str) -> Iterator[str]:
        here = self.url(page) or f"{_NOWHERE}/{quote(page)}"
        parts = address_parts(joined_address(here, written.strip()))
        path = unquote(parts.path) or "/"
        name: str | None = f"{parts.netloc}{path}"
        if parts.netloc not in self.hosts:
            name = below(f"//{name}", self.address or _NOWHERE) if parts.netloc else None
        if name is not None and written[:1] not in ("", "#"):
            yield from _ends(posixpath.normpath(name.lstrip("/") or "."), unquote(parts.query))


def _ends(path: str, query: str) -> Iterator[str]:
    # Files that a server may answer for a path, as those who save sites name them too.
    if path == ".":
        path = ""
    for file in (path, posixpath.join(path, "index.html"), f"{path}.html"):
        yield from (f"{file}?{query}", f"{file}?{query}.html") if query else (file,)


def inside(folder: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
