"""Internal references, as a contributor may write them, to the content or file they name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from portail.model.kinds import BY_FOLDER, KINDS

__all__ = ["Target", "candidates", "split_target"]

_PELICAN = re.compile(r"^[{|](filename|static|attach|index)[}|]")
_BY_SEGMENT = {info.segment: kind for kind, info in KINDS.items() if info.segment}


@dataclass(frozen=True, slots=True)
class Target:
    """An internal address cut in two: ``path`` (empty: this page) and ``anchor``."""

    path: str
    anchor: str


def split_target(text: str) -> Target:
    """Cut ``lieux/la-coupole#acces``; Pelican's ``{filename}`` and the like are dropped.

    >>> split_target("{filename}/articles/x.md#fin")
    Target(path='/articles/x.md', anchor='fin')
    """
    path, _, anchor = _PELICAN.sub("", text.strip()).partition("#")
    return Target(path.partition("?")[0], anchor)


def candidates(path: str, source: PurePosixPath, refs: Collection[str]) -> list[str]:
    """References of ``refs`` that ``path``, written in ``source``, may mean, most likely first.

    ``source`` starts with the content folder's name (``content/articles/a.md``).
    """
    clean = path.removesuffix("/index.html").removesuffix("/").removesuffix(".md")
    folder = PurePosixPath(*source.parts[1:-1])
    rooted = clean.startswith("/")
    clean = clean.lstrip("/")
    steps = _flatten((*(() if rooted else folder.parts), *clean.split("/")))
    tried = [_named(tuple(clean.split("/")))]
    if steps is not None:
        tried.append(_named(steps))
    if rooted and "/" not in clean:
        tried.append(f"pages/{clean}")
    found = [ref for ref in dict.fromkeys(tried) if ref in refs]
    if not found and "/" not in clean:
        found = sorted(ref for ref in refs if ref.partition("/")[2] == clean)
    return found


def _flatten(parts: tuple[str, ...]) -> tuple[str, ...] | None:
    kept: list[str] = []
    for part in parts:
        if part == "..":
            if not kept:
                return None
            kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    return tuple(kept)


def _named(parts: tuple[str, ...]) -> str:
    """``(lieux, x)``, ``(evenements, x)`` or ``(events, 2021, x)`` → ``events/x``."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    kind = BY_FOLDER.get(parts[0]) or _BY_SEGMENT.get(parts[0])
    slug = parts[-2] if parts[-1] == "index" and len(parts) > 2 else parts[-1]
    slug = re.sub(r"^\d{4}-\d{2}-\d{2}-(?=.)", "", slug)
    return f"{kind.value}/{slug}" if kind else "/".join(parts)
