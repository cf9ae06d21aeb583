"""Feeds that are no more: each address leads to the feed in the format that all readers know, or to
that of the whole portal; that of the list of feeds, to their page."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.channels.flux.addresses import FEEDS, FORMER_LIST
from portail.features.channels.flux.feeds import feeds_of
from portail.model.kinds import KINDS, TERRITORIES
from portail.outputs.pages.slots import Earlier
from portail.site.site import Site
from portail.site.urls import HOME, feed_of, theme_of

_LISTS = ("/:a/", "/:a/:b/")


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """A rule for each sort."""
    if not feeds_of(site).every:
        return
    yield FORMER_LIST, FEEDS
    for page in _LISTS:
        for name in ("atom", "json"):
            yield Earlier(feed_of(page, name), feed_of(page, "rss"))
    for listing in sorted(info.listing for info in KINDS.values() if info.former_feed):
        yield Earlier(feed_of(f"{listing}:slug/", "rss"), feed_of(HOME, "rss"))


def former_pages(site: Site) -> Iterator[tuple[str, str]]:
    """Feeds of themes and of territories that too few contents have."""
    feeds = feeds_of(site)
    if not feeds.of(HOME):
        return
    themes = map(theme_of, site.indexes.by_theme)
    territories = (item.url for item in site.of_kinds(TERRITORIES))
    for page in (*themes, *territories):
        if not feeds.of(page):
            yield feed_of(page, "rss"), feed_of(HOME, "rss")
