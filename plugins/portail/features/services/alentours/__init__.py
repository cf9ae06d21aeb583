"""What is around a content: what names it, what to read next, what comes next, what is near."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portail.feature import Feature
from portail.outputs.pages.slots import RELATED

if TYPE_CHECKING:
    from portail.outputs.pages.views.lists import Bloc
    from portail.site.item import Item
    from portail.site.site import Site


def _related(site: Site, item: Item) -> Iterable[Bloc]:
    from portail.features.services.alentours.blocs import related_blocs

    return related_blocs(item, site)


feature = Feature(
    name="alentours", title="Autour d’un contenu", needs=("editions",), slots={RELATED: _related}
)
