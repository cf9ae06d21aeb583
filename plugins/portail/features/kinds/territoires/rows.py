"""What a territory is in tables of kinds."""

from __future__ import annotations

from portail.features.kinds.territoires.blocs import territory_blocs
from portail.features.kinds.territoires.list import by_territory
from portail.features.kinds.territoires.page import territory_fields
from portail.features.kinds.territoires.wanted import WANTED_FIELDS
from portail.outputs.pages.entry.around import BLOCS
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.lists.kind_lists import OWN_LIST, OwnList
from portail.outputs.pages.short_texts import sort_line
from portail.outputs.pages.slots import SEARCH_LINE
from portail.site.kind_tables import WANTED, Rows

ROWS: Rows = {
    SEARCH_LINE: sort_line,
    ENTRY_FIELDS: territory_fields,
    BLOCS: territory_blocs,
    OWN_LIST: OwnList(by_territory),
    WANTED: WANTED_FIELDS,
}
