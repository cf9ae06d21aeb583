"""What an answer of the search says of an article."""

from __future__ import annotations

from portail.outputs.pages.reading_time import reading_time
from portail.outputs.pages.views.lists import Card
from portail.site.item import Item
from portail.site.site import Site


def article_line(item: Item, card: Card, site: Site) -> str:
    """How long it takes to read."""
    return reading_time(item)
