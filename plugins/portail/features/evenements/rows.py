"""What an event is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, FEED
from portail.features.evenements import facts
from portail.features.evenements.card import card_parts
from portail.features.evenements.values import values
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.kind_tables import VALUES, Rows

ROWS: Rows = {
    BOX: facts.BOX,
    FEED: facts.FEED,
    CARD_PARTS: card_parts,
    VALUES: values,
}
