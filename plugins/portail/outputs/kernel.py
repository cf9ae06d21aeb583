"""Every output of the kernel, in the order of the build. A module is imported when its output is
planned: one whose files stand is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from portail.files import digest_of
from portail.late import late
from portail.model.kinds import Kind
from portail.site.site import Site

from .base import Artifact
from .parts import part

_HERE = "portail.outputs"
with late(_HERE, f"{_HERE}.pages", f"{_HERE}.pages.entry", f"{_HERE}.pages.lists"):
    from . import empreintes, pictures
    from .pages import service
    from .pages.entry import entries
    from .pages.lists import listings


class Output(NamedTuple):
    """Files that the kernel adds to the site."""

    name: str
    plan: Callable[..., Iterable[Any]]
    # Whether its plan is one part; else it cuts its plan itself, or reads more than the site
    # (files, the version of a library).
    whole: bool = True


# Contents that are planned together: those of one part are planned again when one changes.
_PART = 64

# Pages beside those of contents and of their lists.
PARTS = (listings.plan_themes, listings.plan_trade, service.plan_service)


def plan_pages(site: Site) -> Iterator[Artifact]:
    """One page for each content, there or taken back, lists, themes, site plan, 404."""
    for kind in Kind:
        if kind.info.has_page:
            for name, refs in _shared_out(site, kind).items():
                yield from part(site, name, entries.content_pages, *refs)
            yield from part(site, f"list {kind.value}", listings.plan_listing, kind.value)
    for plan in PARTS:
        yield from part(site, f"pages {plan.__name__}", plan)
    yield from part(site, "pages retraits", service.plan_withdrawn)


def _shared_out(site: Site, kind: Kind) -> Mapping[str, Sequence[str]]:
    refs = sorted(item.ref for item in site.of_kind(kind))
    parts: dict[int, list[str]] = defaultdict(list)
    for ref in refs:
        parts[crc32(ref.encode()) % (1 + len(refs) // _PART)].append(ref)
    return {f"contents {digest_of(*some)}": some for some in parts.values()}


# Outputs that read the site.
OUTPUTS = (
    Output("pages", plan_pages, whole=False),
    Output("empreintes", empreintes.plan_empreintes),
    Output("medias", pictures.plan_medias, whole=False),
)
