"""Feeds that one follows, and the page that lists them. A list with dated contents has a feed, in a
site that has an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from itertools import chain
from typing import Any

from msgspec import Struct, field

from portail.model.collections import TerritoryEntry
from portail.model.kinds import DATED, TERRITORIES
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import (
    FORMAT_NAMES,
    LONG_LIST,
    besides,
    frame_of,
    grouped,
    linked_feeds,
    page_of,
)
from portail.outputs.pages.slots import FOLLOWED, OWN_FEEDS
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.resources import rows, rows_of
from portail.site.indexes import Indexes
from portail.site.item import Item
from portail.site.site import Site
from portail.site.subscriptions import FORMATS, Address, Ways
from portail.site.territories import code_of
from portail.site.urls import AGENDA, HOME, TRADE, feed_of, theme_of
from portail.text.normalise import sort_key
from portail.text.typography import plain, typeset

FEEDS = "/flux/"
# Every feed in one file for readers of feeds, that portals of version 0.2.0 had.
FORMER_LIST = f"{FEEDS}abonnements.opml"
FEED_SHEET = "/flux.css"
# The feed of the events to come, by the day when they take place.
COMING_FEED = "/agenda/a-venir.xml"


# How many items a feed holds at most.
LENGTH = 20
# Groups of feeds, in the order in which they are told.
GROUPS = "tout rubrique a-venir lettre theme territoire communaute".split()
# Groups of which most would hold one or two contents; they give summaries.
_MANY = ("theme", "territoire")
WORDS: Mapping[str, Any] = rows_of("channels.flux", "mots")


class Feed(Struct, frozen=True):
    """A feed: the page whose news it tells, its forms, group and name; at most ``LENGTH``
    contents.
    """

    page: str
    groupe: str
    nom: str
    refs: tuple[str, ...]
    adresses: tuple[Address, ...]
    propre: bool = False

    @property
    def entier(self) -> bool:
        return self.groupe not in _MANY


class Feeds(Struct, frozen=True):
    """Every feed, in the order of ``GROUPS`` then of names, and those of each page."""

    every: tuple[Feed, ...] = ()
    by_page: Mapping[str, tuple[Feed, ...]] = field(default_factory=dict)

    def of(self, page: str) -> tuple[Feed, ...]:
        return self.by_page.get(page, ())


def build_feeds(site: Site) -> Feeds:
    """The feeds of a site; even a preview tells only what has appeared."""
    config = site.config
    items = site.items
    indexes = site.indexes
    today = site.day.date
    if not config.siteurl:
        return Feeds()
    newest = {
        ref: (-item.entry.publie_le.toordinal(), ref)
        for ref, item in items.items()
        if item.entry.publie_le
        and item.entry.paru(today)
        and (item.listed or item.reseau)
        and not item.reserve
    }
    # A directory that is filled at once would hide what is news: each kind has its own feed.
    news = {ref for ref in newest if items[ref].entry.kind.info.news and items[ref].listed}
    feeds = []
    more = (("rubrique", *followed) for followed in FOLLOWED.ask(site))
    every = chain(_followed(items, indexes, site.vocabularies), more)
    for groupe, page, nom, refs in every:
        eligible = newest.keys() if groupe == "rubrique" else news
        shown = set(refs) & eligible
        last = nsmallest(LENGTH, shown, key=newest.__getitem__)
        if len(shown) >= (config.seuil_listes if groupe in _MANY else 1):
            formats = FORMATS if groupe == "tout" else ("rss",)
            addresses = tuple(Address(name, feed_of(page, name)) for name in formats)
            feeds.append(Feed(page, groupe, nom, tuple(last), addresses))
    dated = chain.from_iterable(indexes.by_kind.get(kind, ()) for kind in DATED)
    events = [ref for ref in dated if ref in news]
    feeds += _coming(items, events, site.told, today)
    feeds += _own(site)
    ranks = {groupe: rank for rank, groupe in enumerate(GROUPS)}
    feeds.sort(key=lambda feed: ranks.get(feed.groupe, len(ranks)))
    by_page: dict[str, tuple[Feed, ...]] = {}
    for feed in feeds:
        by_page[feed.page] = (*by_page.get(feed.page, ()), feed)
    return Feeds(tuple(feeds), by_page)


def _followed(
    items: Mapping[str, Item], indexes: Indexes, vocabularies: Vocabularies
) -> Iterator[tuple[str, str, str, Iterable[str]]]:
    # Group, page, name and contents of what may be followed, in the order of names.
    yield "tout", HOME, "Tout le portail", items
    for kind, refs in indexes.by_kind.items():
        if kind.info.listing and kind.info.has_page:
            listed = [ref for ref in refs if not items[ref].reseau]
            yield "rubrique", kind.info.listing, kind.info.rubrique, listed
    trade = [ref for ref, item in items.items() if item.reseau]
    yield "rubrique", TRADE, rows("pages")["vie-du-reseau"]["titre"], trade
    for term in vocabularies["themes"].values():
        yield "theme", theme_of(term.code), term.label, indexes.by_theme.get(term.code, ())
    pages = [item for item in items.values() if item.entry.kind.info.feeds]
    for item in sorted(pages, key=lambda item: (sort_key(item.name), item.ref)):
        entry = item.entry
        if isinstance(entry, TerritoryEntry):
            contents = indexes.by_territoire.get(code_of(entry), ())
        else:
            contents = indexes.gathered[item.ref]
        yield entry.kind.info.feeds, item.url, plain(entry.titre), contents


def _coming(
    items: Mapping[str, Item], events: Sequence[str], told: Iterable[str], today: date
) -> Iterator[Feed]:
    # The next events by the day when they begin, those that are cancelled until then: who was told
    # of them must learn it. What has begun is on already. Empty between two seasons: the address
    # that is asked every hour must not vanish.
    starts = {}
    for ref in (*events, *told):
        occurrence = items[ref].upcoming
        if occurrence and occurrence.first_day >= today:
            starts[ref] = (occurrence.debut.timestamp(), ref)
    refs = tuple(nsmallest(LENGTH, starts, key=starts.__getitem__))
    if events:
        address = Address("rss", COMING_FEED)
        yield Feed(AGENDA, "a-venir", "Prochains rendez-vous", refs, (address,))


def _own(site: Site) -> Iterator[Feed]:
    for feed in OWN_FEEDS.ask(site):
        address = Address("rss", feed_of(feed.page, "rss"))
        texts = feed.texts[:LENGTH]
        yield Feed(feed.page, feed.groupe, feed.nom, texts, (address,), propre=True)


def feeds_of(site: Site) -> Feeds:
    feeds: Feeds = site.part("flux")
    return feeds


def ways(site: Site, page: str) -> Ways:
    return Ways(feeds=tuple((feed.nom, feed.adresses) for feed in feeds_of(site).of(page)))


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    if feeds_of(site).every:
        yield FORMER_LIST, FEEDS


def former_pages(site: Site) -> Iterator[tuple[str, str]]:
    feeds = feeds_of(site)
    if not feeds.of(HOME):
        return
    themes = map(theme_of, site.indexes.by_theme)
    territories = (item.url for item in site.of_kinds(TERRITORIES))
    for page in (*themes, *territories):
        if not feeds.of(page):
            yield feed_of(page, "rss"), feed_of(HOME, "rss")


class FeuilleFlux(Struct, frozen=True):
    """The style sheet of feeds shows nothing but the theme's own."""


