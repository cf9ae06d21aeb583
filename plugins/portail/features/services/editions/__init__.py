"""Events that hold others, editions of yearly rendezvous, where one tells how an event was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature
from portail.outputs.pages.slots import RETURN

if TYPE_CHECKING:
    from portail.site.item import Item
    from portail.site.site import Site


def _return(site: Site, item: Item) -> str:
    from portail.features.services.editions.returns import asks_return, return_form

    return return_form(item, site) if asks_return(item, site) else ""


feature = Feature(
    name="editions", title="Éditions et événements qui en contiennent", slots={RETURN: _return}
)
