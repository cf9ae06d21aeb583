"""What the letter says of a place."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.issue import SectionKey
from portail.outputs.pages.letter_details import departement_too
from portail.outputs.pages.slots import LetterLines
from portail.site.item import Item


def lieu_details(item: Item, lines: LetterLines, section: SectionKey) -> Iterator[str]:
    """« Amiens (Somme) »."""
    return departement_too(item, lines.site)
