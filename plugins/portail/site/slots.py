"""Places of the kernel that features fill. A slot is asked with the site where it is needed, and
gives what each feature puts there, in the order of the table of features. Those of pages are in
``outputs.pages.slots``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeAlias, TypeVar

if TYPE_CHECKING:
    from portail.feature import Feature
    from portail.model.kinds import Kind
    from portail.model.vocabulary import Vocabularies
    from portail.site.facets import Pair
    from portail.site.indexes import NarrowedList
    from portail.site.item import Item
    from portail.site.site import Site

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
    """A slot for one address of the site."""

    def ask(self, site: Site, *args: P.args, **kwargs: P.kwargs) -> str:
        """That of the first feature that has one; ``""`` when none has."""
        addresses = (fill(site, *args, **kwargs) for fill in self.fills(site))
        return next(filter(None, addresses), "")


class OfKind(Generic[T]):
    """A table by kind, of which the feature that brings a kind gives the row: ``T``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._features: Sequence[Feature] = ()
        self._rows: dict[Kind, T | None] = {}

    def of(self, features: Sequence[Feature], kind: Kind) -> T | None:
        """The row of a kind in a portal that uses ``features``; ``None`` when it has none."""
        if features is not self._features:
            self._features = features
            self._rows = {}
        if kind not in self._rows:
            self._rows[kind] = self._brought(kind.value)
        return self._rows[kind]

    def _brought(self, folder: str) -> T | None:
        every = (spec for feature in self._features for spec in feature.kinds)
        brings = next((spec.brings for spec in every if spec.folder == folder), {})
        row: T | None = brings[self]() if self in brings else None
        return row

    def __repr__(self) -> str:
        return self.name


ValuesFunction: TypeAlias = "Callable[[Item, Vocabularies], Iterator[Pair]]"
VALUES: OfKind[ValuesFunction] = OfKind("VALUES")
"""The values that a content has of the facets of its kind, besides those that any kind has."""

LISTS: Many[[], NarrowedList] = Many("LISTS")
"""Lists that facets narrow, after those of kinds."""

MOVED: Many[[], tuple[str, str, str]] = Many("MOVED")
"""Addresses that every portal had, each with what it leads to and the title of that page."""
