"""Lines of a map as SVG paths, in the units of a projection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from portail.geo.coordinates import LatLon, Projection
from portail.geo.simplification import simplified

__all__ = ["STEPS", "Pen", "dots"]

STEPS = 2
"""Steps of a path in one unit of its map: whoever draws it scales it by ``1 / STEPS``."""


class Pen:
    """Draws lines on one map, without the corners that it is too small to show.

    A corner goes when its triangle has less than ``least`` square units; ``joints`` stay: where
    borders meet, so that what follows a border is drawn as the border.
    """

    def __init__(
        self, projection: Projection, least: float = 0.0, joints: Iterable[LatLon] = ()
    ) -> None:
        self._projection = projection
        self._least = least
        self._kept: Collection[tuple[float, float]] = {projection.xy(*one) for one in joints}

    def path(self, lines: Iterable[Sequence[LatLon]]) -> str:
        """``d`` of an SVG path: relative integers, in steps; a line that ends where it begins is
        closed.

        >>> from portail.geo.coordinates import BoundingBox
        >>> pen = Pen(Projection(BoundingBox(-1, 0, 1, 10), width=100))
        >>> pen.path([((1, 0), (0, 1), (0, 2), (0, 2.01))])
        'M0 0l20 20 20 0'
        >>> pen.path([((1, 0), (0, 1), (1, 2), (1, 0))])
        'M0 0l20 20 20-20z'
        """
        return "".join(filter(None, map(self._line, lines)))

    def _line(self, line: Sequence[LatLon]) -> str:
        """One line; steps without length are left out, nothing at all when none is left."""
        places = [self._projection.xy(*point) for point in line]
        if self._least:
            places = simplified(places, self._least, self._kept)
        steps = [(round(x * STEPS), round(y * STEPS)) for x, y in places]
        moves = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(steps)]
        moves = [move for move in moves if move != (0, 0)]
        if not moves:
            return ""
        closed = line[0] == line[-1]
        numbers = [number for move in moves[: -1 if closed else None] for number in move]
        # A minus sign parts two numbers as well as a space does.
        text = "".join(f" {one}" if one >= 0 else f"{one}" for one in numbers).lstrip()
        x, y = steps[0]
        return f"M{x} {y}l{text}{'z' if closed else ''}"


def dots(points: Iterable[LatLon], projection: Projection) -> str:
    """``d`` of a path of dots: lines without length, which round caps turn into discs.

    >>> from portail.geo.coordinates import BoundingBox
    >>> dots([(1, 0), (0, 1)], Projection(BoundingBox(-1, 0, 1, 10), width=100))
    'M0 0h0M20 20h0'
    """
    places = (projection.xy(*point) for point in points)
    return "".join(f"M{round(x * STEPS)} {round(y * STEPS)}h0" for x, y in places)
