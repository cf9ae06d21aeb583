"""RSS 2.0 and Atom (RFC 4287) as feedgen writes them.

A feed is its head, the text of each of its contents, its end: the text of a content is written
once for all the feeds that hold it. feedgen takes time to load: this is imported when something
is written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from portail.outputs.flux.browser import head_block, item_block, sheet_line
from portail.outputs.flux.heads import Head
from portail.outputs.flux.told import Told
from portail.text.html import escape

__all__ = ["FOOTS", "head_text", "item_text"]

FOOTS = {"rss": "</channel></rss>", "atom": "</feed>"}
"""How a feed ends, by format."""

_STARTS = {"rss": "<item>", "atom": "<entry>"}
_ENDS = {"rss": "</item>", "atom": "</entry>"}
_TTL = 12 * 60
"""Minutes before a reader of RSS comes back."""
_SIDE = "88"
"""Side in pixels of the picture of an RSS feed: the usual one, of 144 at most."""


class _Links(BaseEntryExtension):  # type: ignore[misc]
    """Links of an Atom entry besides its page: feedgen 1.0 writes those without their ``rel``."""

    def __init__(self) -> None:
        self.links: list[dict[str, str]] = []

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        for one in self.links:
            etree.SubElement(feed, "link", one)
        return feed


def head_text(head: Head, format: str) -> str:
    """The beginning of a feed in ``format`` (``rss``, ``atom``), up to its first content."""
    rss = format == "rss"  # where a description is HTML
    description = escape(head.description) if rss else head.description
    feed = _generator(head.id, head.titre, description, head.modifie)
    feed.link(href=head.url, rel="self", type=head.type)
    feed.link(href=head.page, rel="alternate", type="text/html")  # RSS keeps the last one
    feed.language("fr")
    feed.rights(head.droits)
    feed.ttl(_TTL)
    if rss:
        feed.image(head.petite, head.titre, head.page, _SIDE, _SIDE)
    else:
        feed.author(name=head.portail)
        feed.icon(head.petite)
        feed.logo(head.bandeau)
    text = _written(feed, format).removesuffix(FOOTS[format])
    start = f'<?xml version="1.0" encoding="utf-8"?>\n{sheet_line(head)}'
    return f"{start}{text}{head_block(head)}\n"


def item_text(told: Told, format: str) -> str:
    """A content in ``format``, written in a feed which gives it the namespaces of all."""
    feed = _generator("-", "-", "-", told.modifie)
    feed.link(href="-")
    _ENTRIES[format](feed.add_entry(), told)
    text = _written(feed, format)
    item = text[text.index(_STARTS[format]) : -len(_ENDS[format] + FOOTS[format])]
    return f"{item}{item_block(told)}{_ENDS[format]}\n"


def _generator(id: str, title: str, description: str, updated: datetime) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension("dc", DcExtension, DcEntryExtension, atom=False)
    feed.register_extension("liens", BaseExtension, _Links, rss=False)
    feed.id(id)
    feed.title(title)
    feed.description(description)
    feed.updated(updated)  # else feedgen reads the clock
    feed.generator("Portail")
    return feed


def _written(feed: FeedGenerator, format: str) -> str:
    write = feed.rss_str if format == "rss" else feed.atom_str
    return str(write(encoding="unicode", xml_declaration=False))


def _common(entry: FeedEntry, told: Told) -> None:
    entry.guid(told.id, permalink=told.id == told.url)
    entry.title(told.titre)
    entry.link(href=told.url)
    entry.published(told.publie)
    entry.updated(told.modifie)
    for one in told.mots:
        known = {"scheme": one.liste, "label": one.texte} if one.code else {}
        entry.category(term=one.code or one.texte, **known)


def _rss(entry: FeedEntry, told: Told) -> None:
    """A description is HTML in RSS; authors without an address are Dublin Core's creators."""
    _common(entry, told)
    if told.entier:
        entry.description(escape(told.resume), isSummary=True)
    entry.content(told.contenu)
    entry.dc.dc_creator([one.texte for one in told.auteurs])
    entry.dc.dc_rights(told.licence.url or told.licence.texte)
    if told.langue != "fr":
        entry.dc.dc_language(told.langue)
    for one in (told.image, *reversed(told.sons)):  # RSS keeps the last one
        if one:
            entry.enclosure(one.url, one.octets, one.type)


def _atom(entry: FeedEntry, told: Told) -> None:
    _common(entry, told)
    if told.resume:
        entry.summary(told.resume, type="text")
    entry.content(told.contenu, type="html")
    entry.rights(told.licence.texte)
    for who in told.auteurs:
        entry.author({"name": who.texte, **({"uri": who.url} if who.url else {})})
    for one in (*told.sons, told.image):
        if one:
            length = {"length": str(one.octets)} if one.octets else {}
            entry.liens.links.append(
                {"rel": "enclosure", "href": one.url, "type": one.type, **length}
            )
    if told.licence.url:
        entry.liens.links.append({"rel": "license", "href": told.licence.url})


_ENTRIES: dict[str, Callable[[FeedEntry, Told], None]] = {"rss": _rss, "atom": _atom}
