"""What maps are drawn on and with: outlines, grounds, towns, names that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import MAPS, PLACE_MAP
from portail.site.slots import LACKS

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien, MapView
    from portail.site.positions import Position
    from portail.site.site import Site


_NO_OUTLINES = (
    "Contours de la région inconnus : data/{file} n’existe pas, le site n’a aucune carte. "
    '→ Dessinez-les comme le dit data/README.md : python outils/contours.py "{name}"\n'
)


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.services.fonds.ground import plan_base_maps

    return plan_base_maps(site)


def _place_map(site: Site, position: Position | None, name: str, theme: str) -> Iterator[MapView]:
    from portail.features.services.fonds.atlas import atlas_of

    if view := atlas_of(site).place_map(position, name, theme):
        yield view


def _maps(site: Site) -> Iterator[Lien]:
    from portail.features.services.fonds.credit import owner_of_outlines

    if owner := owner_of_outlines(site):
        yield owner


def _lacks(site: Site) -> Iterator[str]:
    from portail.features.services.fonds.outlines import Outlines, outlines_of

    home = site.geography.home
    if home and not outlines_of(site.geography):
        yield _NO_OUTLINES.format(file=Outlines.file_of(home), name=home.nom)


feature = Feature(
    name="fonds",
    title="Fonds de carte",
    outputs=(Output("fonds", _plan),),
    slots={LACKS: _lacks, MAPS: _maps, PLACE_MAP: _place_map},
)
