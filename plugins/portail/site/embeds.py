"""Agendas that other sites show: which calendars have a frame, and where its code is given.

A frame is for the calendar of the region, of a territory, of a theme, of a temps fort or of a lieu.
It exists as soon as that calendar does, and its address, made of
that of the calendar's page, does not change with the pages that editors write: other sites hold it.
What is shown elsewhere needs whole addresses: a site without SITEURL has none.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail.site.calendars import Calendar
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import EMBEDS

__all__ = ["GROUPS", "anchor_of", "embedded", "embedding_of"]

GROUPS = frozenset({"tout", "departement", "epci", "theme", "temps-fort", "lieu"})
"""Groups of calendars that have a frame."""


def embedded(site: Site) -> Iterator[Calendar]:
    """Calendars that have a frame, even those that hold nothing recent, in their order."""
    if site.config.siteurl:
        yield from (one for one in site.calendars.every if one.groupe in GROUPS)


@answer
def embedding_of(site: Site, page: str) -> str:
    """Site path of the code of the frame of a page that has a calendar; ``""`` when none is
    given: one that holds nothing recent is not offered."""
    known = site.calendars.by_page.get(page)
    if not site.config.siteurl or not known or known.groupe not in GROUPS or not known.refs:
        return ""
    return f"{EMBEDS}#{anchor_of(known)}"


def anchor_of(calendar: Calendar) -> str:
    """Where the page of frames gives the code of one: ``Cadre-lieux-la-coupole``."""
    return f"Cadre{calendar.page.rstrip('/').replace('/', '-')}"
