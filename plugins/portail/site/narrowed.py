"""Facets that each list offers, events that last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from msgspec import Struct

from portail.agenda.programme import Lasting, Programme, may_last

from .facet_readers import facets_of
from .facets import Facet, Facets, Pair, Value
from .indexes import LISTS, NarrowedList, OwnValues
from .item import Item
from .memo import answer, per_site
from .site import Site
from .slots import LISTS as ADDED
from .slots import NARROWED


@per_site
def lists(site: Site) -> tuple[NarrowedList, ...]:
    return (*LISTS, *ADDED.ask(site))


def list_at(site: Site, url: str) -> NarrowedList:
    return next(liste for liste in lists(site) if liste.url == url)


# Up to this many contents, a list is read whole: it offers no facets.
_SHORT = 8
# Facets are offered once this many of their values leave a content out.
_LEAST = 2

# A facet, and values of it.
Offered: TypeAlias = tuple[Facet, tuple[Value, ...]]


class Narrowed(Struct, frozen=True):
    """A list and its facets.

    ``useful`` are facets that leave some content out, with their values; ``rare`` values that are
    not listed apart; ``shown`` what the list offers.
    """

    liste: NarrowedList
    items: tuple[Item, ...]
    facets: Facets
    useful: tuple[Offered, ...]
    rare: tuple[Pair, ...]
    counts: Mapping[Pair, int]
    shown: tuple[Offered, ...]

    def of(self, pair: Pair) -> tuple[Item, ...]:
        by_ref = self.facets.by_ref
        return tuple(item for item in self.items if pair in by_ref[item.ref])

    def page_of(self, pair: Pair) -> str:
        if self.facets.listed(pair):
            return self.liste.page_of(pair)
        return ""

    def pairs(self) -> Iterator[tuple[Facet, Value]]:
        for facet, values in self.useful:
            for value in values:
                yield facet, value


@per_site
def narrowed(site: Site, liste: NarrowedList) -> Narrowed | None:
    """The facets of a list; ``None`` when it has none: few contents, alike, or no feature to show
    them.
    """
    if not any(NARROWED.fills(site)):
        return None
    every = tuple(
        item for item in chain.from_iterable(map(site.for_all, liste.kinds)) if liste.holds(item)
    )
    if len(every) <= _SHORT:
        return None
    names, more = liste.values(site, every) if liste.values else OwnValues()
    tables = site.vocabularies, site.geography, names, site.config.seuil_listes
    facets = facets_of(liste.facets, every, *tables, more, site.features)
    totals = {pair: len(refs) for pair, refs in facets.refs.items()}
    useful = _useful(facets, totals, len(every))
    if not useful:
        return None
    items = liste.shows(site) if liste.shows else tuple(item for item in every if not item.is_over)
    counts = Counter(chain.from_iterable(dict.fromkeys(facets.by_ref[item.ref]) for item in items))
    shown = _useful(facets, counts, len(items)) if len(items) > _SHORT else ()
    listed, rare = _apart(facets, useful)
    return Narrowed(liste, items, facets, useful=listed, rare=rare, counts=counts, shown=shown)


def page_of_value(site: Site, url: str, pair: Pair) -> tuple[str, int]:
    """The page of a value of the list at ``url``, and how many contents it holds; ``("", 0)`` for
    none.
    """
    liste = next((candidate for candidate in lists(site) if candidate.url == url), None)
    view = narrowed(site, liste) if liste else None
    has_value = view and any((facet.cle, value.code) == pair for facet, value in view.pairs())
    if liste and view and has_value:
        return (liste.page_of(pair), view.counts[pair])
    return ("", 0)


def _apart(
    facets: Facets, offered: tuple[Offered, ...]
) -> tuple[tuple[Offered, ...], tuple[Pair, ...]]:
    listed = []
    rare = list[Pair]()
    for facet, values in offered:
        pairs = {value: (facet.cle, value.code) for value in values}
        listed.append((facet, tuple(value for value in values if facets.listed(pairs[value]))))
        if not facet.sur_place:
            rare += [pair for pair in pairs.values() if not facets.listed(pair)]
    return tuple(listed), tuple(rare)


def _useful(facets: Facets, counts: Mapping[Pair, int], total: int) -> tuple[Offered, ...]:
    offered = []
    useful = 0
    for facet in facets.facets:
        values = facets.values.get(facet.cle, ())
        present = tuple(value for value in values if counts.get((facet.cle, value.code)))
        apart = sum(counts[facet.cle, value.code] < total for value in present)
        if apart:
            offered.append((facet, present))
        useful += apart
    if useful >= _LEAST:
        return tuple(offered)
    return ()


# What lasts: sessions that are together an exhibition rather than rendez-vous of each day.


def lasting_of(item: Item, site: Site) -> Lasting | None:
    """What the occurrences of a content are together, if it lasts."""
    if may_last(item.occurrences):
        return _lasting(site, item.ref)
    return None


@answer
def _lasting(site: Site, ref: str) -> Lasting | None:
    item = site.items[ref]
    if item.apart or item.reseau:  # in no programme
        return None
    told = [one for one in item.occurrences if not item.reserve or one.is_over(site.day.date)]
    return Programme([(ref, told)]).durables.get(ref)
