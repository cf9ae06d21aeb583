"""What the letter says of a yearly rendezvous."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.services.editions.editions import highlight_days
from portail.outputs.pages.slots import WeeklyLines
from portail.site.item import Item


def temps_fort_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """The days of its next edition."""
    yield highlight_days(item, lines.site, lines.day)
