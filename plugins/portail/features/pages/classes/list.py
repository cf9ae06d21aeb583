"""The list of what a class may book: events, places, tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from portail.model.kinds import in_folders
from portail.site.indexes import NarrowedList, OwnValues
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.school import for_classes
from portail.site.site import Site

from .levels import SCHOOL_FACETS, SchoolReader, is_bookable

CLASSES = "/classes/"


# What a class may book, in this order.
_KINDS = in_folders(("events", "lieux", "ressources"))


@per_site
def offers(site: Site) -> tuple[Item, ...]:
    return tuple(
        item
        for item in chain.from_iterable(map(site.for_all, OFFERS.kinds))
        if OFFERS.holds(item) and is_bookable(item, site.day.date)
    )


def _values(site: Site, _: Sequence[Item]) -> OwnValues:
    return OwnValues(pairs=SchoolReader(site.vocabularies).pairs)


OFFERS = NarrowedList(
    CLASSES,
    _KINDS[0],
    SCHOOL_FACETS,
    nom="proposition",
    pluriel="propositions",
    article="une",
    holds=for_classes,
    more_kinds=tuple(_KINDS[1:]),
    near=True,
    values=_values,
    shows=offers,
)


def lists(site: Site) -> Iterable[NarrowedList]:
    return (OFFERS,)
