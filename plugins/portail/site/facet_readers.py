"""What values each content has, and those of the contents of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from portail.geo.places import Departement, Epci
from portail.geo.territories import Geography
from portail.model.collections import TerritoryEntry
from portail.model.event import Event
from portail.model.parts import Accessibilite
from portail.model.vocabulary import Vocabularies

from .facets import (
    AILLEURS,
    OUI,
    TERRITORIES,
    Facet,
    Facets,
    Pair,
    Value,
    territory_pair,
    values_of,
)
from .kind_tables import VALUES
from .territories import code_of

if TYPE_CHECKING:
    from portail.feature import Feature

    from .item import Item


class ValueReader:
    """Reads the values of contents; remembers the territories of each place."""

    def __init__(
        self,
        geography: Geography,
        vocabularies: Vocabularies | None = None,
        features: Sequence[Feature] = (),
    ) -> None:
        self._geography = geography
        self._vocabularies = vocabularies
        self._features = features
        self._home = frozenset(geography.home_territoires)
        self._pairs: dict[object, tuple[Pair, ...]] = {}

    def pairs(self, item: Item) -> Iterator[Pair]:
        yield from self.common(item)
        readers = VALUES.of(self._features, item.entry.kind)
        if readers and self._vocabularies:
            yield from readers(item, self._vocabularies)

    def common(self, item: Item) -> Iterator[Pair]:
        """``theme``, ``departement``, ``epci``, ``public``: what contents of any kind may have."""
        entry = item.entry
        yield from (("theme", code) for code in entry.themes)
        yield from self._around(item)
        yield from (("public", code) for code in vars(entry).get("publics", ()))

    def _around(self, item: Item) -> tuple[Pair, ...]:
        commune = item.commune
        if item.partout:
            return self.covered(item.zone)
        if not isinstance(item.entry, Event):
            return self._held(item)
        if commune is None:
            return ()
        if commune.code not in self._pairs:
            wide = self._geography.departement(commune.departement)
            near = self._geography.epci(commune.epci or "")
            self._pairs[commune.code] = self._placed(wide, near)
        return self._pairs[commune.code]

    def _held(self, item: Item) -> tuple[Pair, ...]:
        codes = tuple(code for code, _ in item.territoires)
        if isinstance(item.entry, TerritoryEntry):
            codes = (code_of(item.entry), *codes)
        if codes not in self._pairs:
            wide = (self._geography.departement(code) for code in codes)
            near = (self._geography.epci(code) for code in codes)
            self._pairs[codes] = self._placed(*wide, *near)
        return self._pairs[codes]

    def covered(self, zone: tuple[str, ...]) -> tuple[Pair, ...]:
        key = "zone", *zone  # what names these territories is not all of them
        if key not in self._pairs:
            geography = self._geography
            wide = list(
                chain.from_iterable(
                    geography.departements_of(code[1:]) for code in zone if code[0] == "R"
                )
            )
            wide += (departement for code in zone if (departement := geography.departement(code)))
            near = list(
                chain.from_iterable(
                    geography.home_epci_of(departement.code) for departement in wide
                )
            )
            epcis = [epci for code in zone if (epci := geography.epci(code))]
            wide += filter(None, (geography.departement(epci.departement) for epci in epcis))
            near += epcis
            self._pairs[key] = self._placed(*wide, *near)
        return self._pairs[key]

    def _placed(self, *territories: Epci | Departement | None) -> tuple[Pair, ...]:
        pairs = dict.fromkeys(
            territory_pair(territory, self._geography)
            if not self._home or territory in self._home
            else AILLEURS
            for territory in territories
            if territory
        )
        return tuple(pairs)


def accessible(access: Accessibilite | None) -> Iterator[Pair]:
    """The handicaps to which a place or an event is open, at least in part."""
    if access:
        yield from (("accessible", code) for code in access.ouverts)


def without_lone_territories(
    by_ref: Mapping[str, Sequence[Pair]], partout: Collection[str]
) -> Mapping[str, Sequence[Pair]]:
    """The values of contents, without the territories where only what is everywhere (``partout``)
    is.
    """
    if not partout:
        return by_ref
    placed = set(chain.from_iterable(pairs for ref, pairs in by_ref.items() if ref not in partout))
    return {
        ref: pairs
        if ref not in partout
        else [pair for pair in pairs if pair[0] not in TERRITORIES or pair in placed]
        for ref, pairs in by_ref.items()
    }


def facets_of(
    facets: tuple[Facet, ...],
    items: Iterable[Item],
    vocabularies: Vocabularies,
    geography: Geography,
    names: Mapping[Pair, str] = MappingProxyType({}),
    seuil: int = 1,
    more: Callable[[Item], Iterable[Pair]] | None = None,
    features: Sequence[Feature] = (),
) -> Facets:
    """These facets of contents, given in the order of their list; ``more`` are values of this list
    alone.
    """
    reader = ValueReader(geography, vocabularies, features)
    keys = {facet.cle for facet in facets}
    every = tuple(items)
    pairs_by_ref = {
        item.ref: (*reader.pairs(item), *(more(item) if more else ())) for item in every
    }
    partout = dict.fromkeys(item.ref for item in every if item.partout)
    settled = without_lone_territories(pairs_by_ref, partout)
    by_ref = {
        ref: tuple(pair for pair in pairs if pair[0] in keys) for ref, pairs in settled.items()
    }
    refs: dict[Pair, list[str]] = defaultdict(list)
    for ref, pairs in by_ref.items():
        for pair in pairs:
            refs[pair].append(ref)
    values: dict[str, tuple[Value, ...]] = {}
    for facet in facets:
        codes = {code for key, code in refs if key == facet.cle}
        own = (Value(OUI, facet.titre),) if facet.bascule else facet.valeurs
        if codes and own:
            values[facet.cle] = tuple(value for value in own if value.code in codes)
        elif codes:
            words = facet.liste, names
            values[facet.cle] = values_of(facet.cle, codes, vocabularies, geography, *words)
    frozen = {pair: tuple(refs_of) for pair, refs_of in refs.items()}
    return Facets(facets, values, frozen, by_ref=by_ref, seuil=seuil, partout=partout)
