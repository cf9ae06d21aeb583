"""The values of articles, by which their list is narrowed."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.kinds.articles.model import Article
from portail.model.vocabulary import Vocabularies
from portail.site.facets import Pair
from portail.site.item import Item


def article_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    """Those of its own facets."""
    entry = item.of(Article)
    if entry.genre:
        yield "genre", entry.genre
    if entry.publie_le:
        yield "annee", str(entry.publie_le.year)
