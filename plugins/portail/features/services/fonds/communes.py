"""Communes of the region on a map, numbered as a page lists them."""

from __future__ import annotations

from collections.abc import Sequence

from portail.outputs.pages.views.shared import MapView

from . import board as boards
from .atlas import Atlas, whole
from .ground import DEPARTEMENTS

# Of a point, in units of its map.
RADIUS = 12


def communes_map(title: str, numbered: Sequence[boards.Numbered], atlas: Atlas) -> MapView | None:
    """The map of the communes that a list numbers, ``None`` without outlines or points; points that
    are too many lead nowhere."""
    located = [entry for entry in numbered if entry.commune.lat is not None]
    projection = atlas.projection
    if projection is None or not located:
        return None
    points, aim = boards.commune_points(located, projection, RADIUS + 3)
    names = tuple(atlas.departements(points, radius=RADIUS + 3))
    frame = whole(projection)
    return MapView(
        "region", title, DEPARTEMENTS, *frame, points=points, etiquettes=names, cible=aim
    )
