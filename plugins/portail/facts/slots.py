"""What the contents of a kind state in each channel, in order: rows of the features that bring
kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.site.kind_tables import OfKind

if TYPE_CHECKING:
    from .base import FactFunctions

# Practical box of a page.
BOX: OfKind[FactFunctions] = OfKind("BOX")
FEED: OfKind[FactFunctions] = OfKind("FEED")
# Details of a card that do not depend on the day of the build.
CARD: OfKind[FactFunctions] = OfKind("CARD")
