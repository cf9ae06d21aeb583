"""What the letter says of an article."""

from __future__ import annotations

from collections.abc import Iterator

from portail.outputs.pages.reading_time import reading_time
from portail.outputs.pages.slots import WeeklyLines
from portail.site.item import Item


def article_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """Who signs it, how long it takes to read."""
    yield f"Par {lines.names(item, 'auteurs')}"
    yield reading_time(item)
