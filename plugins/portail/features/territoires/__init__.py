"""The page of a territory: who is there, what is on and lent, its map, what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.outputs.pages.slots import TERRITORY_BLOCS, TERRITORY_FIELDS

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.lists import Bloc
    from portail.site.item import Item
    from portail.site.kind_tables import Rows
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.territoires.ground import plan_grounds

    return plan_grounds(site)


def _fields(site: Site, item: Item) -> Iterable[tuple[str, object]]:
    from portail.features.territoires.page import entry_fields

    return entry_fields(item, site)


def _blocs(site: Site, item: Item) -> Iterable[Bloc]:
    from portail.features.territoires.blocs import territoire_blocs

    return territoire_blocs(item, site)


def _rows() -> Rows:
    from portail.features.territoires.rows import ROWS

    return ROWS


feature = Feature(
    name="territoires",
    title="Pages de territoire",
    needs=("bilans",),
    kinds=(KindSpec("territoires", _rows),),
    outputs=(Output("fonds-territoires", _plan),),
    slots={TERRITORY_FIELDS: _fields, TERRITORY_BLOCS: _blocs},
)
