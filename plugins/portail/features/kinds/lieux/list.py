"""The directory: places by letter, and where those of a page are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from portail.features.services.fonds.atlas import Placed, atlas_of, directory_map
from portail.model.kinds import Kind
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.links import contribution
from portail.outputs.pages.lists.indexes import by_key, names_group
from portail.outputs.pages.lists.kind_lists import by_letter
from portail.outputs.pages.lists.paging import Group, Grouped, Listing
from portail.outputs.pages.views.shared import Lien, MapView
from portail.site.item import Item
from portail.site.showings import family_of, family_of_type
from portail.site.site import Site
from portail.text.normalise import slugify
from portail.text.typography import plain


def places_map(site: Site, refs: Sequence[str]) -> tuple[MapView | None, Mapping[str, int]]:
    """Where the places that a page lists are, and the number of the point of each that has one."""
    placed = [
        Placed(ref, Lien(plain(card.titre), card.url), card.theme, commune)
        for ref in refs
        if (commune := site.items[ref].commune)
        for card in (card_of(site, ref),)
    ]
    return directory_map(placed, atlas_of(site))


def directory(site: Site, listing: Listing) -> Listing:
    """The list with its map and the button to add a place."""
    return replace(
        listing,
        template="annuaire.html",
        carte=partial(places_map, site),
        boutons=contribution(site, Kind(listing.kind), "Ajouter un lieu"),
    )


def arranged(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    """Where one goes first, then structures by letter, with the index of these."""
    structures = [item for item in items if not family_of(item.entry, site.vocabularies)]
    letters = by_letter(site, kind, structures)
    return Grouped([*_by_family(items, site), *letters.groups], letters.index)


def _by_family(items: Sequence[Item], site: Site) -> list[Group]:
    """Places where one goes, by what one finds there, in the order of the types of places."""
    lists = site.vocabularies
    families = by_key(items, lambda item: family_of(item.entry, lists))
    order = dict.fromkeys(family_of_type(code, lists) for code in lists["types-lieux"])
    return [
        names_group(family, f"Famille-{slugify(family)}", families[family], site)
        for family in order
        if family and family in families
    ]
