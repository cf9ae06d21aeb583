"""The card of a yearly rendezvous."""

from __future__ import annotations

from portail.features.services.editions.editions import highlight_days
from portail.outputs.pages.slots import CardParts
from portail.site.item import Item
from portail.site.site import Site


def temps_fort_card(item: Item, site: Site) -> CardParts:
    """The days of its next edition."""
    return (highlight_days(item, site, site.day.date),), ()
