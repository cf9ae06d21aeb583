"""By what lists are narrowed: the facets of a kind, the values that its contents have.

One table for the static pages of values, the data that the filters of a page read, the calendars
and the posters. A content may have several values of a facet; facets narrow one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from portail.geo.territories import Departement, Epci, Geography
from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.text.normalise import sort_key
from portail.text.slugs import slugify

if TYPE_CHECKING:
    from portail.site.site import Item

__all__ = ["EVENT_FACETS", "OUI", "Facet", "Facets", "Value", "event_facets", "territory_pair"]

Pair: TypeAlias = tuple[str, str]
"""A facet's key and a value's code: ``("theme", "astronomie-espace")``."""

OUI = "oui"
"""The one value of a switch: ``gratuit=oui``."""

_ACCESSIBLE = ("oui", "partiel")


class Value(NamedTuple):
    """A value that some content has: its code in addresses, its label, its rank among others."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its key in addresses (``theme``), its title, whether it is a switch with the one
    value ``oui`` (``gratuit``)."""

    cle: str
    titre: str
    bascule: bool = False


EVENT_FACETS = (
    Facet("theme", "Thème"),
    Facet("departement", "Département"),
    Facet("epci", "Intercommunalité"),
    Facet("public", "Public"),
    Facet("format", "Format"),
    Facet("accessible", "Accessibilité"),
    Facet("gratuit", "Gratuit", bascule=True),
    Facet("en-ligne", "En ligne", bascule=True),
    Facet("groupes", "Je viens avec un groupe", bascule=True),
)
"""Facets of events, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of the contents of one kind.

    ``values`` are those that some content has, by facet, in the order in which they are shown;
    ``refs`` the contents of each value, in the order of their list; ``by_ref`` the values of each
    content.
    """

    facets: tuple[Facet, ...]
    values: Mapping[str, tuple[Value, ...]]
    refs: Mapping[Pair, tuple[str, ...]]
    by_ref: Mapping[str, tuple[Pair, ...]]

    def pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Every value with its facet, in the order in which they are shown."""
        for facet in self.facets:
            for value in self.values.get(facet.cle, ()):
                yield facet, value


def event_facets(items: Iterable[Item], vocabularies: Vocabularies, geography: Geography) -> Facets:
    """The facets of events, given in the order of their list."""
    reader = _Reader(geography)
    by_ref = {item.ref: tuple(reader.pairs(item)) for item in items}
    refs: dict[Pair, list[str]] = defaultdict(list)
    for ref, pairs in by_ref.items():
        for pair in pairs:
            refs[pair].append(ref)
    orders: dict[str, Callable[[set[str]], Iterator[Value]]] = {
        "theme": lambda codes: _terms(vocabularies, "themes", codes),
        "public": lambda codes: _terms(vocabularies, "publics", codes, plural=True),
        "format": lambda codes: _terms(vocabularies, "formats", codes, plural=True),
        "accessible": lambda codes: _terms(vocabularies, "handicaps", codes),
        "departement": reader.named,
        "epci": reader.named,
    }
    values: dict[str, tuple[Value, ...]] = {}
    for facet in EVENT_FACETS:
        codes = {code for key, code in refs if key == facet.cle}
        if codes and facet.bascule:
            values[facet.cle] = (Value(OUI, facet.titre),)
        elif codes:
            values[facet.cle] = tuple(orders[facet.cle](codes))
    return Facets(EVENT_FACETS, values, {pair: tuple(some) for pair, some in refs.items()}, by_ref)


def territory_pair(territory: Epci | Departement, geography: Geography) -> Pair:
    """The value of a territory: ``("departement", "somme")``."""
    if isinstance(territory, Epci):
        return "epci", geography.slug(territory)
    return "departement", slugify(territory.nom)


def _terms(
    vocabularies: Vocabularies, liste: str, codes: set[str], *, plural: bool = False
) -> Iterator[Value]:
    """Codes in the order of their list; one that the list lacks is not a value."""
    for code, term in vocabularies[liste].items():
        if code in codes:
            label = term.pluriel if plural else term.label
            yield Value(code, label[:1].upper() + label[1:])


class _Reader:
    """Reads the values of events; remembers the territories of each commune."""

    def __init__(self, geography: Geography) -> None:
        self._geography = geography
        self._pairs: dict[str, tuple[Pair, ...]] = {}
        self._names: dict[str, str] = {}

    def pairs(self, item: Item) -> Iterator[Pair]:
        """Values of one event, facet after facet."""
        entry = item.entry
        assert isinstance(entry, Event)
        yield from (("theme", code) for code in entry.themes)
        yield from self._territories(item)
        yield from (("public", code) for code in entry.publics)
        yield from (("format", code) for code in entry.format)
        if entry.accessibilite:
            told = entry.accessibilite
            for code in ("auditif", "visuel", "moteur", "mental", "psychique"):
                if getattr(told, code) in _ACCESSIBLE:
                    yield "accessible", code
        if entry.tarif and entry.tarif.nul:
            yield "gratuit", OUI
        if entry.en_ligne:
            yield "en-ligne", OUI
        if entry.groupes:
            yield "groupes", OUI

    def _territories(self, item: Item) -> tuple[Pair, ...]:
        commune = item.commune
        if commune is None:
            return ()
        if commune.code not in self._pairs:
            near = self._geography.epci(commune.epci or "")
            wide = self._geography.departement(commune.departement)
            self._pairs[commune.code] = tuple(self._pair(one) for one in (wide, near) if one)
        return self._pairs[commune.code]

    def _pair(self, territory: Epci | Departement) -> Pair:
        pair = territory_pair(territory, self._geography)
        self._names[pair[1]] = territory.nom
        return pair

    def named(self, codes: set[str]) -> Iterator[Value]:
        """Territories in the order of their names."""
        for code in sorted(codes, key=lambda code: (sort_key(self._names[code]), code)):
            yield Value(code, self._names[code])
