"""What an announcement is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, FEED
from portail.features.annonces import facts
from portail.features.annonces.card import card_parts
from portail.features.annonces.values import values
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.kind_tables import VALUES, Rows

ROWS: Rows = {
    BOX: facts.BOX,
    FEED: facts.FEED,
    CARD_PARTS: card_parts,
    VALUES: values,
}
