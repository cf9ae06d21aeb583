"""A plan in parts: one that read nothing that has changed gives what it gave last time.

Addresses, keys and templates are kept as rows; what makes the bytes is found again only for what
must be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from portail.files import posix_path
from portail.site.item import noting
from portail.site.site import Site

from . import base

Planner: TypeAlias = Callable[..., Iterable[base.Artifact]]
# What is kept of an artifact: plain values.
Row: TypeAlias = tuple[Any, ...]


def part(site: Site, name: str, plan: Planner, *arguments: str) -> Sequence[base.Artifact]:
    """What ``plan`` gives for ``site`` and ``arguments``: it reads nothing but the site, no
    clock.
    """
    reader = base.reader_of(site)
    memory = reader.memory
    planner = partial(plan, reader, *arguments)
    rows = memory.recall(name) if memory else None
    if rows is not None:
        again = _Again(planner)
        return [_artifact(row, again) for row in rows]
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
            hint_row = hint and (hint.lastmod.isoformat() if hint.lastmod else "", *hint.images)
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
            return ("texte", path, source, artifact.key, artifact.url, _named(artifact.produce))
        case base.Derived():
            return (
                "derive",
                path,
                source,
                artifact.key,
                artifact.url,
                artifact.sources,
                _named(artifact.make),
            )
        case base.Tree():
            return ("dossier", path, source, artifact.key, artifact.marked)
        case base.CopiedFile():
            return ("copie", path, source, artifact.key, artifact.url, str(artifact.origin))


def _named(produce: Callable[..., object]) -> tuple[str, str, tuple[Any, ...]] | None:
    # The function of a module that is called, its name and what it is given beside the site, where
    # that is plain values.
    match produce:
        case partial(func=function, args=(Site(), *arguments)) if all(map(_is_plain, arguments)):
            return function.__module__, function.__qualname__, tuple(arguments)
    return None


def _is_plain(value: object) -> bool:
    # Exact types: a subclass (SafeHtml) would come back from its row as a plain text.
    return type(value) in (str, int) or (type(value) is tuple and all(map(_is_plain, value)))


class _Again(Struct, frozen=True, dict=True):
    """A part that is planned for good when one of its artifacts must be made."""

    plan: partial[Iterable[base.Artifact]]

    @cached_property
    def ours(self) -> set[str]:
        return {one.partition(".")[0] for one in ("portail", self.plan.func.__module__)}

    @cached_property
    def artifacts(self) -> Mapping[str, Any]:
        with noting():
            return {artifact.path: artifact for artifact in self.plan()}

    def call(self, path: str, name: str, *arguments: Any) -> Any:
        return getattr(self.artifacts[path], name)(*arguments)


def _artifact(row: Row, again: _Again) -> base.Artifact:
    kind, path, origin, *rest = row
    source = posix_path(origin) if origin else None
    if kind == "page":
        url, template, hint_row, called = rest
        hint = None
        if hint_row is not None:
            lastmod, *images = hint_row
            day = date.fromisoformat(lastmod) if lastmod else None
            hint = base.SitemapHint(day, tuple(images))
        view = _called(called, again) or partial(again.call, path, "view")
        shown = base.Shown(*called)
        return base.TemplatePage(
            path, url, template, shown=shown, view=view, source=source, sitemap=hint
        )
    if kind == "texte":
        key, url, called = rest
        produce = _called(called, again) or partial(again.call, path, "produce")
        return base.TextFile(path, url, key, produce, source)
    if kind == "derive":
        key, url, sources, called = rest
        make = _called(called, again) or partial(again.call, path, "make")
        return base.Derived(path, url, sources, make=make, source=source, key=key)
    if kind == "dossier":
        key, marked = rest
        return base.Tree(path, key, partial(again.call, path, "produce"), source, marked=marked)
    key, url, file = rest
    return base.CopiedFile(path, url, key, Path(file), source)


def _called(name: Row | None, again: _Again) -> Callable[..., Any] | None:
    # One of ours or of who planned it: nobody has another program called by what is remembered.
    if not name or name[0].partition(".")[0] not in again.ours:
        return None
    return base.view_of(again.plan.args[0], base.Shown(*name))
