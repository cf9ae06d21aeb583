"""Points of a map: how far apart they are drawn, and whether one can aim at them."""

from __future__ import annotations

from collections.abc import Sequence

from portail.geo.coordinates import LatLon, Projection
from portail.geo.relaxation import Place, pushed_apart

__all__ = ["MOST", "spread", "xy_of"]

MOST = 59
"""Points that can be aimed at (RGAA: beyond, a list alone); beyond, a map only shows them."""

_GAPS = ((24, 50.0), (MOST, 32.0))
"""Points → units between two: as wide as a target on the smallest telephone while there is room,
then twice a point of 12 units and 8 more."""
_LEAST = 20.0


def xy_of(point: LatLon, projection: Projection) -> Place:
    """Where a map shows a place, to a tenth of unit."""
    x, y = projection.xy(*point)
    return round(x, 1), round(y, 1)


def spread(
    places: Sequence[Place], projection: Projection, edge: float
) -> tuple[tuple[Place, ...], float]:
    """Where to draw points, at least ``edge`` units inside, and the radius of what one aims at: no
    two targets cross."""
    gap = next((gap for most, gap in _GAPS if len(places) <= most), _LEAST)
    frame = (edge, edge, projection.width - edge, projection.height - edge)
    return pushed_apart(places, gap, frame), gap / 2
