"""What a resource is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import FEED
from portail.features.ressources import facts
from portail.features.ressources.card import card_parts
from portail.features.ressources.values import values
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.kind_tables import VALUES, Rows

ROWS: Rows = {
    FEED: facts.FEED,
    CARD_PARTS: card_parts,
    VALUES: values,
}
