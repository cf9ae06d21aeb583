"""Lines of a map as SVG paths, in the units of a projection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from portail.geo.coordinates import LatLon, Projection

__all__ = ["STEPS", "dots", "path"]

STEPS = 2
"""Steps of a path in one unit of its map: whoever draws it scales it by ``1 / STEPS``."""


def path(lines: Iterable[Sequence[LatLon]], projection: Projection) -> str:
    """``d`` of an SVG path: relative integers, in steps; a line that ends where it begins is
    closed.

    >>> from portail.geo.coordinates import BoundingBox
    >>> flat = Projection(BoundingBox(-1, 0, 1, 10), width=100)
    >>> path([((1, 0), (0, 1), (0, 2), (0, 2.01))], flat)
    'M0 0l20 20 20 0'
    >>> path([((1, 0), (0, 1), (1, 2), (1, 0))], flat)
    'M0 0l20 20 20-20z'
    """
    return "".join(filter(None, (_line(line, projection) for line in lines)))


def dots(points: Iterable[LatLon], projection: Projection) -> str:
    """``d`` of a path of dots: lines without length, which round caps turn into discs.

    >>> from portail.geo.coordinates import BoundingBox
    >>> dots([(1, 0), (0, 1)], Projection(BoundingBox(-1, 0, 1, 10), width=100))
    'M0 0h0M20 20h0'
    """
    return "".join(f"M{x} {y}h0" for x, y in (_step(point, projection) for point in points))


def _step(point: LatLon, projection: Projection) -> tuple[int, int]:
    x, y = projection.xy(*point)
    return round(x * STEPS), round(y * STEPS)


def _line(line: Sequence[LatLon], projection: Projection) -> str:
    """One line; steps without length are left out, nothing at all when none is left."""
    places = [_step(point, projection) for point in line]
    closed = line[0] == line[-1]
    moves = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(places)]
    moves = [move for move in moves if move != (0, 0)]
    if not moves:
        return ""
    numbers = [number for move in moves[: -1 if closed else None] for number in move]
    # A minus sign parts two numbers as well as a space does.
    text = "".join(f" {one}" if one >= 0 else f"{one}" for one in numbers).lstrip()
    (x, y) = places[0]
    return f"M{x} {y}l{text}{'z' if closed else ''}"
