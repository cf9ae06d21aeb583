"""The plan of a site in parts: a part whose reads have not changed is not planned again.

Its artifacts come back from the rows of the last build (addresses, keys, templates). What makes
their bytes is a function of a module, kept by its name; else the part is planned again, and only
once an artifact of it must be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from portail.files import posix_path
from portail.site.greffons import is_ours
from portail.site.item import noting
from portail.site.site import Site

from . import base

Planner: TypeAlias = Callable[..., Iterable[base.Artifact]]
# What is kept of an artifact or of a call: plain values.
Row: TypeAlias = tuple[Any, ...]


def part(site: Site, name: str, plan: Planner, *arguments: str) -> Sequence[base.Artifact]:
    """The artifacts that ``plan`` gives for ``site`` and ``arguments``, kept as the part ``name``.

    It must read nothing but the site, not even the clock.
    """
    reader = base.reader_of(site)
    memory = reader.memory
    planner = partial(plan, reader, *arguments)
    rows = memory.recall(name) if memory else None
    if rows is not None:
        replanned = _Replanned(planner)
        return [_artifact(row, replanned) for row in rows]
    with noting() as reads:
        artifacts = [*planner()]
    if memory:
        memory.keep(name, reads, lambda: [_row(artifact) for artifact in artifacts])
    return artifacts


def _row(artifact: base.Artifact) -> Row:
    path = artifact.path
    source = str(artifact.source) if artifact.source else ""
    match artifact:
        case base.TemplatePage():
            hint = artifact.sitemap
            hint_row = None
            if hint:
                lastmod = hint.lastmod.isoformat() if hint.lastmod else ""
                hint_row = lastmod, *hint.images
            return (
                "page",
                path,
                source,
                artifact.url,
                artifact.template,
                hint_row,
                tuple(artifact.shown),
            )
        case base.TextFile():
            return ("texte", path, source, artifact.key, artifact.url, _call_row(artifact.produce))
        case base.Derived():
            return (
                "derive",
                path,
                source,
                artifact.key,
                artifact.url,
                artifact.sources,
                _call_row(artifact.make),
            )
        case base.Tree():
            return ("dossier", path, source, artifact.key, artifact.marked)
        case base.CopiedFile():
            return ("copie", path, source, artifact.key, artifact.url, str(artifact.origin))


def _call_row(produce: Callable[..., object]) -> tuple[str, str, tuple[Any, ...]] | None:
    # A call of a function of a module with the site and plain values, as the names of the module
    # and of the function and the values; ``None`` for any other call.
    match produce:
        case partial(func=function, args=(Site(), *arguments)) if all(map(_is_plain, arguments)):
            return function.__module__, function.__qualname__, tuple(arguments)
    return None


def _is_plain(value: object) -> bool:
    # Exact types: a subclass (SafeHtml) would come back from a row as plain text.
    return type(value) in (str, int) or (type(value) is tuple and all(map(_is_plain, value)))


class _Replanned(Struct, frozen=True, dict=True):
    """A part whose rows are known: planned once one of its artifacts has to be made."""

    plan: partial[Iterable[base.Artifact]]

    @cached_property
    def artifacts(self) -> Mapping[str, Any]:
        with noting():
            return {artifact.path: artifact for artifact in self.plan()}

    def function(self, path: str, name: str, call: Row | None = None) -> Callable[..., Any]:
        """What makes an artifact: the function that ``call`` names, else the attribute ``name`` of
        the artifact planned again."""
        # What is kept on a disk must not have anything else called.
        if call and is_ours(call[0]):
            return base.view_of(self.plan.args[0], base.Shown(*call))
        return partial(self._call, path, name)

    def _call(self, path: str, name: str, *arguments: Any) -> Any:
        return getattr(self.artifacts[path], name)(*arguments)


def _artifact(row: Row, replanned: _Replanned) -> base.Artifact:
    kind, path, origin, *rest = row
    source = posix_path(origin) if origin else None
    if kind == "page":
        url, template, hint_row, call_row = rest
        hint = None
        if hint_row is not None:
            lastmod, *images = hint_row
            day = date.fromisoformat(lastmod) if lastmod else None
            hint = base.SitemapHint(day, tuple(images))
        view = replanned.function(path, "view", call_row)
        shown = base.Shown(*call_row)
        return base.TemplatePage(
            path, url, template, shown=shown, view=view, source=source, sitemap=hint
        )
    if kind == "texte":
        key, url, call_row = rest
        produce = replanned.function(path, "produce", call_row)
        return base.TextFile(path, url, key, produce, source)
    if kind == "derive":
        key, url, sources, call_row = rest
        make = replanned.function(path, "make", call_row)
        return base.Derived(path, url, sources, make=make, source=source, key=key)
    if kind == "dossier":
        key, marked = rest
        return base.Tree(path, key, replanned.function(path, "produce"), source, marked=marked)
    key, url, file = rest
    return base.CopiedFile(path, url, key, Path(file), source)
