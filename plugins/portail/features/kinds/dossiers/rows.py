"""What a dossier is in tables of kinds."""

from __future__ import annotations

from portail.features.kinds.dossiers.page import dossier_blocs, taking_part
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.features.services.moteurs.works import work_node
from portail.outputs.pages.entry.around import BLOCS, TAKING_PART
from portail.outputs.pages.short_texts import gathering, signed
from portail.outputs.pages.slots import SEARCH_BELOW, SEARCH_LINE, WEEKLY_DETAILS
from portail.outputs.pages.weekly_details import gathered
from portail.site.kind_tables import Rows

ROWS: Rows = {
    SEARCH_LINE: gathering,
    SEARCH_BELOW: signed,
    WEEKLY_DETAILS: gathered,
    JSON_LD: work_node,
    BLOCS: dossier_blocs,
    TAKING_PART: taking_part,
}
