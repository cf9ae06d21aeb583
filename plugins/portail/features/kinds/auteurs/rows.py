"""What an author is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, CARD
from portail.features.kinds.auteurs import facts
from portail.features.kinds.auteurs.json_ld import auteur_node
from portail.features.kinds.auteurs.page import author_fields
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.site.kind_tables import Rows

ROWS: Rows = {
    BOX: facts.BOX,
    CARD: facts.CARD,
    JSON_LD: auteur_node,
    ENTRY_FIELDS: author_fields,
}
