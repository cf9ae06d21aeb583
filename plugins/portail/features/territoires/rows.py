"""What a territory is in tables of kinds."""

from __future__ import annotations

from portail.outputs.pages.short_texts import sort_line
from portail.outputs.pages.slots import SEARCH_LINE
from portail.site.kind_tables import Rows

ROWS: Rows = {
    SEARCH_LINE: sort_line,
}
