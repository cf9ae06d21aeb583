"""What a project is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, CARD, FEED
from portail.features.kinds.projets import facts
from portail.features.kinds.projets.page import project_fields
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.short_texts import sort_line
from portail.outputs.pages.slots import SEARCH_LINE, WEEKLY_DETAILS
from portail.outputs.pages.weekly_details import listed
from portail.site.kind_tables import Rows

ROWS: Rows = {
    BOX: facts.BOX,
    FEED: facts.FEED,
    CARD: facts.CARD,
    SEARCH_LINE: sort_line,
    WEEKLY_DETAILS: listed,
    ENTRY_FIELDS: project_fields,
}
