"""TopoJSON of polygons that share their borders: each border is written once.

Positions are whole numbers of a grid, so that a border is the same for both its sides to the
last digit. The format is https://github.com/topojson/topojson-specification (1.0): an arc is a
line between two places where borders meet; a ring is a list of arcs, ``~i`` for the arc ``i``
backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

__all__ = ["Objects", "topology"]

Node: TypeAlias = tuple[int, int]
Ring: TypeAlias = Sequence[Node]
"""A closed ring: its last point is its first."""
Objects: TypeAlias = Mapping[str, Mapping[str, Sequence[Sequence[Ring]]]]
"""Name of an object → identifier of each area → its polygons, outer ring first."""


def topology(objects: Objects, quantum: float) -> dict[str, Any]:
    """The TopoJSON of ``objects``, whose grid has a step of ``quantum`` degrees from (0, 0)."""
    rings = [
        ring
        for areas in objects.values()
        for polygons in areas.values()
        for polygon in polygons
        for ring in polygon
    ]
    meetings = _meetings(rings)
    arcs: dict[tuple[Node, ...], int] = {}
    written = {
        name: {
            "type": "GeometryCollection",
            "geometries": [_geometry(area, areas[area], meetings, arcs) for area in sorted(areas)],
        }
        for name, areas in objects.items()
    }
    corner = (min(x for ring in rings for x, _ in ring), min(y for ring in rings for _, y in ring))
    return {
        "type": "Topology",
        "transform": {
            "scale": [quantum, quantum],
            "translate": [round(corner[0] * quantum, 9), round(corner[1] * quantum, 9)],
        },
        "objects": written,
        "arcs": [_relative(arc, corner) for arc in arcs],
    }


def _meetings(rings: Iterable[Ring]) -> frozenset[Node]:
    """Points where borders meet: not all rings that pass there come from and go to the same two."""
    beside: dict[Node, frozenset[Node]] = {}
    points = set()
    for ring in rings:
        for before, node, after in zip([ring[-2], *ring], ring[:-1], ring[1:], strict=False):
            sides = frozenset((before, after))
            if beside.setdefault(node, sides) != sides:
                points.add(node)
    return frozenset(points)


def _geometry(
    identifier: str,
    polygons: Sequence[Sequence[Ring]],
    meetings: frozenset[Node],
    arcs: dict[tuple[Node, ...], int],
) -> dict[str, Any]:
    shapes = [[_ring(ring, meetings, arcs) for ring in polygon] for polygon in polygons]
    if len(shapes) == 1:
        return {"type": "Polygon", "id": identifier, "arcs": shapes[0]}
    return {"type": "MultiPolygon", "id": identifier, "arcs": shapes}


def _ring(ring: Ring, meetings: frozenset[Node], arcs: dict[tuple[Node, ...], int]) -> list[int]:
    """Numbers of the arcs of a ring; arcs met for the first time are added."""
    numbers = []
    for arc in _cut(ring, meetings):
        if arc in arcs:
            numbers.append(arcs[arc])
        elif arc[::-1] in arcs:
            numbers.append(~arcs[arc[::-1]])
        else:
            numbers.append(arcs.setdefault(arc, len(arcs)))
    return numbers


def _cut(ring: Ring, meetings: frozenset[Node]) -> Iterator[tuple[Node, ...]]:
    """The parts of a ring between meetings. A ring without any is one arc, from its least point."""
    turn = list(ring[:-1])
    starts = [rank for rank, node in enumerate(turn) if node in meetings]
    if not starts:
        starts = [turn.index(min(turn))]
    turn = turn[starts[0] :] + turn[: starts[0] + 1]
    stops = [rank - starts[0] for rank in starts] + [len(turn) - 1]
    for start, stop in pairwise(stops):
        yield tuple(turn[start : stop + 1])


def _relative(arc: Sequence[Node], corner: Node) -> list[list[int]]:
    """The first point from the corner of the map, then each from the one before."""
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise([corner, *arc])]
    return [list(step) for step in steps]
