"""The toolbox: what one needs to build a project, gathered from every kind of content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import LIST_MORE, MENU_MORE, OPEN_FUNDINGS, PLAN_OF

if TYPE_CHECKING:
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien, NavGroup
    from portail.site.site import Site


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.kinds.boite.page import plan_toolbox

    return plan_toolbox(site)


def _toolbox_links(site: Site) -> Sequence[Lien]:
    from portail.features.kinds.boite.page import toolbox_links

    return toolbox_links(site)


def _list_links(site: Site, kind: Kind) -> Sequence[Lien]:
    from portail.features.kinds.boite.page import list_links

    return list_links(site, kind)


def _plan_groups(site: Site, kind: Kind | None) -> Iterable[NavGroup]:
    from portail.features.kinds.boite.page import plan_groups

    return plan_groups(site, kind)


def _fundings_url(site: Site) -> str:
    from portail.features.kinds.boite.page import fundings_url

    return fundings_url(site)


feature = Feature(
    name="boite",
    title="Boîte à outils",
    needs=("editions",),
    outputs=(Output("boite", _plan),),
    slots={
        MENU_MORE: _toolbox_links,
        LIST_MORE: _list_links,
        PLAN_OF: _plan_groups,
        OPEN_FUNDINGS: _fundings_url,
    },
    pages=frozenset({"/boite-a-outils/"}),
)
