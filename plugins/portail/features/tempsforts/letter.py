"""What the letter says of a yearly rendezvous."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.issue import SectionKey
from portail.outputs.pages.slots import LetterLines
from portail.site.editions import highlight_days
from portail.site.item import Item


def temps_fort_details(item: Item, lines: LetterLines, section: SectionKey) -> Iterator[str]:
    """The days of its next edition."""
    yield highlight_days(item, lines.site, lines.day)
