"""Stations and stops: what their table holds, and which is nearest to a point."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from math import cos, radians
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct, ValidationError, convert

from portail.diagnostics import DataError

from .coordinates import KM_PER_DEGREE, LatLon

Sort: TypeAlias = Literal["gare", "arret"]
STATION: Sort = "gare"
STOP: Sort = "arret"
# Kilometres from which a station and a stop are told to nobody.
REACH: dict[Sort, float] = {STATION: 15.0, STOP: 2.0}


class Stop(NamedTuple):
    """A row of the table: what it is, where, and who says so."""

    nom: str
    lat: float
    lon: float
    genre: Sort
    source: str
    licence: str
    verifie_le: date


class Stops(Struct, frozen=True):
    """Stops of one sort, in the order of their latitudes."""

    lats: tuple[float, ...]
    rows: tuple[Stop, ...]
    reach: float

    def nearest(self, point: LatLon) -> tuple[Stop, float] | None:
        """The stop nearest to ``point`` and its kilometres, on a plane right around it."""
        lat, lon = point
        degrees = self.reach / KM_PER_DEGREE
        squeeze = cos(radians(lat))
        least = degrees * degrees
        nearest_stop = None
        first = bisect_left(self.lats, lat - degrees)
        for stop in self.rows[first : bisect_right(self.lats, lat + degrees)]:
            rise = stop.lat - lat
            turn = (stop.lon - lon) * squeeze
            square = rise * rise + turn * turn
            if square < least:
                least = square
                nearest_stop = stop
        if nearest_stop:
            return (nearest_stop, least**0.5 * KM_PER_DEGREE)
        return None


def stops_of(rows: Iterable[Stop], genre: Sort) -> Stops:
    """Those of ``rows`` that are of one sort; of two as near, the first by name."""
    mine = sorted((row.lat, row.nom, row) for row in rows if row.genre == genre)
    return Stops(tuple(lat for lat, *_ in mine), tuple(row for *_, row in mine), REACH[genre])


def read_stops(text: str, name: str) -> Iterator[Stop]:
    """The rows of the table ``name``. Raises ``DataError`` at its first wrong line."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    if tuple(next(lines, ())) != Stop._fields:
        raise DataError(f"{name} : sa première ligne est {';'.join(Stop._fields)}")
    for row in filter(None, lines):
        try:
            stop = convert(row, Stop, strict=False)
        except ValidationError:
            stop = None
        if stop is None or not is_on_earth(stop.lat, stop.lon):
            raise DataError(
                f"{name}, ligne {lines.line_num} : écrivez un nom, une latitude et une longitude "
                f"en degrés (50.4269 ; 2.8276), « {STATION} » ou « {STOP} », une source, une "
                "licence, un jour (2026-11-29)."
            )
        yield stop


def is_on_earth(lat: float, lon: float) -> bool:
    """Whether these are degrees of somewhere: neither metres of a projection, nor the 0, 0 of who
    does not know.

    >>> is_on_earth(50.43, 2.83), is_on_earth(0.0, 0.0), is_on_earth(684_210.0, 7_037_512.0)
    (True, False, False)
    """
    return abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0)
