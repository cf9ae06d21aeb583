"""What a class may book: events, places that receive groups, tools that come to school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import (
    EXPLORE,
    FOR_SCHOOLS,
    HOME_SHORTCUTS,
    LIST_MORE,
    MENU_MORE,
    PLAN_OF,
)
from portail.site.slots import LISTS

if TYPE_CHECKING:
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien, NavGroup
    from portail.site.indexes import NarrowedList
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.pages.classes.data import plan_data
    from portail.features.pages.classes.page import plan_classes

    yield from plan_classes(site)
    yield from plan_data(site)


def _lists(site: Site) -> Iterable[NarrowedList]:
    from portail.features.pages.classes.list import OFFERS

    return (OFFERS,)


def _class_links(site: Site) -> Sequence[Lien]:
    from portail.features.pages.classes.page import class_links

    return class_links(site)


def _door(site: Site) -> Sequence[Lien]:
    from portail.features.pages.classes.page import home_door

    return home_door(site)


def _list_links(site: Site, kind: Kind) -> Sequence[Lien]:
    from portail.features.pages.classes.page import list_links

    return list_links(site, kind)


def _plan_groups(site: Site, kind: Kind | None) -> Iterable[NavGroup]:
    from portail.features.pages.classes.page import plan_groups

    return plan_groups(site, kind)


feature = Feature(
    name="classes",
    title="Pour les classes",
    needs=("facettes", "horaires", "lieux", "prets", "ressources"),
    outputs=(Output("classes", _plan),),
    slots={
        LISTS: _lists,
        EXPLORE: _class_links,
        MENU_MORE: _class_links,
        HOME_SHORTCUTS: _door,
        FOR_SCHOOLS: _class_links,
        LIST_MORE: _list_links,
        PLAN_OF: _plan_groups,
    },
    pages=frozenset({"/classes/"}),
)
