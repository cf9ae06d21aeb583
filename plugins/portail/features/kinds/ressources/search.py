"""What an answer of the search says of a resource."""

from __future__ import annotations

from portail.facts.funding import deadline_today
from portail.features.kinds.ressources.model import Ressource
from portail.outputs.pages.short_texts import uncapitalised
from portail.outputs.pages.views.lists import Card
from portail.site.item import Item
from portail.site.site import Site


def ressource_line(item: Item, card: Card, site: Site) -> str:
    """Until when, that it can be borrowed, else its sort."""
    entry = item.of(Ressource)
    if entry.echeance:
        return uncapitalised(deadline_today(item, site))
    return "à emprunter" if entry.itinerante else uncapitalised(card.sorte)
