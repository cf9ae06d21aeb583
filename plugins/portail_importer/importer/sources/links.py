"""The files of a folder of pages that addresses mean."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from portail.text.addresses import address_parts, joined_address

CANONICAL = re.compile(
    rb"<link\b(?=[^<>]*\brel=[\"']?canonical\b)[^<>]*?\bhref=[\"']?([^\"'\s>]{8,1000})",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
# Where a site stands whose pages do not say it.
_NOWHERE = "site.invalid"


class Links:
    """The links between the ``pages`` of ``folder``, paths from it."""

    def __init__(self, folder: Path, pages: Collection[str]) -> None:
        self.folder = folder
        self.pages = frozenset(pages)
        self.hosts = {host for name in pages if _HOST.fullmatch(host := name.partition("/")[0])}
        self.hosts -= self.pages

    def page(self, page: str, written: str) -> str:
        """The page that ``page`` names by ``written``; "" when it is not in the folder."""
        return next(filter(self.pages.__contains__, self._names(page, written)), "")

    def file(self, page: str, written: str) -> str:
        names = (*self._names(page, written), *self._names(page, written.partition("?")[0]))
        files = (name for name in names if inside(self.folder, self.folder / name))
        return next((name for name in files if (self.folder / name).is_file()), "")

    def url(self, name: str) -> str:
        """The address of a page in a folder that its host names; "" in any other."""
        path, asked, query = name.partition("?")
        stem, suffix = posixpath.splitext(posixpath.basename(path))
        if stem in ("index", "default") and suffix:
            path = path[: path.rfind("/") + 1]
        path += asked + query.removesuffix(".html")
        if path.partition("/")[0] in self.hosts:
            return f"https://{path}"
        return ""

    def _names(self, page: str, written: str) -> Iterator[str]:
        here = self.url(page) or f"https://{_NOWHERE}/{quote(page)}"
        parts = address_parts(joined_address(here, written.strip()))
        path = unquote(parts.path) or "/"
        if parts.netloc in self.hosts:
            path = f"{parts.netloc}{path}"
        elif parts.netloc != _NOWHERE:
            return
        if written[:1] not in ("", "#"):
            yield from _ends(posixpath.normpath(path.lstrip("/") or "."), unquote(parts.query))


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
