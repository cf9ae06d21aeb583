"""Calendars that are no more: each address leads to the page where one chooses one."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.services.calendriers.addresses import CALENDARS
from portail.features.services.calendriers.calendars import GROUPS, calendars_of
from portail.outputs.pages.slots import Earlier
from portail.site.site import Site
from portail.site.urls import AGENDA, facet_of

_PAGES = ("/communautes/:slug/", "/evenements/:slug/", "/ressources/:slug/")
"""Pages of contents that had a calendar of what they gather, or of their loans."""


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """A rule for each sort."""
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
