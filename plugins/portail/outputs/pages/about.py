"""Where the portal tells the rest of a value by which a list is narrowed: a theme, a territory."""

from __future__ import annotations

from collections.abc import Iterator

from portail.outputs.pages.views.shared import Lien
from portail.site.facets import Pair
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.site.urls import theme_of

__all__ = ["about"]


def about(site: Site, pair: Pair) -> Iterator[Lien]:
    """Links to the page of a theme, or of a territory that has one."""
    cle, code = pair
    if cle == "theme":
        yield Lien("Tout sur ce thème", theme_of(code))
    known = site.geography.territoire(code) if cle in ("departement", "epci") else None
    page = site.territory_url(territory_code(known)) if known else ""
    if page:
        yield Lien("Tout sur ce territoire", page)
