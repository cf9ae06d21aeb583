"""What a community is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX
from portail.features.kinds.communautes import facts
from portail.features.kinds.communautes.page import community_fields
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.short_texts import gathering
from portail.outputs.pages.slots import SEARCH_LINE, WEEKLY_DETAILS
from portail.outputs.pages.weekly_details import gathered
from portail.site.kind_tables import Rows

ROWS: Rows = {
    BOX: facts.BOX,
    SEARCH_LINE: gathering,
    WEEKLY_DETAILS: gathered,
    ENTRY_FIELDS: community_fields,
}
