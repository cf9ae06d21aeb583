"""The directory: the map that stands beside each page of its lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portail.outputs.pages.cards import card_of
from portail.outputs.pages.kit import kit_of
from portail.outputs.pages.maps import Placed, directory_map
from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site
from portail.text.inline import plain

__all__ = ["places_map"]


def places_map(site: Site, refs: Sequence[str]) -> tuple[MapView | None, Mapping[str, int]]:
    """Where the places that a page lists are, and the number of the point of each that has one."""
    return directory_map([_placed(site, ref) for ref in refs], kit_of(site).atlas)


def _placed(site: Site, ref: str) -> Placed:
    card = card_of(site, ref)
    return Placed(ref, Lien(plain(card.titre), card.url), card.theme, site.items[ref].commune)
