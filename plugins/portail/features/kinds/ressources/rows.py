"""What a resource is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import FEED
from portail.features.kinds.ressources import facts
from portail.features.kinds.ressources.card import ressource_card
from portail.features.kinds.ressources.json_ld import ressource_node
from portail.features.kinds.ressources.page import ressource_blocs, ressource_fields
from portail.features.kinds.ressources.search import ressource_line
from portail.features.kinds.ressources.values import ressource_values
from portail.features.kinds.ressources.wanted import WANTED_FIELDS
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.outputs.pages.entry.around import BLOCS
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.short_texts import owned
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
)
from portail.outputs.pages.weekly_details import offered
from portail.site.kind_tables import VALUES, WANTED, Rows

ROWS: Rows = {
    FEED: facts.FEED,
    CARD_PARTS: ressource_card,
    VALUES: ressource_values,
    SEARCH_LINE: ressource_line,
    SEARCH_BELOW: owned,
    WEEKLY_DETAILS: offered,
    JSON_LD: ressource_node,
    ENTRY_FIELDS: ressource_fields,
    BLOCS: ressource_blocs,
    WANTED: WANTED_FIELDS,
}
