"""Places of the kernel’s pages that features fill. A slot is asked with the site where it is shown,
and gives what each feature puts there, in the order of the table of features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portail.model.kinds import Kind
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site

P = ParamSpec("P")
T = TypeVar("T")


class Slot(Generic[P, T]):
    """A place that features fill with functions of the site and of ``P``, each giving a ``T``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fills(self, site: Site) -> Iterator[Callable[Concatenate[Site, P], T]]:
        """The functions that fill it in this portal."""
        for feature in site.features:
            if self in feature.slots:
                yield feature.slots[self]

    def ask(self, site: Site, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        """What each feature gives."""
        for fill in self.fills(site):
            yield fill(site, *args, **kwargs)

    def __repr__(self) -> str:
        return self.name


ABOUT: Slot[[], Sequence[Lien]] = Slot("ABOUT")
"""Links of the footer where the portal speaks of itself, after its own pages."""

CATALOGUE_BAR: Slot[[], Sequence[Lien]] = Slot("CATALOGUE_BAR")
"""Links above the catalogue of what is lent, and beside it in the site plan."""

FOLLOW_LINKS: Slot[[], Sequence[Lien]] = Slot("FOLLOW_LINKS")
"""Links of the footer to what one takes away, after feeds and calendars."""

MAP_LINKS: Slot[[], Iterable[Lien]] = Slot("MAP_LINKS")
"""Links below a map to what it shows."""

FORMER_PAGES: Slot[[], Iterable[tuple[str, str]]] = Slot("FORMER_PAGES")
"""Addresses that every portal had, each with what it leads to: only servers are told."""

FORMER_ADDRESSES: Slot[[], Iterable[tuple[str, str]]] = Slot("FORMER_ADDRESSES")
"""Addresses of pages that were, which may hold ``:names`` as those of servers do, each with what it
leads to."""

SEARCH: Slot[[], str] = Slot("SEARCH")
"""Address of the page where one searches; ``""`` when there is nothing to find."""

LIST_BAR: Slot[[Kind], Sequence[Lien]] = Slot("LIST_BAR")
"""Links above the list of a kind, beside its archives; those of events are in the agenda too."""

NEAR_COMMUNES: Slot[[], str] = Slot("NEAR_COMMUNES")
"""Address of the communes among which « près de chez moi » completes, where it is not the file of
the region; ``""`` for it."""

FILTER_ROWS: Slot[[], str] = Slot("FILTER_ROWS")
"""Address of rows that the filter of the agenda shows beside ours, around a commune; ``""`` for
none."""
