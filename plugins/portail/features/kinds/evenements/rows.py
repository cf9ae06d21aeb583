"""What an event is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, FEED
from portail.features.kinds.evenements import facts
from portail.features.kinds.evenements.around import around_event
from portail.features.kinds.evenements.card import event_card
from portail.features.kinds.evenements.json_ld import event_node
from portail.features.kinds.evenements.letter import event_details
from portail.features.kinds.evenements.page import event_fields
from portail.features.kinds.evenements.search import event_line
from portail.features.kinds.evenements.values import event_values
from portail.features.kinds.evenements.wanted import WANTED_FIELDS
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.outputs.pages.entry.around import AROUND
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.slots import CARD_PARTS, SEARCH_LINE, WEEKLY_DETAILS
from portail.site.kind_tables import VALUES, WANTED, Rows

ROWS: Rows = {
    BOX: facts.BOX,
    FEED: facts.FEED,
    CARD_PARTS: event_card,
    VALUES: event_values,
    SEARCH_LINE: event_line,
    WEEKLY_DETAILS: event_details,
    JSON_LD: event_node,
    ENTRY_FIELDS: event_fields,
    AROUND: around_event,
    WANTED: WANTED_FIELDS,
}
