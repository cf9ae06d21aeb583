"""What a project is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX, CARD, FEED
from portail.features.projets import facts
from portail.site.kind_tables import Rows

ROWS: Rows = {
    BOX: facts.BOX,
    FEED: facts.FEED,
    CARD: facts.CARD,
}
