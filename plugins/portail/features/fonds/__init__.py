"""What maps are drawn on and with: grounds, towns, names that do not overlap, the map of a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import PLACE_MAP

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import MapView
    from portail.site.positions import Position
    from portail.site.site import Site


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.fonds.ground import plan_base_maps

    return plan_base_maps(site)


def _place_map(
    site: Site, position: Position | None, name: str, theme: str
) -> Iterator[MapView]:
    from portail.features.fonds.atlas import atlas_of

    if view := atlas_of(site).place_map(position, name, theme):
        yield view


feature = Feature(
    name="fonds",
    title="Fonds de carte",
    outputs=(Output("fonds", _plan),),
    slots={PLACE_MAP: _place_map},
)
