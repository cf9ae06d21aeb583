"""The values of resources, by which their list and the catalogue are narrowed."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.kinds.ressources.model import Ressource
from portail.features.kinds.ressources.sizes import surface_code, transport_code
from portail.model.vocabulary import Vocabularies
from portail.site.facets import OUI, Pair
from portail.site.item import Item
from portail.site.tools import lender_code
from portail.text.normalise import fold

_FREE_WORDS = frozenset({"gratuit", "gratuite", "gratuits", "gratuites", "acces libre"})
"""What a resource says of its price when it costs nothing, folded."""


def ressource_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    """Those of its own facets."""
    entry = item.of(Ressource)
    if entry.type:
        yield "type", entry.type
    if entry.itinerante:
        yield "a-emprunter", OUI
    terms = entry.pret if entry.itinerante else entry.acces
    if terms and terms.tarif and fold(terms.tarif) in _FREE_WORDS:
        yield "gratuit", OUI
    if entry.itinerante:
        yield "transport", transport_code(entry.pret)
        yield "surface", surface_code(entry.pret)
        if owner := lender_code(entry):
            yield "proprietaire", owner
    eligibles = map(vocabularies["eligibles"].begins, entry.eligibles)
    yield from dict.fromkeys(("eligible", term.code) for term in eligibles if term)
