"""The lists of a site that facets narrow: those of kinds, those that features add."""

from __future__ import annotations

from portail.site.indexes import LISTS, NarrowedList
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.slots import LISTS as ADDED


@per_site
def lists(site: Site) -> tuple[NarrowedList, ...]:
    """All of them."""
    return (*LISTS, *ADDED.ask(site))


def list_at(site: Site, url: str) -> NarrowedList:
    """The one at ``url``. Raises ``StopIteration`` where there is none."""
    return next(liste for liste in lists(site) if liste.url == url)
