"""What an answer of the search says of a place: where it is."""

from __future__ import annotations

from portail.geo.places import short_name
from portail.outputs.pages.short_texts import joined
from portail.outputs.pages.views.lists import Card
from portail.site.item import Item
from portail.site.site import Site


def lieu_line(item: Item, card: Card, site: Site) -> str:
    """Its commune, else the nearest territory that it names."""
    if item.commune:
        return item.commune.nom
    return item.territoires[0][1] if item.territoires else ""


def lieu_below(item: Item, card: Card, site: Site) -> str:
    """« Wizernes · Pays de Saint-Omer », « Sud Avesnois · Nord »."""
    commune = item.commune
    if commune is None:
        near = [name for code, name in item.territoires if not code.startswith("R")]
        return joined(*near[:2])
    epci = site.geography.epci(commune.epci or "")
    wide = epci or site.geography.departement(commune.departement)
    return joined(commune.nom, short_name(wide) if wide else "")
