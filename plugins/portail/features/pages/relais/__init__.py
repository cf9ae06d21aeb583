"""From hand to hand: a touring tool whose next borrower is near the last one need not go back to
who lends it in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import FactSpec, Feature
from portail.late import late

if TYPE_CHECKING:
    from portail.features.pages.relais import handovers
else:
    handovers = late(__name__, "handovers")


feature = Feature(
    name="relais",
    title="De main en main",
    needs=("prets",),
    facts=(FactSpec(handovers.shown_handovers, "ressources", ("page",)),),
)
