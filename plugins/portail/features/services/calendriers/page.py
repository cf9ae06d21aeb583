"""``/calendriers/``: what subscribing is, and every calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.links import LONG_LIST, grouped
from portail.outputs.pages.slots import Earlier
from portail.outputs.pages.views.shared import Lien, PageView
from portail.site.site import Site
from portail.site.urls import AGENDA, facet_of
from portail.text.typography import typeset

from .calendars import CALENDARS, GROUPS, WORDS, calendars_of

# Pages of contents that had a calendar of what they gather, or of their loans.
_PAGES = ("/communautes/:slug/", "/evenements/:slug/", "/ressources/:slug/")


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    if not calendars_of(site).every:
        return
    yield Earlier(f"{CALENDARS}echeances.ics", CALENDARS)
    facets = (
        facet_of(AGENDA, facet.cle, "" if facet.bascule else ":code")
        for facet in site.facets.facets
        if facet.cle not in GROUPS
    )
    for page in (*facets, *_PAGES):
        yield Earlier(f"{page}agenda.ics", CALENDARS)


class GroupeCalendriers(Struct, frozen=True):
    """Calendars of one sort, each link to its file; a long list is ``plie``."""

    titre: str
    ancre: str
    liens: tuple[Lien, ...]
    plie: bool

    @property
    def nombre(self) -> int:
        return len(self.liens)


class CalendriersView(PageView, frozen=True, kw_only=True):
    """What subscribing is, and every calendar; ``calendrier`` is that of the whole agenda."""

    groupes: tuple[GroupeCalendriers, ...]


def plan_page(site: Site) -> Iterator[TemplatePage]:
    """``/calendriers/``, when there is a calendar."""
    if calendars_of(site).every:
        yield drawn(site, CALENDARS, "calendriers.html", _show_calendriers, sitemap=SitemapHint())


def links(site: Site) -> Sequence[Lien]:
    if calendars_of(site).every:
        return (Lien(WORDS["page"]["titre"], CALENDARS),)
    return ()


def _show_calendriers(site: Site) -> CalendriersView:
    return CalendriersView(
        **page_of(site, WORDS["page"], CALENDARS),
        groupes=tuple(_groups(site)),
        calendrier=site.ways(AGENDA).calendar,
    )


def _groups(site: Site) -> Iterator[GroupeCalendriers]:
    # Calendars that hold something; the page of a lieu tells of its own, empty or not.
    every = (calendar for calendar in calendars_of(site).every if calendar.refs)
    for number, (title, calendars) in enumerate(grouped(every, WORDS["groupes"]), start=1):
        links = tuple(Lien(typeset(calendar.nom), calendar.url) for calendar in calendars)
        if links:
            yield GroupeCalendriers(title, f"Groupe-{number}", links, len(links) > LONG_LIST)
