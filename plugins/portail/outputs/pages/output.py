"""Output « pages »: every HTML page of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from portail.model.kinds import Kind
from portail.outputs.base import Artifact, SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.boite import plan_toolbox
from portail.outputs.pages.calendriers import plan_calendars
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.carte import plan_map
from portail.outputs.pages.catalogue import plan_catalogue
from portail.outputs.pages.contribuer import plan_contribute
from portail.outputs.pages.couverture import plan_coverage
from portail.outputs.pages.donnees import plan_data
from portail.outputs.pages.editions import plan_editions
from portail.outputs.pages.embeds import plan_embeds
from portail.outputs.pages.embeds_index import plan_embeds_index
from portail.outputs.pages.entries import entry_view
from portail.outputs.pages.flux import plan_feeds
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.guides import plan_guides
from portail.outputs.pages.home import plan_home
from portail.outputs.pages.indexes import plan_indexes
from portail.outputs.pages.inputs import entry_inputs
from portail.outputs.pages.kit import kit_of
from portail.outputs.pages.letters import plan_letters
from portail.outputs.pages.listings import LISTED, plan_listing, plan_themes
from portail.outputs.pages.ma_lettre import plan_my_letter
from portail.outputs.pages.months import plan_months
from portail.outputs.pages.posters import plan_posters
from portail.outputs.pages.posters_index import plan_posters_index
from portail.outputs.pages.redaction import plan_desk
from portail.outputs.pages.service import plan_service
from portail.outputs.pages.views import EntryView
from portail.outputs.pages.weeks import plan_weeks
from portail.outputs.pages.withdrawn import plan_withdrawn
from portail.outputs.pages.years import plan_years
from portail.outputs.parts import part
from portail.site.redirections import redirections
from portail.site.site import Item, Site

__all__ = ["PagesOutput", "content_pages"]


_PARTS = (
    plan_catalogue, plan_editions, plan_weeks, plan_months, plan_years, plan_themes, plan_posters,
    plan_posters_index, plan_indexes, plan_map, plan_service, plan_calendars, plan_toolbox,
    plan_coverage, plan_my_letter, plan_contribute, plan_embeds, plan_embeds_index, plan_feeds,
    plan_data,
)  # fmt: skip
"""What pages are planned by, beside contents and their lists."""


class PagesOutput:
    """Home, one page for each content, there or taken back, lists, weeks, months, years, themes,
    site plan, 404."""

    name: ClassVar[str] = "pages"

    def plan(self, site: Site) -> Iterator[Artifact]:
        """Every page, each with the exact key of what it shows; the letter last, which links to
        the others as long as they are there."""
        known = {one.de for one in redirections(site)} | {one.url for one in site.medias.values()}
        for page in _contents(site):
            assert isinstance(page, TemplatePage)
            known.add(page.url)
            yield page
        yield from plan_withdrawn(site)
        yield from plan_letters(site, frame_of(site), known)


def _contents(site: Site) -> Iterator[Artifact]:
    """Every page but those of the letter."""
    yield from part(site, _entries)
    for kind in LISTED:
        yield from part(site, plan_listing, kind.value)
    for plan in _PARTS:
        yield from part(site, plan)
    yield plan_home(site)
    yield from plan_guides(site)
    if site.config.apercu:
        yield from plan_desk(site)


def content_pages(site: Site, refs: Iterable[str]) -> Iterator[TemplatePage]:
    """The pages of these contents, alone: for who shows a few of them without a plan. What is not
    published, and the letters, have none."""
    found = (site.items.get(ref) for ref in refs)
    return (_page(one, site) for one in found if one and one.entry.kind is not Kind.NEWSLETTER)


def _entries(site: Site) -> Iterator[TemplatePage]:
    """The page of each content; that of a letter is that of its issue."""
    items = site.items.values()
    return (_page(one, site) for one in items if one.entry.kind is not Kind.NEWSLETTER)


def _page(item: Item, site: Site) -> TemplatePage:
    entry = item.entry
    template, source = entry.kind.info.template, None if entry.sans_fichier else entry.source
    hint = _hint(item, site)
    return drawn(site, item.url, template, _show, item.ref, source=source, sitemap=hint)


def _show(site: Site, ref: str) -> EntryView:
    """The page of a content."""
    inputs = entry_inputs(site.items[ref], site)
    return entry_view(inputs, frame_of(site), kit_of(site), site.bodies)


def _hint(item: Item, site: Site) -> SitemapHint | None:
    """A draft is for previews alone."""
    if item.entry.brouillon:
        return None
    picture = card_of(site, item.ref).image
    return SitemapHint(item.entry.jour, (picture.url,) if picture else ())
