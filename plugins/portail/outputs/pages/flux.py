"""The pages that list feeds and calendars; every feed in one file for readers of feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TypeVar

from msgspec import Struct

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, TextFile, drawn, text_file
from portail.outputs.pages.follow_links import linked_feeds
from portail.outputs.pages.frame import frame_of, page_of
from portail.outputs.pages.page_context import PARTS
from portail.outputs.pages.period_links import FORMAT_NAMES
from portail.outputs.pages.views.shared import Lien, PageView
from portail.site.calendars import Calendar
from portail.site.feeds import LENGTH, Feed
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import CALENDARS, FEED_SHEET, FEEDS, HOME, OPML, listing_of
from portail.text.typography import typographie


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
        """How many it lists."""
        return len(self.flux)


class FluxView(PageView, frozen=True, kw_only=True):
    """Every feed; ``opml`` is the file of them all, ``longueur`` how many contents a feed tells."""

    groupes: tuple[GroupeFlux, ...]
    opml: str
    longueur: int
    aussi: tuple[Lien, ...] = ()


T = TypeVar("T", Feed, Calendar)
_OPEN = 12
"""Longer lists are folded."""


def grouped(every: Iterable[T], parts: Iterable[list[str]]) -> Iterator[tuple[str, tuple[T, ...]]]:
    """The title of each part, and the feeds or calendars that it holds, if any."""
    known: dict[str, list[T]] = {}
    for one in every:
        known.setdefault(one.groupe, []).append(one)
    for title, *names in parts:
        yield title, tuple(one for name in names for one in known.get(name, ()))


def plan_feeds(site: Site) -> Iterator[TemplatePage]:
    """``/flux/`` and the style sheet of feeds, when there is one."""
    if site.feeds.every:
        yield drawn(site, FEEDS, "flux.html", _show, sitemap=SitemapHint())
        yield drawn(site, FEED_SHEET, "flux.css", _sheet)


def _sheet(site: Site) -> FeuilleFlux:
    return FeuilleFlux()


def _show(site: Site) -> FluxView:
    urls = frame_of(site).urls
    parts = [part for part in grouped(site.feeds.every, PARTS["flux"]) if part[1]]
    return FluxView(
        **page_of(site, "flux", FEEDS),
        flux=linked_feeds(site, HOME),
        groupes=tuple(
            GroupeFlux(title, f"Groupe-{number}", *_feed_rows(held), len(held) > _OPEN)
            for number, (title, held) in enumerate(parts, start=1)
        ),
        opml=OPML,
        longueur=LENGTH,
        aussi=tuple(Lien(text, url) for url, text in PARTS["suivre"].items() if url in urls),
    )


def _feed_rows(held: Sequence[Feed]) -> tuple[tuple[FluxListe, ...], bool]:
    told = tuple(
        FluxListe(
            typographie(feed.nom),
            tuple(Lien(FORMAT_NAMES[one.format], one.url) for one in feed.adresses),
        )
        for feed in held
    )
    return told, any(len(one.formes) > 1 for one in told)


class GroupeCalendriers(Struct, frozen=True):
    """Calendars of one sort, each link to its file; a long list is ``plie``."""

    titre: str
    ancre: str
    liens: tuple[Lien, ...]
    plie: bool

    @property
    def nombre(self) -> int:
        """How many it lists."""
        return len(self.liens)


class CalendriersView(PageView, frozen=True, kw_only=True):
    """What subscribing is, and every calendar; ``calendrier`` is that of the whole agenda."""

    groupes: tuple[GroupeCalendriers, ...]


def plan_calendars(site: Site) -> Iterator[TemplatePage]:
    """``/calendriers/``, when there is a calendar."""
    if site.calendars.every:
        yield drawn(site, CALENDARS, "calendriers.html", _show_calendriers, sitemap=SitemapHint())


def _show_calendriers(site: Site) -> CalendriersView:
    return CalendriersView(
        **page_of(site, "calendriers", CALENDARS),
        groupes=tuple(_groups(site)),
        calendrier=site.ways(listing_of(Kind.EVENT)).calendar,
    )


def _groups(site: Site) -> Iterator[GroupeCalendriers]:
    """Calendars that hold something; the page of a lieu tells of its own, empty or not."""
    every = (one for one in site.calendars.every if one.refs)
    for number, (title, held) in enumerate(grouped(every, PARTS["calendriers"]), start=1):
        links = tuple(Lien(typographie(one.nom), one.url) for one in held)
        if links:
            yield GroupeCalendriers(title, f"Groupe-{number}", links, len(links) > _OPEN)


# The file of all feeds.


def plan_opml(site: Site) -> Iterator[TextFile]:
    """``/flux/abonnements.opml`` (OPML 2.0, http://opml.org/spec2.opml), when there is a feed: an
    outline for each group of ``/flux/``, in it one for the RSS form of each feed; no day, which
    would change its bytes."""
    if site.feeds.every:
        yield text_file(site, OPML, _text)


@answer
def _text(site: Site) -> tuple[str, ...]:
    return tuple(_pieces(site))


def _pieces(site: Site) -> Iterator[str]:
    config = site.config
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield f"<head><title>{escape(config.nom)}{escape(config.en_region)}</title></head>\n<body>\n"
    for title, held in grouped(site.feeds.every, PARTS["flux"]):
        if held:
            yield f"<outline text={_quoted(title)}>\n"
        for one in held:
            name = _quoted(one.nom)
            page = _quoted(config.absolute(one.page))
            feed = _quoted(config.absolute(one.adresses[0].url))
            yield f'<outline type="rss" text={name} title={name} xmlUrl={feed} htmlUrl={page}/>\n'
        if held:
            yield "</outline>\n"
    yield "</body>\n</opml>\n"


def _quoted(text: str) -> str:
    return f'"{escape(typographie(text))}"'
