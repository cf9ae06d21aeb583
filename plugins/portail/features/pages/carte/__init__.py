"""The map: what is on this week, what lasts, the places where something takes place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import AGENDA_VIEWS, MENU_MORE, WEEK_MAP

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien, MapView
    from portail.site.site import Site


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.pages.carte.page import plan_map

    return plan_map(site)


def _agenda_views(site: Site) -> Sequence[Lien]:
    from portail.features.pages.carte.page import map_links

    return map_links(site)


def _menu_more(site: Site) -> Sequence[Lien]:
    from portail.features.pages.carte.page import menu_links

    return menu_links(site)


def _week_map(site: Site) -> Iterator[MapView]:
    from portail.features.pages.carte.week import week_map

    if view := week_map(site):
        yield view


feature = Feature(
    name="carte",
    title="Carte",
    needs=("fonds",),
    outputs=(Output("carte", _plan),),
    slots={AGENDA_VIEWS: _agenda_views, MENU_MORE: _menu_more, WEEK_MAP: _week_map},
    pages=frozenset({"/carte/"}),
)
