"""Facets that each list offers, events that last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.programme import Lasting, Programme, may_last

from .facet_readers import ValueReader, facets_of
from .facets import Facets, Offered, Pair
from .indexes import LISTS, NarrowedList
from .item import Item
from .memo import answer, per_site
from .site import Site
from .slots import LISTS as ADDED
from .slots import NARROWED


@per_site
def lists(site: Site) -> tuple[NarrowedList, ...]:
    return (*LISTS, *ADDED.ask(site))


@per_site
def value_reader(site: Site) -> ValueReader:
    return ValueReader(site.geography, site.vocabularies, site.features)


def list_at(site: Site, url: str) -> NarrowedList:
    return next(liste for liste in lists(site) if liste.url == url)


# Up to this many contents, a list is read whole: it offers no facets.
_SHORT = 8


class Narrowed(Struct, frozen=True):
    """A list and its facets: those that leave out some of all that it ever held; ``shown`` are
    those that leave out some of its ``items`` today, ``counts`` how many of these have each value.
    """

    liste: NarrowedList
    items: tuple[Item, ...]
    facets: Facets
    counts: Mapping[Pair, int]
    shown: tuple[Offered, ...]

    def of(self, pair: Pair) -> tuple[Item, ...]:
        by_ref = self.facets.by_ref
        return tuple(item for item in self.items if pair in by_ref[item.ref])


@per_site
def narrowed(site: Site, liste: NarrowedList) -> Narrowed | None:
    """The facets of a list; ``None`` when it has none: few contents, alike, or no feature to show
    them.
    """
    if not any(NARROWED.fills(site)):
        return None
    every = tuple(
        item for item in site.untitled_of(liste.kinds) if not item.reseau and liste.holds(item)
    )
    if len(every) <= _SHORT:
        return None
    own = liste.values(site, every)
    seuil = site.config.seuil_listes
    facets = facets_of(liste.url, liste.facets, every, value_reader(site), own, seuil)
    useful = facets.useful({pair: len(refs) for pair, refs in facets.refs.items()}, len(every))
    if not useful:
        return None
    items = liste.shows(site) if liste.shows else tuple(item for item in every if not item.is_over)
    counts = Counter(chain.from_iterable(dict.fromkeys(facets.by_ref[item.ref]) for item in items))
    shown = facets.useful(counts, len(items)) if len(items) > _SHORT else ()
    facets = replace(facets, facets=tuple(facet for facet, _ in useful))
    return Narrowed(liste, items, facets, counts=counts, shown=shown)


def every_facets(site: Site) -> Iterator[Facets]:
    """The facets of the agenda, then those of each list that has some."""
    yield site.facets
    yield from (narrow.facets for liste in lists(site) if (narrow := narrowed(site, liste)))


def page_of_value(site: Site, url: str, pair: Pair) -> tuple[str, int]:
    """The page of a value of the list at ``url``, and how many contents it holds; ``("", 0)`` for
    none.
    """
    view = next((narrowed(site, liste) for liste in lists(site) if liste.url == url), None)
    page = view.facets.page_of(pair) if view else ""
    if view and page:
        return page, view.counts[pair]
    return "", 0


# What lasts: sessions that are together an exhibition rather than rendez-vous of each day.


def lasting_of(item: Item, site: Site) -> Lasting | None:
    """What the occurrences of a content are together, if it lasts."""
    if may_last(item.occurrences):
        return _lasting(site, item.ref)
    return None


@answer
def _lasting(site: Site, ref: str) -> Lasting | None:
    item = site.untitled(ref)
    if item.apart or item.reseau:  # in no programme
        return None
    told = [one for one in item.occurrences if not item.reserve or one.is_over(site.day.date)]
    return Programme([(ref, told)]).durables.get(ref)
