"""What a place is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import CARD, FEED
from portail.features.lieux import facts
from portail.features.lieux.card import card_parts
from portail.features.lieux.values import values
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.kind_tables import VALUES, Rows

ROWS: Rows = {
    FEED: facts.FEED,
    CARD: facts.CARD,
    CARD_PARTS: card_parts,
    VALUES: values,
}
