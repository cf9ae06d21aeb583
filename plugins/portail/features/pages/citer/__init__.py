"""How readers cite a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature
from portail.outputs.pages.slots import CITATION

if TYPE_CHECKING:
    from portail.outputs.pages.views.entry import Citation
    from portail.outputs.pages.views.shared import Lien
    from portail.site.item import Item
    from portail.site.site import Site


def _citation(site: Site, item: Item, signature: tuple[Lien, ...]) -> Iterator[Citation]:
    from portail.features.pages.citer.citation import citation_of

    if citation := citation_of(item, signature, site.config):
        yield citation


feature = Feature(name="citer", title="Citer une page", slots={CITATION: _citation})
