"""The page of each content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entries import entry_view
from portail.outputs.pages.inputs import entry_inputs
from portail.outputs.pages.views.entry import EntryView
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["content_pages", "plan_contents"]


def plan_contents(site: Site, kind: str) -> Iterator[TemplatePage]:
    """The page of each content of a kind."""
    items = sorted(site.of_kind(Kind(kind)), key=lambda one: one.ref)
    return (_page(one, site) for one in items)


def _page(item: Item, site: Site) -> TemplatePage:
    entry = item.entry
    template, source = entry.kind.info.template, None if entry.sans_fichier else entry.source
    hint = _hint(item, site)
    return drawn(site, item.url, template, _show, item.ref, source=source, sitemap=hint)


def _show(site: Site, ref: str) -> EntryView:
    """The page of a content."""
    return entry_view(entry_inputs(site.items[ref], site), site)


def _hint(item: Item, site: Site) -> SitemapHint | None:
    """A draft is for previews alone."""
    if item.entry.brouillon:
        return None
    picture = card_of(site, item.ref).image
    return SitemapHint(item.entry.jour, (picture.url,) if picture else ())


def content_pages(site: Site, refs: Iterable[str]) -> Iterator[TemplatePage]:
    """The pages of these contents, alone: for who shows a few of them without a plan. What is not
    published, and the letters, have none."""
    found = (site.items.get(ref) for ref in refs)
    return (_page(one, site) for one in found if one and one.entry.kind is not Kind.NEWSLETTER)
