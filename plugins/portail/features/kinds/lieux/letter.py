"""What the letter says of a place."""

from __future__ import annotations

from collections.abc import Iterator

from portail.outputs.pages.slots import WeeklyLines
from portail.outputs.pages.weekly_details import departement_too
from portail.site.item import Item


def lieu_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """« Amiens (Somme) »."""
    return departement_too(item, lines.site)
