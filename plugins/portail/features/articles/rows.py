"""What an article is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, CARD
from portail.features.articles import facts
from portail.features.articles.card import card_parts
from portail.features.articles.values import values
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.kind_tables import VALUES, Rows

ROWS: Rows = {
    BOX: facts.BOX,
    CARD: facts.CARD,
    CARD_PARTS: card_parts,
    VALUES: values,
}
