"""Communes of the region on a map, numbered as a page lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from portail.geo.coordinates import Projection
from portail.outputs.pages.views.shared import MapLabel, MapPoint, MapView

from . import board as boards
from .atlas import Atlas, whole
from .ground import DEPARTEMENTS

# Of a point, in units of its map.
RADIUS = 12


def region_map(
    title: str,
    ground: str,
    numbered: Sequence[boards.Numbered],
    projection: Projection | None,
    named: Callable[[Sequence[MapPoint]], Iterable[MapLabel]],
) -> MapView | None:
    """The map, ``None`` without outlines or points; points that are too many lead nowhere."""
    if projection is None or not numbered:
        return None
    points, aim = boards.commune_points(numbered, projection, RADIUS + 3)
    names = tuple(named(points))
    return MapView("region", title, ground, *whole(projection), points, names, cible=aim)


def communes_map(title: str, numbered: Sequence[boards.Numbered], atlas: Atlas) -> MapView | None:
    """The map of the communes that a list numbers."""
    located = [entry for entry in numbered if entry.commune.lat is not None]
    names = partial(atlas.departements, radius=RADIUS + 3)
    return region_map(title, DEPARTEMENTS, located, atlas.projection, names)
