"""Lists of a kind that facets narrow: which have some, the values that hold something now.

The agenda has its own reckoning (``site.ahead``), since its contents come back day after day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from portail.model.kinds import Kind
from portail.site.facets import FACETS, OUI, Facet, Facets, Pair, Value, facets_of
from portail.site.memo import per_site
from portail.site.site import Item, Site
from portail.site.urls import facet_of, listing_of

__all__ = ["KINDS_NARROWED", "Narrowed", "narrowed", "page_of_value"]

KINDS_NARROWED = tuple(kind for kind in FACETS if kind is not Kind.EVENT)
"""Kinds whose list has facets as soon as they are of use."""
_SHORT = 8
"""A list of so many contents is read whole."""
_LEAST = 2
"""Values that leave something out, below which facets are of no use."""

Offered: TypeAlias = tuple[Facet, tuple[Value, ...]]
"""A facet, and values of it."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The list of a kind and its facets.

    ``facets`` are those of every content, what is over too, and ``kept`` those that leave some
    out, with their values: addresses stay. ``items`` are the contents of the list, ``counts`` how
    many of them each value holds; ``shown`` the facets and the values that the list offers, none
    when they would be of no use.
    """

    kind: Kind
    items: tuple[Item, ...]
    facets: Facets
    kept: tuple[Offered, ...]
    counts: Mapping[Pair, int]
    shown: tuple[Offered, ...]

    def of(self, pair: Pair) -> tuple[Item, ...]:
        """The contents of the list that have a value."""
        by_ref = self.facets.by_ref
        return tuple(item for item in self.items if pair in by_ref[item.ref])

    def pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Every value that has a page, with its facet."""
        return ((facet, value) for facet, values in self.kept for value in values)


def page_of_value(kind: Kind, pair: Pair) -> str:
    """Site path of the list of the contents of a kind that have a value.

    >>> page_of_value(Kind.ARTICLE, ("theme", "numerique"))
    '/articles/theme/numerique/'
    >>> page_of_value(Kind.RESSOURCE, ("a-emprunter", "oui"))
    '/ressources/a-emprunter/'
    """
    cle, code = pair
    return facet_of(listing_of(kind), cle, "" if code == OUI else code)


@per_site
def narrowed(site: Site, kind: Kind) -> Narrowed | None:
    """The facets of the list of a kind; ``None`` when it has none: few contents, alike."""
    every = site.of_kind(kind)
    if kind not in KINDS_NARROWED or len(every) <= _SHORT:
        return None
    facets = facets_of(kind, every, site.vocabularies, site.geography)
    totals = {pair: len(refs) for pair, refs in facets.refs.items()}
    kept = _useful(facets, totals, len(every))
    if not kept:
        return None
    items = tuple(item for item in every if not item.passe)
    counts = _counts(facets, items)
    shown = _useful(facets, counts, len(items)) if len(items) > _SHORT else ()
    return Narrowed(kind, items, facets, kept, counts, shown)


def _counts(facets: Facets, items: Sequence[Item]) -> Mapping[Pair, int]:
    counts: dict[Pair, int] = {}
    for item in items:
        for pair in dict.fromkeys(facets.by_ref[item.ref]):
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def _useful(facets: Facets, counts: Mapping[Pair, int], total: int) -> tuple[Offered, ...]:
    """Facets with some value that leaves a content out, and their values that hold something."""
    found, useful = [], 0
    for facet in facets.facets:
        values = facets.values.get(facet.cle, ())
        held = tuple(value for value in values if counts.get((facet.cle, value.code)))
        apart = sum(counts[facet.cle, value.code] < total for value in held)
        if apart:
            found.append((facet, held))
        useful += apart
    return tuple(found) if useful >= _LEAST else ()
