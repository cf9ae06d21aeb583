"""What an answer of the search says of an announcement: until when it stands."""

from __future__ import annotations

from portail.features.kinds.annonces.model import Annonce
from portail.outputs.pages.short_texts import shows_year
from portail.outputs.pages.views.lists import Card
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour_court


def annonce_line(item: Item, card: Card, site: Site) -> str:
    """« terminée », « jusqu’au 3 oct. »."""
    entry = item.of(Annonce)
    if item.is_over:
        return "terminée"
    end = entry.echeance
    if end is None:
        return ""
    return f"jusqu’au {jour_court(end, semaine=False, annee=shows_year(end, site))}"
