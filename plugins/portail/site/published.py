"""Contents that are out: what a portal gives to others."""

from __future__ import annotations

from portail.model.kinds import Kind

from .item import Item
from .memo import per_site
from .site import Site


@per_site
def published(site: Site, kind: Kind) -> tuple[Item, ...]:
    """The contents of a kind that are out, in the order of references, even in a preview."""
    items = site.of_kind(kind)
    if site.config.apercu:
        items = tuple(item for item in items if item.entry.paru(site.day.date))
    return tuple(sorted(items, key=lambda item: item.ref))