class FluxListe(Struct, frozen=True):
    """A feed in the list: its name, a link to each of its forms (« RSS », « Atom », « JSON »)."""

    nom: str
    formes: tuple[Lien, ...]


class GroupeFlux(Struct, frozen=True):
    """Feeds of one sort; ``formats``: some have several forms; a long list is ``plie``."""

    titre: str
    ancre: str
    flux: tuple[FluxListe, ...]
    formats: bool
    plie: bool

    @property
    def nombre(self) -> int:
        return len(self.flux)


def plan_page(site: Site) -> Iterator[TemplatePage]:
    if feeds_of(site).every:
        yield drawn(site, FEEDS, "flux.html", _show, sitemap=SitemapHint())
        yield drawn(site, FEED_SHEET, "flux.css", _sheet)


def follow_links(site: Site) -> Sequence[Lien]:
    if feeds_of(site).every:
        return (Lien(WORDS["page"]["titre"], FEEDS),)
    return ()


def _sheet(site: Site) -> FeuilleFlux:
    return FeuilleFlux()


def _show(site: Site) -> PageView:
    urls = frame_of(site).urls | {
        link.url for link in chain.from_iterable(group.liens for group in besides(site))
    }
    parts = [part for part in grouped(feeds_of(site).every, WORDS["groupes"]) if part[1]]
    return page_view(
        **page_of(site, WORDS["page"], FEEDS),
        flux=linked_feeds(site, HOME),
        groupes=tuple(
            GroupeFlux(title, f"Groupe-{number}", *_feed_rows(feeds), len(feeds) > LONG_LIST)
            for number, (title, feeds) in enumerate(parts, start=1)
        ),
        longueur=LENGTH,
        aussi=tuple(Lien(text, url) for url, text in WORDS["suivre"].items() if url in urls),
    )


def _feed_rows(feeds: Sequence[Feed]) -> tuple[tuple[FluxListe, ...], bool]:
    rows = tuple(
        FluxListe(
            typeset(feed.nom),
            tuple(Lien(FORMAT_NAMES[address.format], address.url) for address in feed.adresses),
        )
        for feed in feeds
    )
    return rows, any(len(row.formes) > 1 for row in rows)
