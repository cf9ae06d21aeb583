"""What a yearly rendezvous is in tables of kinds."""

from __future__ import annotations

from portail.features.tempsforts.card import card_parts
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.kind_tables import Rows

ROWS: Rows = {
    CARD_PARTS: card_parts,
}
