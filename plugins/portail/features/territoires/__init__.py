"""The page of a territory: who is there, what is on and lent, its map, what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.kind_tables import Rows
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.territoires.ground import plan_grounds

    return plan_grounds(site)


def _rows() -> Rows:
    from portail.features.territoires.rows import ROWS

    return ROWS


feature = Feature(
    name="territoires",
    title="Pages de territoire",
    needs=("bilans",),
    kinds=(KindSpec("territoires", _rows),),
    outputs=(Output("fonds-territoires", _plan),),
)
