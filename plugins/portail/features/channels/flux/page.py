"""The page that lists feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from portail.model.kinds import TERRITORIES, in_folders
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import besides, frame_of, page_of
from portail.outputs.pages.links import FORMAT_NAMES, LONG_LIST, grouped, linked_feeds
from portail.outputs.pages.slots import Earlier
from portail.outputs.pages.views.shared import Lien, PageView
from portail.site.site import Site
from portail.site.urls import HOME, feed_of, theme_of
from portail.text.typography import typeset

from .feeds import (
    FEED_SHEET,
    FEEDS,
    FORMER_LIST,
    LENGTH,
    WORDS,
    Feed,
    feeds_of,
)

_LISTS = ("/:a/", "/:a/:b/")
# Kinds of which each page had a feed of its own.
_WITH_FEEDS = in_folders(("auteurs", "dossiers", "lieux"))


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    if not feeds_of(site).every:
        return
    yield FORMER_LIST, FEEDS
    for page in _LISTS:
        for name in ("atom", "json"):
            yield Earlier(feed_of(page, name), feed_of(page, "rss"))
    for kind in _WITH_FEEDS:
        yield Earlier(feed_of(f"{kind.info.listing}:slug/", "rss"), feed_of(HOME, "rss"))


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


class FluxView(PageView, frozen=True, kw_only=True):
    """Every feed; ``longueur``: how many contents a feed tells."""

    groupes: tuple[GroupeFlux, ...]
    longueur: int
    aussi: tuple[Lien, ...] = ()


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


def _show(site: Site) -> FluxView:
    urls = frame_of(site).urls | {
        link.url for link in chain.from_iterable(group.liens for group in besides(site))
    }
    parts = [part for part in grouped(feeds_of(site).every, WORDS["groupes"]) if part[1]]
    return FluxView(
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
