"""Pictures of a preview, inside the file, as long as there is room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from portail.errors import PlanError
from portail.outputs.base import Artifact, Derived, TemplatePage
from portail_pelican.apercu.style import inlined
from portail_pelican.renderer import Renderer

__all__ = ["ROOM", "Album", "Room"]

ROOM = 3_000_000
"""Characters that all the pictures of a preview may take."""

_SIZED = re.compile(r"\.\d+\.(?:avif|webp|jpg|png)$")
_WIDTHS = (800, 480)
_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".png": "image/png", ".gif": "image/gif",
          ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}  # fmt: skip
_GROUNDS = "/fonds/"


@dataclass
class Room:
    """Characters that are left for pictures; ``tues`` counts those that found no place."""

    left: int = ROOM
    tues: int = 0


class Album:
    """Pictures by their site path, made when a page asks for them, as long as there is ``room``."""

    def __init__(self, renderer: Renderer, artifacts: Iterable[Artifact], room: Room) -> None:
        self._renderer, self._room = renderer, room
        self._drawings: dict[str, TemplatePage] = {}
        self._files: dict[PurePosixPath, list[Derived]] = {}
        for one in artifacts:
            if isinstance(one, TemplatePage) and one.url.endswith(".svg"):
                self._drawings[one.url] = one
            elif isinstance(one, Derived) and one.source and not one.sources:
                self._files.setdefault(one.source, []).append(one)
        self._made: dict[str, str] = {}

    def pictures(self, sources: Iterable[PurePosixPath], drawing: str) -> Callable[[str], str]:
        """What gives the ``data:`` address of a picture of one content by its address in the page:
        a file made from one of ``sources``, its ``drawing``, the ground of a map; else ``""``."""
        files = {one.url: one for source in sources for one in self._files.get(source, ())}

        def inside(address: str) -> str:
            url = self._path(address)
            if url in files:
                return self._held(files[self._lightest(url, files)])
            shown = url == drawing or url.startswith(_GROUNDS)
            return self._held(self._drawings[url]) if shown and url in self._drawings else ""

        return inside

    def shown(self, source: PurePosixPath) -> str:
        """The ``data:`` address of a picture by its file."""
        files = {one.url: one for one in self._files.get(source, ())}
        return self._held(files[self._lightest(min(files), files)]) if files else ""

    def _path(self, address: str) -> str:
        base = self._renderer.config.base
        path = unquote(urlsplit(address).path)
        return path.removeprefix(base) if path.startswith(f"{base}/") else path

    @staticmethod
    def _lightest(url: str, known: Mapping[str, Derived]) -> str:
        """The path of the size that suits a screen, in a format that every browser reads."""
        own = _SIZED.sub("", url)
        sizes = (f"{own}.{width}.webp" for width in _WIDTHS)
        named = (one for one in sorted(known) if one.startswith(own) and one.endswith(".webp"))
        return next((one for one in (*sizes, *named) if one in known), url)

    def _held(self, one: Derived | TemplatePage) -> str:
        if one.url not in self._made:
            try:
                data = one.make(()) if isinstance(one, Derived) else self._renderer.render(one)
            except PlanError:
                return ""
            kind = _TYPES.get(PurePosixPath(one.url).suffix.lower(), "")
            self._made[one.url] = inlined(data, kind) if kind else ""
        text = self._made[one.url]
        if len(text) > self._room.left:
            self._room.tues += 1
            return ""
        self._room.left -= len(text)
        return text
