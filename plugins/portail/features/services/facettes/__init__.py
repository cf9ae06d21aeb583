"""Filters of lists: a page for each value, the data by which scripts narrow lists in place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import FILTER_DATA
from portail.site.slots import NARROWED

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.lists.paging import Listing
    from portail.site.indexes import NarrowedList
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.services.facettes.lists import plan_facettes

    return plan_facettes(site)


def _data(site: Site, url: str) -> str:
    from portail.site.urls import data_of

    return data_of(url)


def _narrowed(site: Site, listing: Listing, liste: NarrowedList) -> Iterator[Listing]:
    from portail.features.services.facettes.pages import narrowed_to

    return narrowed_to(site, listing, liste)


feature = Feature(
    name="facettes",
    title="Filtres des listes",
    needs=("fonds",),
    outputs=(Output("facettes", _plan),),
    slots={FILTER_DATA: _data, NARROWED: _narrowed},
)
