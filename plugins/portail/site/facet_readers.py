"""What values each content has, and those of the contents of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from portail.geo.places import Departement, Epci
from portail.geo.territories import Geography
from portail.model.collections import TerritoryEntry
from portail.model.event import Event
from portail.model.parts import Accessibilite
from portail.model.vocabulary import Vocabularies

from .facets import (
    AILLEURS,
    TERRITORIES,
    Facet,
    Facets,
    OwnValues,
    Pair,
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
        self, geography: Geography, vocabularies: Vocabularies, features: Sequence[Feature]
    ) -> None:
        self.geography = geography
        self.vocabularies = vocabularies
        self._features = features
        self._home = frozenset(geography.home_territoires)
        self._pairs: dict[tuple[str, ...], tuple[Pair, ...]] = {}

    def pairs(self, item: Item) -> Iterator[Pair]:
        yield from self.common(item)
        if readers := VALUES.of(self._features, item.entry.kind):
            yield from readers(item, self.vocabularies)

    def common(self, item: Item) -> Iterator[Pair]:
        """``theme``, ``departement``, ``epci``, ``public``: what contents of any kind may have."""
        entry = item.entry
        yield from (("theme", code) for code in entry.themes)
        yield from self._around(item)
        yield from (("public", code) for code in vars(entry).get("publics", ()))

    def _around(self, item: Item) -> tuple[Pair, ...]:
        entry = item.entry
        commune = item.commune
        if item.partout:
            return self.covered(item.zone)
        codes = tuple(code for code, _ in item.territoires)
        if isinstance(entry, Event):
            codes = (commune.departement, commune.epci or "") if commune else ()
        elif isinstance(entry, TerritoryEntry):
            codes = (code_of(entry), *codes)
        if codes not in self._pairs:
            wide = map(self.geography.departement, codes)
            self._pairs[codes] = self._placed(*wide, *map(self.geography.epci, codes))
        return self._pairs[codes]

    def covered(self, zone: tuple[str, ...]) -> tuple[Pair, ...]:
        key = "zone", *zone  # what names these territories is not all of them
        if key not in self._pairs:
            geography = self.geography
            regions = (code[1:] for code in zone if code[0] == "R")
            wide = [*chain.from_iterable(map(geography.departements_of, regions))]
            wide += filter(None, map(geography.departement, zone))
            near = chain.from_iterable(geography.home_epci_of(one.code) for one in wide)
            epcis = [*filter(None, map(geography.epci, zone))]
            above = (geography.departement(epci.departement) for epci in epcis)
            self._pairs[key] = self._placed(*wide, *above, *near, *epcis)
        return self._pairs[key]

    def _placed(self, *territories: Epci | Departement | None) -> tuple[Pair, ...]:
        pairs = dict.fromkeys(
            territory_pair(territory, self.geography)
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
    url: str,
    facets: tuple[Facet, ...],
    items: Sequence[Item],
    reader: ValueReader,
    own: OwnValues,
    seuil: int = 1,
) -> Facets:
    """These facets of the contents of the list at ``url``, given in its order."""
    keys = {facet.cle for facet in facets}
    every = {item.ref: (*reader.pairs(item), *own.pairs(item)) for item in items}
    partout = dict.fromkeys(item.ref for item in items if item.partout)
    by_ref = {
        ref: tuple(pair for pair in pairs if pair[0] in keys)
        for ref, pairs in without_lone_territories(every, partout).items()
    }
    refs: dict[Pair, list[str]] = defaultdict(list)
    for ref, pairs in by_ref.items():
        for pair in pairs:
            refs[pair].append(ref)
    tables = reader.vocabularies, reader.geography, own.names
    values = {
        facet.cle: values_of(facet, (code for cle, code in refs if cle == facet.cle), *tables)
        for facet in facets
    }
    frozen = {pair: tuple(refs_of) for pair, refs_of in refs.items()}
    return Facets(url, facets, values, frozen, by_ref=by_ref, seuil=seuil, partout=partout)
