"""By what lists are narrowed: the facets of each kind, the values that its contents have.

One table for the static pages of values, the data that the filters of a page read, the calendars
and the posters. A content may have several values of a facet; facets narrow one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.site.facet_values import OUI, Pair, Value, ValueReader, territory_pair, values_of

if TYPE_CHECKING:
    from portail.site.item import Item

__all__ = [
    "EVENT_FACETS", "FACETS", "OUI", "TOOL_FACETS", "Facet", "Facets", "Pair", "Value", "facets_of",
    "territory_pair",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its key in addresses (``theme``), its title, whether it is a switch with the one
    value ``oui`` (``gratuit``), the vocabulary of its values if it is not that of the key."""

    cle: str
    titre: str
    bascule: bool = False
    liste: str = ""


_THEME, _PUBLIC = Facet("theme", "Thème"), Facet("public", "Public")
_PLACES = (Facet("departement", "Département"), Facet("epci", "Intercommunalité"))
_ACCESSIBLE = Facet("accessible", "Accessibilité")
_FREE = Facet("gratuit", "Gratuit", bascule=True)

EVENT_FACETS = (
    _THEME,
    *_PLACES,
    _PUBLIC,
    Facet("format", "Format"),
    _ACCESSIBLE,
    _FREE,
    Facet("en-ligne", "En ligne", bascule=True),
    Facet("groupes", "Je viens avec un groupe", bascule=True),
)
"""Facets of events, in the order in which they are shown."""

FACETS: Mapping[Kind, tuple[Facet, ...]] = {
    Kind.EVENT: EVENT_FACETS,
    Kind.ARTICLE: (_THEME, Facet("genre", "Genre"), *_PLACES, Facet("annee", "Année")),
    Kind.ANNONCE: (Facet("categorie", "Catégorie"), _THEME, *_PLACES),
    Kind.RESSOURCE: (
        Facet("type", "Type"),
        _THEME,
        _PUBLIC,
        _PLACES[0],
        Facet("a-emprunter", "À emprunter", bascule=True),
        _FREE,
    ),
    Kind.DOSSIER: (_THEME,),
    Kind.LIEU: (
        Facet("pour", "Je cherche"),
        Facet("type", "Type", liste="types-lieux"),
        Facet("role", "Rôle"),
        Facet("offre", "Ce qu’il offre"),
        _THEME,
        _PUBLIC,
        Facet("equipement", "Équipement"),
        *_PLACES,
        _ACCESSIBLE,
    ),
}
"""Facets of the kinds that have some."""

TOOL_FACETS = (
    Facet("type", "Type"),
    _THEME,
    _PUBLIC,
    Facet("proprietaire", "Prêteur"),
    *_PLACES,
    Facet("transport", "À transporter"),
    Facet("surface", "Place au sol"),
    _FREE,
)
"""Facets of what can be borrowed."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of the contents of one list.

    ``values`` are those that some content has, by facet, in the order in which they are shown;
    ``refs`` the contents of each value, in the order of their list; ``by_ref`` the values of each
    content; ``seuil`` how many contents a value needs to be listed apart.
    """

    facets: tuple[Facet, ...]
    values: Mapping[str, tuple[Value, ...]]
    refs: Mapping[Pair, tuple[str, ...]]
    by_ref: Mapping[str, tuple[Pair, ...]]
    seuil: int = 1

    def listed(self, pair: Pair) -> bool:
        """Whether a value has a list of its own: enough contents have it, or had: what is over
        counts, so that an address stays."""
        return len(set(self.refs.get(pair, ()))) >= self.seuil

    def rare(self) -> Iterator[Pair]:
        """Values that some content has, and that have no list of their own."""
        for facet, value in self.pairs():
            if not self.listed((facet.cle, value.code)):
                yield facet.cle, value.code

    def pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Every value with its facet, in the order in which they are shown."""
        for facet in self.facets:
            for value in self.values.get(facet.cle, ()):
                yield facet, value


def facets_of(
    facets: tuple[Facet, ...],
    items: Iterable[Item],
    vocabularies: Vocabularies,
    geography: Geography,
    names: Mapping[Pair, str] = MappingProxyType({}),
    seuil: int = 1,
) -> Facets:
    """These facets of contents, given in the order of their list; ``names`` as of ``values_of``,
    ``seuil`` as of ``Facets``."""
    reader = ValueReader(geography, vocabularies)
    keys = {facet.cle for facet in facets}
    by_ref = {
        item.ref: tuple(pair for pair in reader.pairs(item) if pair[0] in keys) for item in items
    }
    refs: dict[Pair, list[str]] = defaultdict(list)
    for ref, pairs in by_ref.items():
        for pair in pairs:
            refs[pair].append(ref)
    values: dict[str, tuple[Value, ...]] = {}
    for facet in facets:
        codes = {code for key, code in refs if key == facet.cle}
        if codes and facet.bascule:
            values[facet.cle] = (Value(OUI, facet.titre),)
        elif codes:
            values[facet.cle] = values_of(
                facet.cle, codes, vocabularies, geography, facet.liste, names
            )
    held = {pair: tuple(some) for pair, some in refs.items()}
    return Facets(facets, values, held, by_ref, seuil)
