"""The values of announcements, by which their list is narrowed."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.kinds.annonces.model import Annonce
from portail.model.vocabulary import Vocabularies
from portail.site.facets import Pair
from portail.site.item import Item


def annonce_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    """Those of its own facets."""
    entry = item.of(Annonce)
    if entry.categorie:
        yield "categorie", entry.categorie
