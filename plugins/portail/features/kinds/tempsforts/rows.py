"""What a yearly rendezvous is in tables of kinds."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.services.editions.editions import highlight_days
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.outputs.pages.entry.around import BLOCS
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.short_texts import uncapitalised
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardParts,
    WeeklyLines,
)
from portail.outputs.pages.views.lists import Card
from portail.site.item import Item
from portail.site.kind_tables import Rows
from portail.site.site import Site

from .machine import rendezvous_node
from .sheet import temps_fort_blocs, temps_fort_fields


def temps_fort_line(item: Item, card: Card, site: Site) -> str:
    return uncapitalised("".join(card.details[:1]))


def temps_fort_below(item: Item, card: Card, site: Site) -> str:
    return ""


def temps_fort_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    yield highlight_days(item, lines.site, lines.day)


def temps_fort_card(item: Item, site: Site) -> CardParts:
    return (highlight_days(item, site, site.day.date),), ()


ROWS: Rows = {
    CARD_PARTS: temps_fort_card,
    SEARCH_LINE: temps_fort_line,
    SEARCH_BELOW: temps_fort_below,
    WEEKLY_DETAILS: temps_fort_details,
    JSON_LD: rendezvous_node,
    ENTRY_FIELDS: temps_fort_fields,
    BLOCS: temps_fort_blocs,
}
