"""The directory: the map that stands beside each page of its lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portail.outputs.pages.kit import Kit
from portail.outputs.pages.maps import Placed, directory_map
from portail.outputs.pages.views import Card, Lien, MapView
from portail.site.site import Site
from portail.text.inline import plain

__all__ = ["DirectoryMap"]


@dataclass(frozen=True, slots=True)
class DirectoryMap:
    """Draws where the places that a page lists are (``paging.ListMap``)."""

    site: Site
    cards: Mapping[str, Card]
    kit: Kit

    def shown(self, refs: Sequence[str]) -> object:
        """What the map adds to cards: the place of each commune."""
        communes = (self.site.items[ref].commune for ref in refs)
        return [(one.code, one.lat, one.lon) if one else None for one in communes]

    def draw(self, refs: Sequence[str]) -> tuple[MapView | None, Mapping[str, int]]:
        """The map, and the number of the point of each place that has one."""
        return directory_map([self._placed(ref) for ref in refs], self.kit.atlas)

    def _placed(self, ref: str) -> Placed:
        card = self.cards[ref]
        link = Lien(plain(card.titre), card.url)
        return Placed(ref, link, card.theme, self.site.items[ref].commune)
