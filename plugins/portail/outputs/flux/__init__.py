"""Output « flux »: the feeds of ``Site.feeds`` as RSS 2.0, Atom and JSON Feed.

``rss_atom`` is imported when something is written: feedgen takes time to load, which neither a
check nor the build of an unchanged site should wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import ClassVar

from portail.files import digest_of
from portail.outputs.base import Digest, TextFile
from portail.outputs.flux import json_feed
from portail.outputs.flux.heads import head_of, last_change
from portail.outputs.flux.issues import issue_key, issue_told, sent_issues
from portail.outputs.flux.told import Told, key_of, told_of
from portail.outputs.pages.kit import Kit, kit_of
from portail.site.feeds import Address, Feed
from portail.site.site import Site
from portail.site.urls import FEEDS

__all__ = ["FluxOutput"]


class FluxOutput:
    """One file for each form of each feed, streamed content by content.

    The key of a feed holds the digests of its contents: one that is edited rewrites only the feeds
    that hold it; a new day, only that of the events to come.
    """

    name: ClassVar[str] = "flux"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """In the order of ``Site.feeds``; nothing without SITEURL."""
        texts = _Texts(site, kit_of(site))
        keys: dict[tuple[str, bool], Digest] = {}
        for feed in site.feeds.every:
            if feed.groupe == "lettre":
                told = map(sent_issues(site).__getitem__, feed.refs)
                key = (digest_of(feed.nom), *map(issue_key, told))
                yield from _files(feed, key, texts)
                continue
            held = [(ref, feed.entier) for ref in feed.refs]
            for ref, whole in held:
                if (ref, whole) not in keys:
                    keys[ref, whole] = key_of(site.items[ref], site, whole=whole)
            key = (digest_of(feed.nom), *map(keys.__getitem__, held), *_days(feed, site))
            yield from _files(feed, key, texts)


def _files(feed: Feed, key: tuple[Digest, ...], texts: _Texts) -> Iterator[TextFile]:
    for one in feed.adresses:
        yield TextFile(PurePosixPath(one.url[1:]), one.url, key, _producer(feed, one, texts))


def _days(feed: Feed, site: Site) -> Iterator[Digest]:
    """The next date of each event, where they are followed by their dates."""
    if feed.groupe == "a-venir":
        yield digest_of(*(repr(site.items[ref].prochaine) for ref in feed.refs))
        if not feed.refs:
            yield digest_of(last_change(feed, site).isoformat())


@dataclass(frozen=True, slots=True)
class _Texts:
    """The text of each content by format and by what a feed tells of it, written once."""

    site: Site
    kit: Kit
    known: dict[tuple[str, str, bool, bool], str] = field(default_factory=dict)

    def of(self, ref: str, feed: Feed, format: str) -> str:
        """What ``feed`` says of a content."""
        coming = feed.groupe == "a-venir"
        key = ref, format, feed.entier, coming
        text = self.known.get(key)
        if text is None:
            told = self._told(ref, feed, coming=coming)
            if format == "json":
                text = json_feed.item_text(told)
            else:
                from portail.outputs.flux.rss_atom import item_text

                text = item_text(told, format)
            self.known[key] = text
        return text

    def _told(self, ref: str, feed: Feed, *, coming: bool) -> Told:
        if feed.groupe == "lettre":
            return issue_told(ref, self.site, self.kit)
        item = self.site.items[ref]
        return told_of(item, self.site, self.kit, whole=feed.entier, coming=coming)


def _producer(feed: Feed, address: Address, texts: _Texts) -> Callable[[], Iterator[str]]:
    write = _json if address.format == "json" else _xml
    return lambda: write(feed, address, texts)


def _json(feed: Feed, address: Address, texts: _Texts) -> Iterator[str]:
    site = texts.site
    yield json_feed.head_text(head_of(feed, address, site), site.config.absolute(FEEDS))
    for rank, ref in enumerate(feed.refs):
        yield (",\n" if rank else "") + texts.of(ref, feed, address.format)
    yield json_feed.FOOT


def _xml(feed: Feed, address: Address, texts: _Texts) -> Iterator[str]:
    from portail.outputs.flux.rss_atom import FOOTS, head_text

    yield head_text(head_of(feed, address, texts.site), address.format)
    yield from (texts.of(ref, feed, address.format) for ref in feed.refs)
    yield f"{FOOTS[address.format]}\n"
