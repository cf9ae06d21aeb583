"""Maps of pages: where a content is, where the events of a week are."""

from __future__ import annotations

from portail.outputs.pages.views import MapView
from portail.site.site import Item, Site

__all__ = ["entry_map", "week_map"]


def entry_map(item: Item, site: Site) -> MapView | None:
    """The map of the page of ``item``; ``None`` when nothing says where it is."""
    return None


def week_map(site: Site) -> MapView | None:
    """The map of what is on this week; ``None`` when nothing is, or without outlines."""
    return None
