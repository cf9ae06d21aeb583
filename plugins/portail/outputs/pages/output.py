"""Output « pages »: every HTML page of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from zlib import crc32

from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.base import Artifact
from portail.outputs.guides import state_of
from portail.outputs.parts import part
from portail.resources import docs_dir
from portail.site.site import Site

PARTS = (
    "lists.listings:plan_themes",
    "lists.listings:plan_trade",
    "lists.indexes:plan_index",
    "service:plan_service",
    "home:plan_home",
)
"""Functions that plan pages beside those of contents and of their lists, each imported when its
part is planned."""

_PART = 64
"""Contents that are planned together: those of one part are planned again when one changes."""


def plan_pages(site: Site) -> Iterator[Artifact]:
    """Home, one page for each content, there or taken back, lists, weeks, months, years, themes,
    site plan, 404."""
    yield from _contents(site)
    yield from part(site, "pages retraits", _planned, "service:plan_withdrawn")


def _contents(site: Site) -> Iterator[Artifact]:
    for kind in Kind:
        if kind is not Kind.NEWSLETTER:  # the page of a letter is that of its issue
            for name, refs in _shared_out(site, kind).items():
                yield from part(site, name, _planned, "entry.entries:content_pages", *refs)
            name = f"list {kind.value}"
            plan = "lists.listings:plan_listing"
            yield from part(site, name, _planned, plan, kind.value)
    for plan in PARTS:
        yield from part(site, f"pages {plan}", _planned, plan)
    docs = digest_of(*state_of(docs_dir()))  # these two read documents
    yield from part(site, f"pages guides {docs}", _planned, "guides:plan_guides")
    yield from part(site, f"pages contribuer {docs}", _planned, "contribuer:plan_contribute")


def _shared_out(site: Site, kind: Kind) -> Mapping[str, Sequence[str]]:
    refs = sorted(one.ref for one in site.of_kind(kind))
    parts: dict[int, list[str]] = defaultdict(list)
    for ref in refs:
        parts[crc32(ref.encode()) % (1 + len(refs) // _PART)].append(ref)
    return {f"contents {digest_of(*some)}": some for some in parts.values()}


def _planned(site: Site, plan: str, *arguments: str) -> Iterable[Artifact]:
    module, _, function = plan.partition(":")
    found = import_module(f"portail.outputs.pages.{module}")
    planner: Callable[..., Iterable[Artifact]] = getattr(found, function)
    return planner(site, *arguments)
