"""The page of a draft that is shared: that of its kind, at another address."""

from __future__ import annotations

from collections.abc import Iterator

from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.entry.entries import entry_view
from portail.outputs.pages.entry.inputs import entry_inputs
from portail.outputs.pages.views.entry import EntryView
from portail.site.site import Site


def plan_drafts(site: Site) -> Iterator[TemplatePage]:
    """The pages of the drafts that are shared; sitemaps are told of none."""
    for ref, item in site.drafts.items():
        entry = item.entry
        yield drawn(site, item.url, entry.kind.info.template, _show, ref, source=entry.source)


def _show(site: Site, ref: str) -> EntryView:
    return entry_view(entry_inputs(site.drafts[ref], site), site)
