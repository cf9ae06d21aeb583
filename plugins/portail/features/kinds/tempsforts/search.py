"""What an answer of the search says of a yearly rendezvous: when it is."""

from __future__ import annotations

from portail.outputs.pages.short_texts import uncapitalised
from portail.outputs.pages.views.lists import Card
from portail.site.item import Item
from portail.site.site import Site


def temps_fort_line(item: Item, card: Card, site: Site) -> str:
    """« octobre »: the days of its next edition."""
    return uncapitalised("".join(card.details[:1]))


def temps_fort_below(item: Item, card: Card, site: Site) -> str:
    """Nothing: its days are beside its title."""
    return ""
