"""What a project is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, CARD, FEED
from portail.features.projets import facts
from portail.features.projets.page import project_fields
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.letter_details import listed
from portail.outputs.pages.short_texts import sort_line
from portail.outputs.pages.slots import LETTER_DETAILS, SEARCH_LINE
from portail.site.kind_tables import Rows

ROWS: Rows = {
    BOX: facts.BOX,
    FEED: facts.FEED,
    CARD: facts.CARD,
    SEARCH_LINE: sort_line,
    LETTER_DETAILS: listed,
    ENTRY_FIELDS: project_fields,
}
