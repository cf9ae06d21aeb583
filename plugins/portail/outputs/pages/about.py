"""Where the portal tells the rest of a value by which a list is narrowed: a theme, a territory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portail.model.kinds import Kind
from portail.model.territoire import Territoire
from portail.outputs.pages.views import Lien
from portail.site.facets import Pair
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.territories import code_of, territory_code
from portail.site.urls import theme_of

__all__ = ["about"]


def about(site: Site, pair: Pair) -> Iterator[Lien]:
    """Links to the page of a theme, or of a territory that has one."""
    cle, code = pair
    if cle == "theme":
        yield Lien("Tout sur ce thème", theme_of(code))
    known = site.geography.territoire(code) if cle in ("departement", "epci") else None
    page = _territories(site).get(territory_code(known)) if known else None
    if page:
        yield Lien("Tout sur ce territoire", page)


@per_site
def _territories(site: Site) -> Mapping[str, str]:
    """Where the page of each territory that has one is, by the territory's code."""
    items = site.of_kind(Kind.TERRITOIRE)
    return {code_of(item.entry): item.url for item in items if isinstance(item.entry, Territoire)}
