"""From hand to hand: a touring tool whose next borrower is near the last one need not go back to
who lends it in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Fait, Feature

if TYPE_CHECKING:
    from portail.facts.base import Fact
    from portail.site.item import Item
    from portail.site.site import Site


def _handovers(item: Item, site: Site) -> Fact:
    from portail.features.pages.relais.handovers import shown_handovers

    return shown_handovers(item, site)


feature = Feature(
    name="relais",
    title="De main en main",
    needs=("prets",),
    facts=(Fait(_handovers, "ressources", ("page",)),),
)
