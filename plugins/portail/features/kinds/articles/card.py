"""The card of an article."""

from __future__ import annotations

from portail.outputs.pages.cards import few_facts
from portail.outputs.pages.reading_time import reading_time
from portail.outputs.pages.slots import CardParts
from portail.site.item import Item
from portail.site.site import Site


def article_card(item: Item, site: Site) -> CardParts:
    """Its day, who signs it, how long it takes to read."""
    return (*few_facts(item, site), reading_time(item)), ()
