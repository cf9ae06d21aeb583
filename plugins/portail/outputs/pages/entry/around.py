"""What the page of a content shows of others, by its kind: the feature that brings a kind gives its
rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import Struct

from portail.site.kind_tables import OfKind

if TYPE_CHECKING:
    from portail.site.item import Item
    from portail.site.site import Site

    from ..views.lists import Bloc
    from ..views.shared import Lien


class OwnBlocs(NamedTuple):
    """Blocks of cards that a page shows of other contents in the way of its kind."""

    first: Iterable[Bloc] = ()
    # References of what is shown between the two, a block for each kind.
    rest: Sequence[str] = ()
    last: Iterable[Bloc] = ()


BlocsFunction: TypeAlias = "Callable[[Item, tuple[str, ...], Site], OwnBlocs]"

# How a page shows the contents that name its own, gather it or are gathered by it (references, in
# order); a block for each kind without it.
BLOCS: OfKind[BlocsFunction] = OfKind("BLOCS")


class Autour(Struct, frozen=True):
    """What is near a content: ``suites`` stand in for an event that is over or off, ``lien`` is
    what they share."""

    bloc: Bloc | None = None
    lien: str = ""
    suites: tuple[Lien, ...] = ()


# What is near a content, in place or in time.
AROUND: OfKind[Callable[[Item, Site], Autour]] = OfKind("AROUND")

# Who takes part in a content whose kind has no field for it (``KindInfo.members``).
TAKING_PART: OfKind[Callable[[Item, Site], Iterable[Lien]]] = OfKind("TAKING_PART")
