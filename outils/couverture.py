"""A map of communes made light: joined, without holes, simplified, each border still one line.

Needs shapely (``requirements-dev.txt``). Shapes are shapely geometries in steps of a grid, so that
the result has whole coordinates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import shapely

from polygones import Point, Shape

GRID = 10_000
"""Steps of the grid in a degree: 11 m from south to north."""
PIN = 3
"""Steps from a pinned point to the sides of the square around it, at most."""
TRIES = 12


class Piece(NamedTuple):
    """What an EPCI has in a département; ``epci`` is empty for communes that have none."""

    epci: str
    departement: str


class Commune(NamedTuple):
    """A row of ``communes.csv``; ``point`` is (longitude, latitude), ``None`` when unknown."""

    code: str
    piece: Piece
    point: Point | None


Areas: TypeAlias = Mapping[str, tuple[Piece, Shape]]
"""Code of a commune → its piece and its outline."""


def cleaned(outlines: Mapping[str, Shape]) -> dict[str, Shape]:
    """Outlines on the grid; those of neighbours have the same border, without gap nor overlap.

    Raises ``ValueError`` when the outlines cannot be made so.
    """
    codes = sorted(outlines)
    shapes = [shapely.transform(outlines[code], lambda xy: xy * GRID) for code in codes]
    for _ in range(TRIES):
        # Rounding may cross two lines again, cleaning may leave the grid: until neither happens.
        rounded = [shapely.transform(shape, lambda xy: xy.round()) for shape in shapes]
        if shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded):
            return dict(zip(codes, rounded, strict=True))
        shapes = list(shapely.coverage_clean(rounded))
    raise ValueError("the outlines of the communes do not fit together")


def without_holes(areas: Areas, taken: Callable[[Point], bool]) -> dict[str, tuple[Piece, Shape]]:
    """``areas``, and each hole of the map in the EPCI that has most of its border.

    A commune that no source draws leaves such a hole. What another region has there (``taken``
    tells whether a point, in degrees, is someone's) stays out.
    """
    filled = dict(areas)
    around = _Around(areas)
    whole = shapely.coverage_union_all([shape for _, shape in areas.values()])
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    for rank, hole in enumerate(map(shapely.Polygon, rings)):
        inner = hole.representative_point()
        piece = around.nearest(hole)
        if piece and not taken((inner.x / GRID, inner.y / GRID)):
            filled[f"hole-{rank}"] = piece, hole
    return filled


def settled(areas: Areas, communes: Sequence[Commune]) -> dict[str, tuple[Piece, Shape]]:
    """``areas``, but for the parts of an EPCI where no commune has its point: each goes to the EPCI
    that has most of its border, if any has.

    A source may draw, as a second part of a commune, land that belongs to those around. What
    changes hands may join two parts, and leave another alone: done again until nothing moves.
    """
    remaining = dict(areas)
    for turn in range(TRIES):
        moves = list(_moves(remaining, communes))
        for rank, (part, piece, names) in enumerate(moves):
            for name in names:
                home, shape = remaining[name]
                shapes = shapely.get_parts(shape)
                inside = shapely.contains(part, shapely.point_on_surface(shapes))
                if inside.any():
                    moved = shapely.MultiPolygon(list(shapes[inside]))
                    remaining[f"{name}-{turn}-{rank}"] = piece, moved
                    remaining[name] = home, shapely.MultiPolygon(list(shapes[~inside]))
        if not moves:
            break
    return remaining


def _moves(areas: Areas, communes: Sequence[Commune]) -> Iterator[tuple[Shape, Piece, list[str]]]:
    """Parts of an EPCI without any point, the piece that gets them, and the areas of the EPCI."""
    around = _Around(areas)
    for epci in sorted({piece.epci for piece, _ in areas.values()}):
        names = sorted(name for name in areas if areas[name][0].epci == epci)
        points = [
            on_grid(commune.point)
            for commune in communes
            if commune.point and commune.piece.epci == epci
        ]
        parts = shapely.get_parts(shapely.coverage_union_all([areas[name][1] for name in names]))
        for part in parts if len(parts) > 1 else ():
            piece = None if shapely.contains(part, points).any() else around.nearest(part, epci)
            if piece:
                yield part, piece, names


class _Around:
    """Which piece has most of the border of a shape."""

    def __init__(self, areas: Areas) -> None:
        self._areas = [*areas.values()]
        self._tree = shapely.STRtree([shape for _, shape in self._areas])

    def nearest(self, shape: Shape, without: str | None = None) -> Piece | None:
        """The piece of the EPCI with most of the border, other than ``without``; ``None`` for an
        island."""
        lengths: dict[Piece, float] = defaultdict(float)
        totals: dict[str, float] = defaultdict(float)
        for index in sorted(self._tree.query(shape, predicate="intersects")):
            piece, beside = self._areas[index]
            if piece.epci != without:
                length = shape.boundary.intersection(beside).length
                lengths[piece] += length
                totals[piece.epci] += length
        return max(
            (piece for piece in sorted(lengths) if lengths[piece] > 0),
            key=lambda piece: (totals[piece.epci], lengths[piece]),
            default=None,
        )


def simplified(
    areas: Areas, tolerance: float, pinned: Mapping[str, Point]
) -> dict[Piece, list[Shape]]:
    """Simplified outlines by piece.

    Around each ``pinned`` point (code of its commune → degrees) a small square is a part of its
    own: since no line crosses another, the border of the EPCI cannot come between.
    """
    parts: dict[tuple[Piece, str], list[Shape]] = defaultdict(list)
    for name in sorted(areas):
        piece, shape = areas[name]
        pin = on_grid(pinned[name]) if name in pinned else None
        if pin and shape.contains(pin):
            # Away from the border: a square that touched it would break it.
            square = pin.buffer(min(PIN, shape.boundary.distance(pin) / 2), cap_style="square")
            parts[piece, name] = [square]
            shape = shape.difference(square)
        parts[piece, ""].append(shape)
    keys = sorted(parts)
    whole = [shapely.coverage_union_all(parts[key]) for key in keys]
    light = shapely.coverage_simplify(whole, tolerance * GRID)
    pieces: dict[Piece, list[Shape]] = defaultdict(list)
    for (piece, _), shape in zip(keys, light, strict=True):
        pieces[piece].append(shape)
    return pieces


def on_grid(point: Point) -> Shape:
    """A point given in degrees."""
    return shapely.Point(point[0] * GRID, point[1] * GRID)


def joined(
    pieces: Mapping[Piece, Iterable[Shape]], level: Callable[[Piece], str]
) -> dict[str, Shape]:
    """Outlines by what ``level`` says of a piece; a piece of which it says nothing is left out."""
    grouped: dict[str, list[Shape]] = defaultdict(list)
    for piece, shapes in pieces.items():
        grouped[level(piece)] += shapes
    return {
        name: shapely.coverage_union_all(shapes) for name, shapes in sorted(grouped.items()) if name
    }


def strays(
    communes: Iterable[Commune], pieces: Mapping[Piece, Iterable[Shape]]
) -> dict[str, Point]:
    """Communes whose point is not inside the outline of their piece → the point."""
    outlines = {piece: shapely.coverage_union_all(list(shapes)) for piece, shapes in pieces.items()}
    for outline in outlines.values():
        shapely.prepare(outline)
    return {
        code: point
        for code, piece, point in communes
        if point and not outlines[piece].contains(on_grid(point))
    }


def draw(communes: Sequence[Commune], areas: Areas, tolerance: float) -> dict[Piece, list[Shape]]:
    """Simplify ``areas`` as much as ``tolerance`` (degrees) allows while every commune's point
    stays inside its EPCI and département, and neighbours keep the same border. Raises
    ``ValueError`` when that fails."""
    pinned: dict[str, Point] = {}
    for _ in range(TRIES):
        pieces = simplified(areas, tolerance, pinned)
        if not shapely.coverage_is_valid([shape for shapes in pieces.values() for shape in shapes]):
            raise ValueError("simplified outlines cross one another")
        astray = strays(communes, pieces)
        if not astray:
            return pieces
        pinned |= astray
    raise ValueError(f"outside their EPCI: {', '.join(sorted(astray))}")
