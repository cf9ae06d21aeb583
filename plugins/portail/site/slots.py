"""Places of the kernel that features fill, asked with the site, answered in the order of
features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Concatenate, Generic, NamedTuple, ParamSpec, TypeVar

from portail.model.kinds import Kind

if TYPE_CHECKING:
    from .indexes import NarrowedList
    from .site import Site

P = ParamSpec("P")
T = TypeVar("T")


class Slot(Generic[P, T]):
    """A place that features fill, each with a function of the site and of ``P``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fills(self, site: Site) -> Iterator[Callable[Concatenate[Site, P], Any]]:
        for feature in site.features:
            if self in feature.slots:
                yield feature.slots[self]

    def __repr__(self) -> str:
        return self.name


class Many(Slot[P, T]):
    """A slot where each feature puts some ``T``."""

    def ask(self, site: Site, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        for fill in self.fills(site):
            yield from fill(site, *args, **kwargs)


class Address(Slot[P, str]):
    """A slot for one address of the site; ``otherwise`` is what stands there without a feature."""

    def __init__(self, name: str, otherwise: str = "") -> None:
        super().__init__(name)
        self.otherwise = otherwise

    def ask(self, site: Site, *args: P.args, **kwargs: P.kwargs) -> str:
        addresses = (fill(site, *args, **kwargs) for fill in self.fills(site))
        return next(filter(None, addresses), self.otherwise)


class Unmade(NamedTuple):
    """A content that has no page, and will as soon as there is something to tell of it."""

    kind: Kind
    slug: str
    titre: str
    # What sorts it, in words: « Intercommunalité ».
    precision: str

    @property
    def url(self) -> str:
        return self.kind.info.url(self.slug)


# Contents that are still to come: a content may be the first to name one; the address of each leads
# to its list.
UNMADE: Many[[], Unmade] = Many("UNMADE")

# Lists that facets narrow, after those of kinds.
LISTS: Many[[], NarrowedList] = Many("LISTS")

# A list of the site (``Listing``) with its facets, then that of each of their values; without a
# feature here, no list has facets.
NARROWED: Many[[Any, NarrowedList], Any] = Many("NARROWED")

# What the site lacks for want of a table, told when it is built: whole sentences.
LACKS: Many[[], str] = Many("LACKS")

# Addresses that have a page at other times, each with what it leads to today and the title of that
# page.
LED: Many[[], tuple[str, str, str]] = Many("LED")
