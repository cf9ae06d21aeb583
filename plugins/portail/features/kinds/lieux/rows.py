"""What a place is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import CARD, FEED
from portail.features.kinds.lieux import facts
from portail.features.kinds.lieux.blocs import lieu_blocs
from portail.features.kinds.lieux.card import lieu_card
from portail.features.kinds.lieux.json_ld import lieu_node
from portail.features.kinds.lieux.letter import lieu_details
from portail.features.kinds.lieux.list import arranged, directory
from portail.features.kinds.lieux.page import hours_elsewhere, lieu_fields
from portail.features.kinds.lieux.search import lieu_below, lieu_line
from portail.features.kinds.lieux.values import lieu_values
from portail.features.kinds.lieux.wanted import WANTED_FIELDS
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.outputs.pages.entry.around import BLOCS
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.lists.kind_lists import OWN_LIST, OwnList
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_ACTIONS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
)
from portail.site.kind_tables import VALUES, WANTED, Rows

ROWS: Rows = {
    FEED: facts.FEED,
    CARD: facts.CARD,
    CARD_PARTS: lieu_card,
    VALUES: lieu_values,
    SEARCH_LINE: lieu_line,
    SEARCH_BELOW: lieu_below,
    SEARCH_ACTIONS: hours_elsewhere,
    WEEKLY_DETAILS: lieu_details,
    JSON_LD: lieu_node,
    ENTRY_FIELDS: lieu_fields,
    BLOCS: lieu_blocs,
    OWN_LIST: OwnList(arranged, directory),
    WANTED: WANTED_FIELDS,
}
