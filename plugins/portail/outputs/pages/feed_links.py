"""The feeds and the calendar that pages tell of, for readers of feeds and for people."""

from __future__ import annotations

from collections.abc import Iterator

from portail.outputs.pages.views.frame import FluxLie
from portail.outputs.pages.views.shared import Lien
from portail.site.feeds import Address, Feed
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import HOME
from portail.text.typography import typographie

__all__ = ["FORMAT_NAMES", "kept_informed", "linked_calendar", "linked_feeds"]

FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}
"""What each format of ``FORMATS`` is called."""


@answer
def linked_feeds(site: Site, page: str, above: str = "") -> tuple[FluxLie, ...]:
    """The feeds of a page (site path), every form of them; without any, the first form of those of
    what it belongs to: the list ``above``, else the whole portal."""
    own = site.feeds.of(page)
    if own:
        return tuple(_linked(own))
    feeds = (site.feeds.of(above) if above else ()) or site.feeds.of(HOME)
    return tuple(_link(one, one.adresses[0], own=False) for one in feeds)


@answer
def linked_calendar(site: Site, page: str) -> str:
    """The address of the calendar of a page (site path); ``""`` for none."""
    return site.calendars.url_of(page)


def kept_informed(feeds: tuple[FluxLie, ...], *, calendar: bool) -> tuple[Lien, ...]:
    """Where there is nothing: a link to the foot of the page, which says how to be told."""
    ways = ["flux"] * any(one.propre for one in feeds) + ["calendrier"] * calendar
    return (Lien(f"Être prévenu : {', '.join(ways)}", "#Suivre"),) if ways else ()


def _linked(feeds: tuple[Feed, ...]) -> Iterator[FluxLie]:
    for feed in feeds:
        for address in feed.adresses:
            yield _link(feed, address, own=True)


def _link(feed: Feed, address: Address, *, own: bool) -> FluxLie:
    name = f"{typographie(feed.nom)}, flux {FORMAT_NAMES[address.format]}"
    return FluxLie(name, address.url, address.type, own)
