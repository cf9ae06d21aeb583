"""Feeds: what appears, followed in a reader of feeds (RSS, Atom, JSON Feed)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Derived, Feature, Output
from portail.outputs.pages.slots import FOLLOW_LINKS, FORMER_ADDRESSES, FORMER_PAGES

if TYPE_CHECKING:
    from portail.features.channels.flux.feeds import Feeds
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site
    from portail.site.ways import Ways


def _build(site: Site) -> Feeds:
    from portail.features.channels.flux.feeds import build_feeds

    return build_feeds(site)


def _ways(site: Site, page: str) -> Ways:
    from portail.features.channels.flux.feeds import ways

    return ways(site, page)


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.channels.flux.output import plan_feeds

    return plan_feeds(site)


def _plan_page(site: Site) -> Iterator[Artifact]:
    from portail.features.channels.flux.page import plan_opml, plan_page

    yield from plan_page(site)
    yield from plan_opml(site)


def _former_addresses(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.channels.flux.former import former_addresses

    return former_addresses(site)


def _former_pages(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.channels.flux.former import former_pages

    return former_pages(site)


def _follow_links(site: Site) -> Sequence[Lien]:
    from portail.features.channels.flux.page import follow_links

    return follow_links(site)


feature = Feature(
    name="flux",
    title="Flux",
    derives=(Derived("flux", _build),),
    ways=_ways,
    outputs=(Output("flux", _plan), Output("opml", _plan_page)),
    slots={
        FOLLOW_LINKS: _follow_links,
        FORMER_ADDRESSES: _former_addresses,
        FORMER_PAGES: _former_pages,
    },
    pages=frozenset({"/flux/"}),
)
