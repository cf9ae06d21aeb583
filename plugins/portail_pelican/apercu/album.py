"""Pictures of a preview, inside the file, as long as there is room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from portail.errors import PlanError
from portail.outputs.base import Artifact, Derived, TemplatePage
from portail_pelican.apercu.style import inlined
from portail_pelican.renderer import Renderer

__all__ = ["ROOM", "Album"]

ROOM = 3_000_000
"""Characters that all the pictures of a preview may take."""

_SIZED = re.compile(r"\.\d+\.(?:avif|webp|jpg|png)$")
_WIDTHS = (800, 480)
_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".png": "image/png", ".gif": "image/gif",
          ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}  # fmt: skip
_GROUNDS = "/fonds/"


class Album:
    """Pictures by their site path, made when a page asks for them; ``tues`` counts those that
    found no room."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._room = ROOM
        self._made: dict[str, str] = {}
        self.tues = 0

    def pictures(
        self, artifacts: Iterable[Artifact], sources: frozenset[PurePosixPath], drawing: str
    ) -> Callable[[str], str]:
        """What gives the ``data:`` address of a picture of one content by its address in the page:
        a file made from one of ``sources``, its ``drawing``, the ground of a map; else ``""``."""
        known = {
            one.url: one
            for one in artifacts
            if (isinstance(one, Derived) and one.source in sources and not one.sources)
            or (isinstance(one, TemplatePage) and one.url.endswith(".svg"))
        }

        def inside(address: str) -> str:
            url = self._path(address)
            if url not in known:
                return ""
            one = known[url]
            if isinstance(one, TemplatePage) and url != drawing and not url.startswith(_GROUNDS):
                return ""
            return self._held(known[self._lightest(url, known)])

        return inside

    def _path(self, address: str) -> str:
        base = self._renderer.config.base
        path = unquote(urlsplit(address).path)
        return path.removeprefix(base) if path.startswith(f"{base}/") else path

    @staticmethod
    def _lightest(url: str, known: dict[str, Derived | TemplatePage]) -> str:
        """The path of the size that suits a screen, in a format that every browser reads."""
        own = _SIZED.sub("", url)
        sizes = (f"{own}.{width}.webp" for width in _WIDTHS)
        named = (one for one in sorted(known) if one.startswith(own) and one.endswith(".webp"))
        return next((one for one in (*sizes, *named) if one in known), url)

    def _held(self, one: Derived | TemplatePage) -> str:
        key = f"{one.url} {' '.join(one.key)}"
        if key not in self._made:
            try:
                data = one.make(()) if isinstance(one, Derived) else self._renderer.render(one)
            except PlanError:
                return ""
            kind = _TYPES.get(PurePosixPath(one.url).suffix.lower(), "")
            self._made[key] = inlined(data, kind) if kind else ""
        text = self._made[key]
        if len(text) > self._room:
            self.tues += 1
            return ""
        self._room -= len(text)
        return text
