"""Ids of headings: what a link may point to inside a page."""

from __future__ import annotations

import re

from portail.text.slugs import slugify

__all__ = ["RESERVED_IDS", "Anchors", "anchor_of"]

RESERVED_IDS = frozenset({"contenu", "menu", "notes", "pied", "ruban", "sommaire"})
"""Ids that the pages around a body have already, or that its notes take."""

_OURS = re.compile(r"(?:note|appel|encadre)-\d+(?:-\d+)?")


def anchor_of(text: str) -> str:
    """The id that a heading of that text asks for; ``section`` when it holds no Latin letter.

    Given a fragment as GitHub writes it (``accès-et-tarifs``), the id of the same heading here.

    >>> anchor_of("Accès & tarifs"), anchor_of("accès--tarifs")
    ('acces-tarifs', 'acces-tarifs')
    """
    return slugify(text) or "section"


class Anchors:
    """The ids given so far in one body, each once."""

    __slots__ = ("_given", "_ranks")

    def __init__(self) -> None:
        self._given: set[str] = set(RESERVED_IDS)
        self._ranks: dict[str, int] = {}

    def give(self, text: str) -> str:
        """A new id for a heading of that text; from the second on, it ends with a rank."""
        wanted = anchor_of(text)
        if _OURS.fullmatch(wanted):
            wanted = f"section-{wanted}"
        anchor = wanted
        rank = self._ranks.get(wanted, 1)
        while anchor in self._given:
            rank += 1
            anchor = f"{wanted}-{rank}"
        self._ranks[wanted] = rank
        self._given.add(anchor)
        return anchor
