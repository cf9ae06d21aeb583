"""What an announcement is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, FEED
from portail.features.kinds.annonces import facts
from portail.features.kinds.annonces.card import annonce_card
from portail.features.kinds.annonces.page import annonce_blocs, annonce_fields, annonces_around
from portail.features.kinds.annonces.search import annonce_line
from portail.features.kinds.annonces.values import annonce_values
from portail.features.kinds.annonces.wanted import WANTED_FIELDS
from portail.outputs.pages.entry.around import AROUND, BLOCS
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.short_texts import owned
from portail.outputs.pages.slots import CARD_PARTS, SEARCH_BELOW, SEARCH_LINE, WEEKLY_DETAILS
from portail.outputs.pages.weekly_details import offered
from portail.site.kind_tables import VALUES, WANTED, Rows

ROWS: Rows = {
    BOX: facts.BOX,
    FEED: facts.FEED,
    CARD_PARTS: annonce_card,
    VALUES: annonce_values,
    SEARCH_LINE: annonce_line,
    SEARCH_BELOW: owned,
    WEEKLY_DETAILS: offered,
    ENTRY_FIELDS: annonce_fields,
    BLOCS: annonce_blocs,
    AROUND: annonces_around,
    WANTED: WANTED_FIELDS,
}
