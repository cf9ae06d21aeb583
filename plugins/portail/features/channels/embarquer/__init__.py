"""Frames: the next events of a calendar, shown by other sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import FOLLOW_LINKS, FORMER_ADDRESSES, FORMER_PAGES

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site
    from portail.site.ways import Ways


def _ways(site: Site, page: str) -> Ways:
    from portail.features.channels.embarquer.page import ways

    return ways(site, page)


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.channels.embarquer.page import plan_embeds, plan_embeds_index

    yield from plan_embeds(site)
    yield from plan_embeds_index(site)


def _follow_links(site: Site) -> Sequence[Lien]:
    from portail.features.channels.embarquer.page import follow_links

    return follow_links(site)


def _former_addresses(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.channels.embarquer.page import former_addresses

    return former_addresses(site)


def _former_pages(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.channels.embarquer.page import former_pages

    return former_pages(site)


feature = Feature(
    name="embarquer",
    title="L’agenda sur d’autres sites",
    needs=("agenda", "calendriers"),
    ways=_ways,
    outputs=(Output("embarquer", _plan),),
    slots={
        FOLLOW_LINKS: _follow_links,
        FORMER_ADDRESSES: _former_addresses,
        FORMER_PAGES: _former_pages,
    },
    pages=frozenset({"/embarquer/"}),
)
