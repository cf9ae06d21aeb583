"""Output « pages »: every HTML page of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.base import Artifact
from portail.outputs.parts import part
from portail.site.site import Site

_PART = 64
"""Contents that are planned together: those of one part are planned again when one changes."""


# Each function imports its module, when its part is planned.


def _themes(site: Site) -> Iterable[Artifact]:
    from portail.outputs.pages.lists.listings import plan_themes

    return plan_themes(site)


def _trade(site: Site) -> Iterable[Artifact]:
    from portail.outputs.pages.lists.listings import plan_trade

    return plan_trade(site)


def _service(site: Site) -> Iterable[Artifact]:
    from portail.outputs.pages.service import plan_service

    return plan_service(site)


def _withdrawn(site: Site) -> Iterable[Artifact]:
    from portail.outputs.pages.service import plan_withdrawn

    return plan_withdrawn(site)


def _contents(site: Site, *refs: str) -> Iterable[Artifact]:
    from portail.outputs.pages.entry.entries import content_pages

    return content_pages(site, *refs)


def _listing(site: Site, name: str) -> Iterable[Artifact]:
    from portail.outputs.pages.lists.listings import plan_listing

    return plan_listing(site, name)


PARTS = (_themes, _trade, _service)
"""Pages beside those of contents and of their lists."""


def plan_pages(site: Site) -> Iterator[Artifact]:
    """One page for each content, there or taken back, lists, themes, site plan, 404."""
    for kind in Kind:
        if kind.info.has_page:
            for name, refs in _shared_out(site, kind).items():
                yield from part(site, name, _contents, *refs)
            yield from part(site, f"list {kind.value}", _listing, kind.value)
    for plan in PARTS:
        yield from part(site, f"pages {plan.__name__}", plan)
    yield from part(site, "pages retraits", _withdrawn)


def _shared_out(site: Site, kind: Kind) -> Mapping[str, Sequence[str]]:
    refs = sorted(item.ref for item in site.of_kind(kind))
    parts: dict[int, list[str]] = defaultdict(list)
    for ref in refs:
        parts[crc32(ref.encode()) % (1 + len(refs) // _PART)].append(ref)
    return {f"contents {digest_of(*some)}": some for some in parts.values()}
