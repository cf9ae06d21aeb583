"""The directory: places by letter, and where those of a page are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from portail.model.kinds import Kind
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.context import context_of
from portail.outputs.pages.lists.paging import Listing
from portail.outputs.pages.maps.atlas import Placed, directory_map
from portail.outputs.pages.proposing import contribution
from portail.outputs.pages.views.shared import Lien, MapView
from portail.site.site import Site
from portail.text.typography import plain


def places_map(site: Site, refs: Sequence[str]) -> tuple[MapView | None, Mapping[str, int]]:
    """Where the places that a page lists are, and the number of the point of each that has one."""
    placed = [
        Placed(ref, Lien(plain(card.titre), card.url), card.theme, commune)
        for ref in refs
        if (commune := site.items[ref].commune)
        for card in (card_of(site, ref),)
    ]
    return directory_map(placed, context_of(site).atlas)


def directory(site: Site, listing: Listing) -> Listing:
    """The list with its map and the button to add a place."""
    return replace(
        listing,
        template="annuaire.html",
        carte=partial(places_map, site),
        boutons=contribution(site, Kind(listing.kind), "Ajouter un lieu"),
    )
