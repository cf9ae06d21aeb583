"""The card of a resource, and of a tool where it is shown."""

from __future__ import annotations

from portail.facts.base import owner, text_of
from portail.facts.funding import deadline_today, is_closed
from portail.facts.place import place_of
from portail.features.kinds.ressources.model import Ressource
from portail.outputs.pages.slots import CardParts
from portail.outputs.pages.views.shared import Etiquette
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import capital


def ressource_card(item: Item, site: Site) -> CardParts:
    """Until when, whose it is; whether it can be borrowed, or is closed."""
    entry = item.of(Ressource)
    if showing := site.showings.get(item.ref):
        days = capital(periode(showing.du, showing.au))
        doubt = "" if showing.ouvert else "visite à confirmer"
        return (days, place_of(item, site), doubt), ()
    labels = [Etiquette("À emprunter", "pret")] if entry.itinerante else []
    labels += [Etiquette("Clos", "passe")] if is_closed(item, site) else []
    return (deadline_today(item, site), text_of(owner(item, site))), tuple(labels)
