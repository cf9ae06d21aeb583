"""Internal references, as a contributor may write them, to the content or file they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import Struct

from .body.finish import anchor_of
from .model.kinds import BY_FOLDER, KINDS, Kind, kept
from .source.loader import MEDIA_TYPES
from .text.normalise import slug_of_filename
from .text.suggest import alike, nearest

_PELICAN = frozenset(("filename", "static", "attach", "index"))
_MEDIAS = tuple(MEDIA_TYPES)
_BY_SEGMENT = kept(dict[str, Kind](), lambda: {info.segment: kind for kind, info in KINDS.items()})


class Target(Struct, frozen=True):
    """An internal address cut in two: ``path`` (empty: this page) and ``anchor``."""

    path: str
    anchor: str


@lru_cache(65_536)
def split_target(text: str) -> Target:
    """Cut ``lieux/la-coupole#acces``; Pelican's ``{filename}`` and the like are dropped.

    >>> split_target("{filename}/articles/x.md#fin")
    Target(path='/articles/x.md', anchor='fin')
    >>> split_target("lieux/la-coupole#Acc%C3%A8s").anchor
    'acces'
    """
    clean = text.strip()
    if clean.startswith(("{", "|")):
        name, _, following = clean[1:].replace("|", "}", 1).partition("}")
        if name in _PELICAN:
            clean = following
    path, _, anchor = clean.partition("#")
    # GitHub keeps accents in the anchors that one copies there; our ids have none.
    return Target(path.partition("?")[0], anchor_of(unquote(anchor)) if anchor else "")


def is_media(path: str) -> bool:
    """Whether ``path`` is that of a picture or document, by its extension."""
    ends = path.rstrip("/.").lower().endswith(_MEDIAS)  # a path for each is slow
    return ends and PurePosixPath(path).suffix.lower() in MEDIA_TYPES


def find_media(
    path: str, source: PurePosixPath, files: Collection[PurePosixPath]
) -> PurePosixPath | None:
    """The one of ``files`` that ``path``, written in the document ``source``, names.

    Looked for beside the document, then from the content folder, then in ``medias/``.
    """
    if not files:
        return None
    root, *folder = source.parts[:-1]
    places: tuple[list[str], ...] = (folder if not path.startswith("/") else [], [], ["medias"])
    for name in dict.fromkeys((path, unquote(path))):
        for place in places:
            steps = flatten((*place, *name.split("/")))
            media = PurePosixPath(root, *steps) if steps else None
            if media in files:
                return media
    return None


def site_path(path: str) -> str:
    """``path`` with both its slashes: how the site writes the address of a page."""
    inner = path.strip("/")
    if inner:
        return f"/{inner}/"
    return "/"


class RefIndex:
    """References that a link may name (``lieux/la-coupole``), found as people write them."""

    def __init__(self, refs: Iterable[str], moved: Mapping[str, str] | None = None) -> None:
        """``moved`` says by which reference one that is no more is to be read."""
        self._refs = frozenset(refs)
        self._moved = moved or {}
        self._found: dict[tuple[str, str], tuple[tuple[str, ...], bool]] = {}

    @cached_property
    def sorted(self) -> tuple[str, ...]:
        return tuple(sorted(self._refs))

    @cached_property
    def _by_slug(self) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, list[str]] = {}
        for ref in self.sorted:
            groups.setdefault(ref.partition("/")[2], []).append(ref)
        return {slug: tuple(refs) for slug, refs in groups.items()}

    def named(self, slug: str) -> tuple[str, ...]:
        """References, of any kind, of that slug, sorted."""
        return self._by_slug.get(slug, ())

    def find(self, path: str, source: PurePosixPath) -> tuple[str, ...]:
        """What ``path``, written in ``source`` (``content/articles/a.md``), may mean, most likely
        first: a reference, a site path, a path from the document or from the content folder, with
        or without ``.md``; a slug alone, beside the document, then of any kind. What begins with
        the folder of a kind is of that kind."""
        if path in self._refs:
            return (path,)
        return self._told(path, source)[0]

    def renamed(self, path: str, source: PurePosixPath) -> str:
        """The reference that ``path`` names by what it was called before only; or nothing."""
        current, former = self._told(path, source)
        if former and len(current) == 1:
            return current[0]
        return ""

    def _told(self, path: str, source: PurePosixPath) -> tuple[tuple[str, ...], bool]:
        key = path, str(source).rpartition("/")[0]
        if key not in self._found:
            self._found[key] = self._find(path, tuple(key[1].split("/")[1:]))
        return self._found[key]

    def nearest(self, written: str, names: Iterable[str] = ()) -> str:
        """What ``written`` most likely stands for, the same slug in another folder first, here or
        among ``names``; or nothing."""
        clean = written.strip("/").removesuffix(".md")
        same = self.named(clean.rpartition("/")[2])
        near = same or nearest(clean, (*self.sorted, *names), limit=1) or alike(clean, self.sorted)
        return next(iter(near), "")

    def _find(self, path: str, folder: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        clean = path.removesuffix("/index.html").rstrip("/").removesuffix(".md")
        rooted = path.startswith("/")
        written = tuple(clean.strip("/").split("/"))
        tried = []
        if len(written) > 1:
            tried = [_named(written)]
        if rooted and len(written) == 1:
            tried.append(f"{Kind.PAGE.value}/{written[0]}")
        elif not rooted and _kind_of(written[0]) is None:
            steps = flatten((*folder, *written))
            if steps:
                tried += [_named(steps)]
        refs = [ref for ref in dict.fromkeys(tried) if ref in self._refs]
        alone = ""
        if len(written) == 1 and not rooted:
            alone = slug_of_filename(written[0])
        if candidates := tuple(refs) or self.named(alone):
            return candidates, False
        former = [ref for ref in self._moved if ref in tried or ref.partition("/")[2] == alone]
        return tuple(dict.fromkeys(self._moved[ref] for ref in former)), True


def flatten(parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """Steps of a path without ``.`` and ``..``; ``None`` above its beginning."""
    kept: list[str] = []
    for part in parts:
        if part == "..":
            if not kept:
                return None
            kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    return tuple(kept)


def _kind_of(folder: str) -> Kind | None:
    return BY_FOLDER.get(folder) or _BY_SEGMENT.get(folder)


def _named(parts: tuple[str, ...]) -> str:
    if len(parts) < 2:
        if parts:
            return parts[0]
        return ""
    kind = _kind_of(parts[0])
    slug = parts[-1]
    if slug == "index" and len(parts) > 2:
        slug = parts[-2]
    slug = slug_of_filename(slug)
    if kind:
        return f"{kind.value}/{slug}"
    return "/".join(parts)
