"""The values of places and structures, by which the directory is narrowed."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.kinds.lieux.model import Lieu
from portail.model.vocabulary import Vocabularies
from portail.site.facet_readers import accessible
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.showings import is_visited


def lieu_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    """Those of its own facets, each once."""
    entry = item.of(Lieu)
    yield from dict.fromkeys(_pairs(entry, visited=is_visited(entry, vocabularies)))


def _pairs(entry: Lieu, *, visited: bool) -> Iterator[Pair]:
    """One goes to what the public enters; one sets up a project with all the others, and with
    whoever says that it plays a part or offers something."""
    if visited:
        yield "pour", "visiter"
    if not visited or entry.roles or entry.offre:
        yield "pour", "projet"
    if entry.type:
        yield "type", entry.type
    yield from (("role", code) for code in entry.roles)
    yield from (("offre", code) for code in entry.offre)
    if entry.groupes:
        yield "offre", "accueil-de-groupes"
    yield from (("equipement", room.type) for room in entry.equipements)
    yield from accessible(entry.accessibilite)
