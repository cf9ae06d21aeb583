"""What an article is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, CARD
from portail.features.kinds.articles import facts
from portail.features.kinds.articles.card import article_card
from portail.features.kinds.articles.json_ld import article_node
from portail.features.kinds.articles.letter import article_details
from portail.features.kinds.articles.page import article_blocs
from portail.features.kinds.articles.search import article_line
from portail.features.kinds.articles.values import article_values
from portail.features.kinds.articles.wanted import WANTED_FIELDS
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.outputs.pages.entry.around import BLOCS
from portail.outputs.pages.short_texts import signed
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
)
from portail.site.kind_tables import VALUES, WANTED, Rows

ROWS: Rows = {
    BOX: facts.BOX,
    CARD: facts.CARD,
    CARD_PARTS: article_card,
    VALUES: article_values,
    SEARCH_LINE: article_line,
    SEARCH_BELOW: signed,
    WEEKLY_DETAILS: article_details,
    JSON_LD: article_node,
    BLOCS: article_blocs,
    WANTED: WANTED_FIELDS,
}
