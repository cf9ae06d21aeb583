"""The card of a place."""

from __future__ import annotations

from portail.features.kinds.lieux.structures import closed_today
from portail.outputs.pages.cards import few_facts
from portail.outputs.pages.slots import CardParts
from portail.outputs.pages.views.shared import Etiquette
from portail.site.item import Item
from portail.site.site import Site


def lieu_card(item: Item, site: Site) -> CardParts:
    """Its commune; whether it is closed today."""
    closed = (Etiquette(text, "ferme", fin=day) for text, day in closed_today(item, site))
    return few_facts(item, site), tuple(closed)
