"""The tables of ``data/`` that describe the country, read as rows and not interpreted further."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, overload

from portail.errors import DataError

__all__ = ["Lines", "Row", "Tables", "column", "read_tables"]

Row: TypeAlias = tuple[str, ...]
"""One line of a table, its columns in the order of the header."""

_COLUMNS = {
    "communes": ("code", "nom", "codes_postaux", "departement", "epci", "lat", "lon"),
    "epci": ("siren", "nom", "type", "departement", "population", "annee"),
    "departements": ("code", "nom", "region", "population", "annee"),
    "regions": ("code", "nom", "population", "annee"),
    "communes-alias": ("nom", "code", "nature"),
    "villes": ("code", "population"),
    "decoupage": ("millesime",),
}
_OPTIONAL = frozenset({"communes-alias", "villes", "decoupage"})


class Lines(Sequence[Row]):
    """Rows kept as lines, cut into columns when asked for: a build looks at few of 35,000 communes.

    No cell is quoted. Asking for a row of another length than ``width`` raises ``DataError``.
    """

    __slots__ = ("_columns", "_lines", "_path", "_width")

    def __init__(self, path: Path, lines: Sequence[str], width: int) -> None:
        self._path = path
        self._lines = lines
        self._width = width
        self._columns: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return Lines(self._path, self._lines[at], self._width)
        row = tuple(self._lines[at].split(","))
        if len(row) != self._width:
            raise DataError(
                f"{self._path}: {self._width} columns expected in « {self._lines[at]} »"
            )
        return row

    def column(self, rank: int) -> list[str]:
        """Cells of a column (from 0), in the order of the lines. ``DataError`` for a short line."""
        if rank not in self._columns:
            try:
                cells = [line.split(",", rank + 1)[rank] for line in self._lines]
            except IndexError:
                raise DataError(f"{self._path}: a line has no column {rank + 1}") from None
            self._columns[rank] = cells
        return self._columns[rank]


def column(rows: Sequence[Row], rank: int) -> list[str]:
    """Cells of one column of a table, in order."""
    return rows.column(rank) if isinstance(rows, Lines) else [row[rank] for row in rows]


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of each table, in the order of its file."""

    communes: Sequence[Row]
    epci: Sequence[Row] = ()
    departements: Sequence[Row] = ()
    regions: Sequence[Row] = ()
    alias: Sequence[Row] = ()
    villes: Sequence[Row] = ()
    decoupage: Sequence[Row] = ()


def read_tables(folder: Path) -> Tables:
    """Read ``communes.csv``, ``epci.csv``, ``departements.csv``, ``regions.csv`` and, if there are
    any, ``communes-alias.csv``, ``villes.csv`` and ``decoupage.csv``.

    Raises ``DataError`` for a missing file, another header, a line of another length, a code
    that two lines share.
    """
    rows = {name: _read(folder / f"{name}.csv", columns) for name, columns in _COLUMNS.items()}
    return Tables(
        communes=rows["communes"],
        epci=rows["epci"],
        departements=rows["departements"],
        regions=rows["regions"],
        alias=rows["communes-alias"],
        villes=rows["villes"],
        decoupage=rows["decoupage"],
    )


def _read(path: Path, columns: Row) -> Sequence[Row]:
    if path.stem in _OPTIONAL and not path.exists():
        return ()
    try:
        text = path.read_bytes().decode("utf-8")
        header, rows = _quoted(text) if '"' in text or "\r" in text else _plain(path, text, columns)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: {error}") from error
    if header != columns:
        raise DataError(f"{path}: columns {', '.join(columns)} expected, {', '.join(header)} found")
    # In a table without quotes, counting the commas of the whole text is enough.
    if not isinstance(rows, Lines):
        for number, row in enumerate(rows, 2):
            if len(row) != len(columns):
                found = f"{len(columns)} columns expected, {len(row)} found"
                raise DataError(f"{path}:{number}: {found}")
    if columns[0] != "nom" and len(set(column(rows, 0))) < len(rows):
        raise DataError(f"{path}: two lines share a {columns[0]}")
    return rows


def _quoted(text: str) -> tuple[Row, Sequence[Row]]:
    header, *rows = [*map(tuple, csv.reader(io.StringIO(text, newline="")))] or [()]
    return header, rows


def _plain(path: Path, text: str, columns: Row) -> tuple[Row, Sequence[Row]]:
    """Header and rows of a text without quotes: lines when each seems to have its columns."""
    header, *lines = text.removesuffix("\n").split("\n")
    commas = (len(columns) - 1) * len(lines)
    if text.count(",") - header.count(",") == commas:
        return tuple(header.split(",")), Lines(path, lines, len(columns))
    return tuple(header.split(",")), [tuple(line.split(",")) for line in lines]
