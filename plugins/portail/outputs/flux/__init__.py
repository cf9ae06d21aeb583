"""Output « flux »: the feeds of ``Site.feeds`` as RSS 2.0, Atom and JSON Feed.

``rss_atom`` is imported when something is written: feedgen takes time to load, which neither a
check nor the build of an unchanged site should wait for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portail.outputs.base import TextFile
from portail.outputs.drawn import text_file
from portail.outputs.flux import json_feed
from portail.outputs.flux.heads import head_of
from portail.outputs.flux.issues import issue_told
from portail.outputs.flux.told import Told, told_of
from portail.outputs.pages.kit import kit_of
from portail.site.feeds import Address, Feed
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import FEEDS

__all__ = ["FluxOutput"]

_COMING, _LETTER = "a-venir", "lettre"
"""Groups whose contents are told in a way of their own."""


class FluxOutput:
    """One file for each form of each feed, streamed content by content.

    A content that is edited rewrites only the feeds that hold it; a new day, only that of the
    events to come.
    """

    name: ClassVar[str] = "flux"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """In the order of ``Site.feeds``; nothing without SITEURL."""
        for feed in site.feeds.every:
            for one in feed.adresses:
                write = _json if one.format == "json" else _xml
                yield text_file(site, one.url, write, feed, one)


@per_site
def _text(site: Site, ref: str, format: str, groupe: str, whole: bool) -> str:
    """What feeds of a group say of a content."""
    told = _told(site, ref, groupe, whole=whole)
    if format == "json":
        return json_feed.item_text(told)
    from portail.outputs.flux.rss_atom import item_text

    return item_text(told, format)


def _told(site: Site, ref: str, groupe: str, *, whole: bool) -> Told:
    kit = kit_of(site)
    if groupe == _LETTER:
        return issue_told(ref, site, kit)
    return told_of(site.items[ref], site, kit, whole=whole, coming=groupe == _COMING)


def _texts(site: Site, feed: Feed, format: str) -> Iterator[str]:
    """What a feed says of each of its contents."""
    groupe = feed.groupe if feed.groupe in (_COMING, _LETTER) else ""
    return (_text(site, ref, format, groupe, feed.entier) for ref in feed.refs)


def _json(site: Site, feed: Feed, address: Address) -> Iterator[str]:
    yield json_feed.head_text(head_of(feed, address, site), site.config.absolute(FEEDS))
    for rank, text in enumerate(_texts(site, feed, address.format)):
        yield (",\n" if rank else "") + text
    yield json_feed.FOOT


def _xml(site: Site, feed: Feed, address: Address) -> Iterator[str]:
    from portail.outputs.flux.rss_atom import FOOTS, head_text

    yield head_text(head_of(feed, address, site), address.format)
    yield from _texts(site, feed, address.format)
    yield f"{FOOTS[address.format]}\n"
