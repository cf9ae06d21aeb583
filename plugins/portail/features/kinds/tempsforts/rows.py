"""What a yearly rendezvous is in tables of kinds."""

from __future__ import annotations

from portail.features.kinds.tempsforts.card import temps_fort_card
from portail.features.kinds.tempsforts.letter import temps_fort_details
from portail.features.kinds.tempsforts.machine import rendezvous_node
from portail.features.kinds.tempsforts.search import temps_fort_below, temps_fort_line
from portail.features.kinds.tempsforts.sheet import temps_fort_blocs, temps_fort_fields
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.outputs.pages.entry.around import BLOCS
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
)
from portail.site.kind_tables import Rows

ROWS: Rows = {
    CARD_PARTS: temps_fort_card,
    SEARCH_LINE: temps_fort_line,
    SEARCH_BELOW: temps_fort_below,
    WEEKLY_DETAILS: temps_fort_details,
    JSON_LD: rendezvous_node,
    ENTRY_FIELDS: temps_fort_fields,
    BLOCS: temps_fort_blocs,
}
