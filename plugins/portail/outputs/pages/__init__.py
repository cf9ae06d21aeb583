"""Output « pages »: every HTML page of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from portail.geo.nearby import nearby
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.cards import build_cards
from portail.outputs.pages.entries import entry_view
from portail.outputs.pages.frame import build_frame
from portail.outputs.pages.home import plan_home
from portail.outputs.pages.inputs import EntryInputs, entry_inputs, territory_pages
from portail.outputs.pages.kit import Kit, kit_of
from portail.outputs.pages.listings import plan_listings, plan_themes
from portail.outputs.pages.reprise import plan_reprise
from portail.outputs.pages.service import plan_service
from portail.outputs.pages.styleguide import plan_styleguide
from portail.outputs.pages.views import EntryView, Frame
from portail.outputs.pages.weeks import plan_weeks
from portail.site.coming import Coming
from portail.site.relations import Relations
from portail.site.site import Site
from portail.site.urls import file_of
from portail.source.store import Store

__all__ = ["PagesOutput"]


class PagesOutput:
    """Home, one page for each content, lists, weeks, themes, site plan, 404."""

    name: ClassVar[str] = "pages"

    def plan(self, site: Site) -> Iterator[TemplatePage]:
        """Every page, each with the exact key of what it shows."""
        kit, frame = kit_of(site), build_frame(site)
        cards = build_cards(site, kit)
        territories, relations = territory_pages(site), Relations(site.items, site.indexes)
        coming = Coming(site.items, site.indexes)
        around = nearby((one.ref, one.commune) for one in site.of_kind(Kind.LIEU) if one.commune)
        for item in site.items.values():
            near = around.get(item.ref, ())
            inputs = entry_inputs(item, site, cards, territories, relations, coming, near)
            hint = None if item.entry.brouillon else SitemapHint(item.entry.jour)
            url = inputs.card.url
            yield TemplatePage(
                file_of(url),
                url,
                item.entry.kind.info.template,
                inputs.key(frame.digest),
                _viewer(inputs, frame, kit, site.bodies),
                item.entry.source,
                hint,
            )
            yield from plan_reprise(inputs, frame, kit, site.bodies)
        yield from plan_listings(site, frame, kit, cards)
        yield from plan_weeks(site, frame)
        yield from plan_themes(site, frame, kit, cards)
        yield plan_home(site, frame, cards)
        yield from plan_service(site, frame, kit)
        if site.config.apercu:
            yield from plan_styleguide(frame, kit)


def _viewer(inputs: EntryInputs, frame: Frame, kit: Kit, bodies: Store) -> Callable[[], EntryView]:
    return lambda: entry_view(inputs, frame, kit, bodies)
