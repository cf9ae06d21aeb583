"""Dead links and anchors of the pages of a site, dead addresses in its other texts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from .output_check import TRUSTED, OutputPolicy

# Where a page names a file: the attributes of HTML, and that of SVG as HTML reads it.
_ADDRESSES = "//@href | //@src | //@action | //@poster | //@*[name() = 'xlink:href']"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")

# Endings of the other files in which addresses of the site are written whole.
_TEXTS = (".csv", ".geojson", ".ics", ".json", ".md", ".txt", ".webmanifest", ".xml")
# An address in a text: it ends where RFC 3986 wants a sign escaped, where Markdown or a cell of a
# table ends it.
_WRITTEN = r"[^\s\"'<>()\[\]{}|\\^`;]*"
_ENDS = re.compile(r"[\s\"'<>()\[\]]")
# What ends a sentence, not an address.
_AFTER = ".,;:!?*_~»’”…"


class PageLinks(NamedTuple):
    """The ids of a page, its links that lead to no file, and its anchors in pages: file, id, link
    as written."""

    ids: frozenset[str] = frozenset()
    dead: tuple[str, ...] = ()
    refs: tuple[tuple[str, str, str], ...] = ()


class LinkReader:
    """Reads pages of a site whose files are ``paths``, at the address of ``policy``."""

    def __init__(self, policy: OutputPolicy, paths: Collection[str]) -> None:
        self._paths = frozenset(paths)
        self._policy = policy
        self._site = policy.site_url.rstrip("/")
        starts = filter(None, (self._site, policy.webcal.rstrip("/")))
        ours = "|".join(map(re.escape, starts))
        # Each with the brace that follows it: it is then a model of some.
        self._whole = re.compile(rf"(?:{ours})(?![\w.:@-]){_WRITTEN}\{{?")

    def reads(self, path: str) -> bool:
        """Whether the file ``path`` is a page, or a text that may have links: not a letter already
        sent, nor what the theme brings.
        """
        if path.endswith(".html"):
            return True
        aside = path.startswith(TRUSTED) or self._policy.is_letter(path)
        return bool(self._site) and path.endswith(_TEXTS) and not aside

    def read(self, data: bytes, path: str) -> PageLinks:
        """Links and ids of the file ``path``, whose bytes are ``data``."""
        if not path.endswith(".html"):
            return self._links(self._addresses(data, path), path)
        page: Any = etree.HTML(data, etree.HTMLParser(encoding="utf-8", huge_tree=True))
        if page is None:
            return PageLinks()
        ids = frozenset(map(str, page.xpath("//@id")))
        if self._policy.is_letter(path):  # its links stay as they were sent
            return PageLinks(ids)
        sets = ",".join(page.xpath("//@srcset"))
        pictures = (part.split()[0] for part in sets.split(",") if part.strip())
        written = chain(map(str.strip, page.xpath(_ADDRESSES)), pictures)
        return self._links(written, path, ids)

    def _addresses(self, data: bytes, path: str) -> Iterator[str]:
        text = data.decode("utf-8", "replace")
        if path.endswith(".ics"):
            text = text.replace("\r\n ", "").replace("\r\n\t", "")
        for written in dict.fromkeys(self._whole.findall(text)):
            address = _ENDS.split(unescape(written), maxsplit=1)[0].rstrip(_AFTER)
            # Data may say a folder, to which they add the name of a file.
            is_base = path.endswith(".json") and self._is_folder(address)
            if not (written.endswith("{") or is_base):
                yield address

    def _is_folder(self, address: str) -> bool:
        folder = unquote(address.removeprefix(self._site).lstrip("/"))
        return folder.endswith("/") and any(path.startswith(folder) for path in self._paths)

    def _links(
        self, written: Iterable[str], path: str, ids: frozenset[str] = frozenset()
    ) -> PageLinks:
        dead = []
        refs = []
        for link in sorted(set(written)):
            target, anchor = self._target(link, path)
            if target is None:
                dead.append(link)
            elif anchor and target.endswith(".html") and not (target == path and anchor in ids):
                refs.append((target, anchor, link))
        return PageLinks(ids, tuple(dead), tuple(refs))

    def _target(self, url: str, path: str) -> tuple[str | None, str]:
        # The file that a link leads to, "" for another site, and the id there.
        prefix = self._policy.prefix
        if self._policy.webcal and url.startswith(self._policy.webcal):  # a calendar is a file
            url = self._site + url[len(self._policy.webcal) - 1 :]
        if self._site and f"{url}/".startswith(f"{self._site}/"):
            url = prefix + url[len(self._site) :]
        elif _SCHEME.match(url):
            return "", ""
        address, _, anchor = url.partition("#")
        place = unquote(address.partition("?")[0])
        # A fragment with « = » is the state of a script or a passage (« :~:text= »), not an id.
        anchor = "" if "=" in anchor or anchor == "top" else unquote(anchor)
        if not place:
            return path, anchor
        if not place.startswith("/"):
            whole = posixpath.normpath(f"{prefix}/{path}/../{place}")
            place = whole + "/" * place.endswith("/")
        if not f"{place}/".startswith(f"{prefix}/"):
            return None, ""  # our host, outside of our folder: the prefix was forgotten
        place = place[len(prefix) + 1 :]
        if not place or place.endswith("/"):
            place += "index.html"
        elif place not in self._paths:
            place += "/index.html"  # servers add the slash
        return (place if place in self._paths else None), anchor
