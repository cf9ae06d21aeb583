"""From the name of a commune to the page of its territory: what there is around, without a script.

Every commune of the region is in it, whether something takes place there or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail.geo.places import short_name
from portail.geo.territories import Commune
from portail.outputs.pages.views.shared import Lien
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import NEAR
from portail.text.normalise import sort_key
from portail.text.typography import capital

__all__ = ["near_communes", "near_link"]

_ANCHOR = "#pres"
"""Where the page of a territory tells who can come."""


@per_site
def near_communes(site: Site) -> tuple[Lien, ...]:
    """Each commune of the region, in French alphabetical order, and the page of the smallest
    territory that holds it and has one; its name is said beside."""
    home = site.geography.home
    communes = site.geography.communes_of(home) if home and site.indexes.territory_pages else ()
    ranked = sorted(communes, key=lambda one: (sort_key(one.nom), one.code))
    return tuple(link for one in ranked for link in _link(one, site))


def _link(commune: Commune, site: Site) -> Iterator[Lien]:
    geography = site.geography
    for code in (commune.epci, commune.departement):
        found = geography.epci(code or "") or geography.departement(code or "")
        page = site.territory_url(code or "")
        if found and page:
            note = f"{capital(short_name(found))} ({commune.departement})"
            yield Lien(commune.nom, f"{page}{_ANCHOR}", note)
            return


def near_link(site: Site) -> Lien | None:
    """The link to the list of communes, when it is there."""
    return Lien("Choisir ma commune dans la liste", NEAR) if near_communes(site) else None
