"""The page of a territory: who is there, what is on and lent, its map, what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.outputs.pages.slots import MOVED
from portail.site.slots import UNMADE

if TYPE_CHECKING:
    from portail.feature import Supply
    from portail.outputs.base import Artifact
    from portail.site.kind_tables import Rows
    from portail.site.site import Site
    from portail.site.slots import Unmade


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.kinds.territoires.ground import plan_grounds

    return plan_grounds(site)


def _rows() -> Rows:
    from portail.features.kinds.territoires.rows import ROWS

    return ROWS


def _supply() -> Supply:
    from portail.features.kinds.territoires import derived

    return derived


def _unmade(site: Site) -> Iterable[Unmade]:
    from portail.features.kinds.territoires.derived import unmade

    return unmade(site)


def _moved(site: Site) -> Iterator[tuple[str, str, str]]:
    from portail.model.kinds import TERRITORIES

    for info in (kind.info for kind in TERRITORIES if site.of_kind(kind)):
        yield f"{info.listing}couverture/", info.listing, info.rubrique


feature = Feature(
    name="territoires",
    title="Pages de territoire",
    needs=(
        "alentours",
        "fonds",
        "prets",
    ),
    kinds=(KindSpec("territoires", _rows),),
    outputs=(Output("fonds-territoires", _plan),),
    slots={MOVED: _moved, UNMADE: _unmade},
    supplies=_supply,
)
