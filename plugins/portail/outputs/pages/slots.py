"""Places of the kernel’s pages that features fill. A slot is asked with the site where it is shown,
and gives what each feature puts there, in the order of the table of features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from portail.model.issue import Mention
    from portail.model.kinds import Kind
    from portail.outputs.pages.views.shared import Abonnement, Imprime, Lien, NavGroup
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


ABOUT: Many[[], Lien] = Many("ABOUT")
"""Links of the footer where the portal speaks of itself, after its own pages."""

EXPLORE: Many[[], Lien] = Many("EXPLORE")
"""Links of the footer to what one explores besides the lists of contents."""

CATALOGUE_BAR: Many[[], Lien] = Many("CATALOGUE_BAR")
"""Links above the catalogue of what is lent, and beside it in the site plan."""

MENU_MORE: Many[[], Lien] = Many("MENU_MORE")
"""What the menu of a phone has besides the sections."""

AGENDA_VIEWS: Many[[], Lien] = Many("AGENDA_VIEWS")
"""Other views of the agenda, in the site plan."""

FOLLOW_LINKS: Many[[], Lien] = Many("FOLLOW_LINKS")
"""Links of the footer to what one takes away."""

MAP_LINKS: Many[[], Lien] = Many("MAP_LINKS")
"""Links below a map to what it shows."""

FORMER_PAGES: Many[[], tuple[str, str]] = Many("FORMER_PAGES")
"""Addresses that every portal had, each with what it leads to: only servers are told."""

FORMER_ADDRESSES: Many[[], tuple[str, str]] = Many("FORMER_ADDRESSES")
"""Addresses of pages that were, which may hold ``:names`` as those of servers do, each with what it
leads to."""

SEARCH: Address[[]] = Address("SEARCH")
"""Address of the page where one searches; ``""`` when there is nothing to find."""

POSTER: Address[...] = Address("POSTER")
"""Address of a poster of the agenda at a site path: of a period, by its slug, else the one to print
today; ``""`` for none."""

EVENT_FILE: Address[[Item]] = Address("EVENT_FILE")
"""Address of the file of an event that one adds to a calendar; ``""`` for none."""

PRINTED: Many[[str], Imprime] = Many("PRINTED")
"""Documents for paper that the build makes in the folder of a page (its site path)."""

LIST_BAR: Many[[Kind], Lien] = Many("LIST_BAR")
"""Links above the list of a kind, beside its archives; those of events are in the agenda too."""

NEAR_COMMUNES: Address[[]] = Address("NEAR_COMMUNES")
"""Address of the communes among which « près de chez moi » completes, where it is not the file of
the region; ``""`` for it."""

FILTER_ROWS: Address[[]] = Address("FILTER_ROWS")
"""Address of rows that the filter of the agenda shows beside ours, around a commune; ``""`` for
none."""

PLAN_OF: Many[[Kind], NavGroup] = Many("PLAN_OF")
"""Groups of the site plan in the place of a kind, before the list of its contents."""

SUBSCRIPTION: Many[[], Abonnement] = Many("SUBSCRIPTION")
"""How one subscribes from the home page, which shows the first."""

HOME_FIGURE: Many[[], Lien] = Many("HOME_FIGURE")
"""A figure beside it, with where it comes from; the first is shown."""

LETTER_PAGE: Address[[]] = Address("LETTER_PAGE")
"""Address of the issues of the letter; ``""`` when there is none: forms show what it would say."""

MENTION: Many[[Item], Mention] = Many("MENTION")
"""How the letter would tell of a content, for the preview of a proposal, which shows the first."""
