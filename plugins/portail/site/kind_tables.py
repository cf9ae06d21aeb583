"""Tables by kind: the feature that brings a kind gives its row of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from portail.late import found

if TYPE_CHECKING:
    from portail.feature import Feature
    from portail.model.kinds import Kind
    from portail.model.vocabulary import Vocabularies

    from .facets import Pair
    from .item import Item

T = TypeVar("T")


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
        for feature in self._features:
            for spec in feature.kinds:
                if spec.folder == folder:
                    row: T | None = found(spec.rows).get(self)
                    return row
        return None

    def __repr__(self) -> str:
        return self.name


# What one kind is in each table.
Rows: TypeAlias = Mapping[OfKind[Any], Any]


class Wanted(NamedTuple):
    """A field that readers look for: any of ``champs``, why, and ``pour`` which contents."""

    champs: tuple[str, ...]
    pourquoi: str
    pour: Callable[[Any, Vocabularies], bool] = lambda entry, lists: True


# What readers look for in a content, the most useful first: editors are told what is missing.
WANTED: OfKind[tuple[Wanted, ...]] = OfKind("WANTED")

# Why one wants to know how accessible something is.
UNKNOWN_ACCESS = "« inconnu » empêche de venir autant que « non »"

ValuesFunction: TypeAlias = "Callable[[Item, Vocabularies], Iterator[Pair]]"
# The values that a content has of the facets of its kind, besides those that any kind has.
VALUES: OfKind[ValuesFunction] = OfKind("VALUES")
