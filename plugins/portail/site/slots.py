"""Places of the kernel that features fill. A slot is asked with the site where it is needed, and
gives what each feature puts there, in the order of the table of features. Those of pages are in
``outputs.pages.slots``.
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
        """The functions that fill it in this portal."""
        for feature in site.features:
            if self in feature.slots:
                yield feature.slots[self]

    def __repr__(self) -> str:
        return self.name


class Many(Slot[P, T]):
    """A slot where each feature puts some ``T``."""

    def ask(self, site: Site, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        """What all features put there."""
        for fill in self.fills(site):
            yield from fill(site, *args, **kwargs)


class Address(Slot[P, str]):
    """A slot for one address of the site; ``otherwise`` is what stands there without a feature."""

    def __init__(self, name: str, otherwise: str = "") -> None:
        super().__init__(name)
        self.otherwise = otherwise

    def ask(self, site: Site, *args: P.args, **kwargs: P.kwargs) -> str:
        """That of the first feature that has one."""
        addresses = (fill(site, *args, **kwargs) for fill in self.fills(site))
        return next(filter(None, addresses), self.otherwise)


class Unmade(NamedTuple):
    """A content that has no page, and will as soon as there is something to tell of it."""

    kind: Kind
    slug: str
    titre: str
    precision: str
    """What sorts it, in words: « Intercommunalité »."""

    @property
    def url(self) -> str:
        """Where its page will be."""
        return self.kind.info.url(self.slug)


UNMADE: Many[[], Unmade] = Many("UNMADE")
"""Contents that are still to come: a content may be the first to name one; the address of each
leads to its list."""

LISTS: Many[[], NarrowedList] = Many("LISTS")
"""Lists that facets narrow, after those of kinds."""

NARROWED: Many[[Any, NarrowedList], Any] = Many("NARROWED")
"""A list of the site (``Listing``) with its facets, then that of each of their values; without a
feature here, no list has facets."""

LACKS: Many[[], str] = Many("LACKS")
"""What the site lacks for want of a table, told when it is built: whole sentences."""

LED: Many[[], tuple[str, str, str]] = Many("LED")
"""Addresses that have a page at other times, each with what it leads to today and the title of that
page."""
