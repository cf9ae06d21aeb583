"""The catalogue of tools to borrow, and what is free month after month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import FORMER_PAGES, LENT, LIST_MORE, MENU_MORE, PLAN_OF
from portail.site.slots import LISTS

if TYPE_CHECKING:
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien, NavGroup
    from portail.site.indexes import NarrowedList
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.pages.catalogue.data import plan_data
    from portail.features.pages.catalogue.page import plan_catalogue

    yield from plan_catalogue(site)
    yield from plan_data(site)


def _lent(site: Site) -> str:
    from portail.site.urls import CATALOGUE

    return CATALOGUE


def _lists(site: Site) -> Iterable[NarrowedList]:
    from portail.features.pages.catalogue.list import TOOLS

    return (TOOLS,)


def _menu_links(site: Site) -> Sequence[Lien]:
    from portail.features.pages.catalogue.page import menu_links

    return menu_links(site)


def _list_links(site: Site, kind: Kind) -> Sequence[Lien]:
    from portail.features.pages.catalogue.page import list_links

    return list_links(site, kind)


def _plan_groups(site: Site, kind: Kind | None) -> Iterable[NavGroup]:
    from portail.features.pages.catalogue.page import plan_groups

    return plan_groups(site, kind)


def _former_months(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.pages.catalogue.page import former_months

    return former_months(site)


feature = Feature(
    name="catalogue",
    title="Catalogue des outils à emprunter",
    needs=("facettes", "prets", "ressources"),
    outputs=(Output("catalogue", _plan),),
    slots={
        LISTS: _lists,
        LENT: _lent,
        MENU_MORE: _menu_links,
        LIST_MORE: _list_links,
        PLAN_OF: _plan_groups,
        FORMER_PAGES: _former_months,
    },
    pages=frozenset({"/catalogue/"}),
)
