"""What a community is in tables of kinds."""

from __future__ import annotations

from portail.facts.slots import BOX
from portail.features.communautes import facts
from portail.site.kind_tables import Rows

ROWS: Rows = {
    BOX: facts.BOX,
}
