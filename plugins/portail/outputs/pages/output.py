"""Output « pages »: every HTML page of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.boite import plan_toolbox
from portail.outputs.pages.calendriers import plan_calendars
from portail.outputs.pages.cards import all_cards
from portail.outputs.pages.carte import plan_map
from portail.outputs.pages.contribuer import plan_contribute
from portail.outputs.pages.couverture import plan_coverage
from portail.outputs.pages.donnees import file_sets, plan_data
from portail.outputs.pages.editions import plan_editions
from portail.outputs.pages.embeds import plan_embeds
from portail.outputs.pages.embeds_index import plan_embeds_index
from portail.outputs.pages.entries import entry_view
from portail.outputs.pages.flux import plan_feeds
from portail.outputs.pages.frame import build_frame
from portail.outputs.pages.guides import plan_guides
from portail.outputs.pages.home import plan_home
from portail.outputs.pages.indexes import plan_indexes
from portail.outputs.pages.inputs import EntryInputs, Sources, entry_inputs, sources_of
from portail.outputs.pages.kit import Kit, kit_of
from portail.outputs.pages.letters import plan_letters
from portail.outputs.pages.listings import plan_listings, plan_themes
from portail.outputs.pages.ma_lettre import plan_my_letter
from portail.outputs.pages.months import plan_months
from portail.outputs.pages.posters import plan_posters
from portail.outputs.pages.posters_index import plan_posters_index
from portail.outputs.pages.redaction import plan_desk
from portail.outputs.pages.service import plan_service
from portail.outputs.pages.views import Card, EntryView, Frame
from portail.outputs.pages.weeks import plan_weeks
from portail.outputs.pages.withdrawn import plan_withdrawn
from portail.outputs.pages.years import plan_years
from portail.site.redirections import redirections
from portail.site.site import Site
from portail.site.urls import file_of
from portail.source.store import Store

__all__ = ["PagesOutput", "content_pages"]


class PagesOutput:
    """Home, one page for each content, there or taken back, lists, weeks, months, years, themes,
    site plan, 404."""

    name: ClassVar[str] = "pages"

    def plan(self, site: Site) -> Iterator[TemplatePage]:
        """Every page, each with the exact key of what it shows; the letter last, which links to
        the others as long as they are there."""
        frame = build_frame(site)
        known = {one.de for one in redirections(site)} | {one.url for one in site.medias.values()}
        for page in _contents(site, frame):
            known.add(page.url)
            yield page
        yield from plan_withdrawn(site, frame)
        yield from plan_letters(site, frame, known)


def _contents(site: Site, frame: Frame) -> Iterator[TemplatePage]:
    """Every page but those of the letter."""
    kit = kit_of(site)
    cards = all_cards(site)
    data = file_sets(site)
    yield from _entries(site, frame, kit, sources_of(site, cards))
    yield from plan_listings(site, frame, kit, cards, data)
    yield from plan_editions(site, frame, kit, cards)
    yield from plan_weeks(site, frame)
    yield from plan_months(site, frame, cards)
    yield from plan_years(site, frame, cards)
    yield from plan_themes(site, frame, kit, cards)
    yield from plan_posters(site, frame, kit)
    yield from plan_posters_index(site, frame, kit)
    yield from plan_indexes(site, frame)
    yield plan_home(site, frame, cards)
    yield from plan_map(site, frame, kit, cards, data)
    yield from plan_service(site, frame, kit)
    yield from plan_calendars(site, frame)
    yield from plan_toolbox(site, frame)
    yield from plan_coverage(site, frame)
    yield from plan_my_letter(site, frame)
    yield from plan_contribute(site, frame)
    yield from plan_embeds(site, frame, cards)
    yield from plan_embeds_index(site, frame)
    yield from plan_feeds(site, frame)
    yield from plan_data(site, frame, kit, data)
    yield from plan_guides(site, frame, kit)
    if site.config.apercu:
        yield from plan_desk(site, frame, kit)


def content_pages(site: Site, refs: Iterable[str]) -> Iterator[TemplatePage]:
    """The pages of these contents, alone: for who shows a few of them without a plan. What is not
    published, and the letters, have none."""
    frame, kit, sources = build_frame(site), kit_of(site), sources_of(site, all_cards(site))
    for ref in refs:
        item = site.items.get(ref)
        if item is not None and item.entry.kind is not Kind.NEWSLETTER:
            yield _page(entry_inputs(item, sources), site, frame, kit)


def _entries(site: Site, frame: Frame, kit: Kit, sources: Sources) -> Iterator[TemplatePage]:
    """The page of each content."""
    for item in site.items.values():
        if item.entry.kind is Kind.NEWSLETTER:  # its page is that of the issue
            continue
        inputs = entry_inputs(item, sources)
        yield _page(inputs, site, frame, kit)


def _page(inputs: EntryInputs, site: Site, frame: Frame, kit: Kit) -> TemplatePage:
    entry, url = inputs.item.entry, inputs.card.url
    return TemplatePage(
        file_of(url),
        url,
        entry.kind.info.template,
        inputs.key(frame.digest),
        _viewer(inputs, frame, kit, site.bodies),
        None if entry.sans_fichier else entry.source,
        _hint(entry, inputs.card),
    )


def _viewer(inputs: EntryInputs, frame: Frame, kit: Kit, bodies: Store) -> Callable[[], EntryView]:
    return lambda: entry_view(inputs, frame, kit, bodies)


def _hint(entry: Entry, card: Card) -> SitemapHint | None:
    """A draft is for previews alone."""
    images = (card.image.url,) if card.image else ()
    return None if entry.brouillon else SitemapHint(entry.jour, images)
