"""The tables of ``data/`` that describe the country, read as rows and not interpreted further."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from portail.errors import DataError

__all__ = ["Row", "Tables", "read_tables"]

Row = tuple[str, ...]
"""One line of a table, its columns in the order of the header."""

_COLUMNS = {
    "communes": ("code", "nom", "codes_postaux", "departement", "epci", "lat", "lon"),
    "epci": ("siren", "nom", "type", "departement"),
    "departements": ("code", "nom", "region"),
    "regions": ("code", "nom"),
    "communes-alias": ("nom", "code", "nature"),
}
_OPTIONAL = frozenset({"communes-alias"})


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of each table, in the order of its file."""

    communes: tuple[Row, ...]
    epci: tuple[Row, ...] = ()
    departements: tuple[Row, ...] = ()
    regions: tuple[Row, ...] = ()
    alias: tuple[Row, ...] = ()


def read_tables(folder: Path) -> Tables:
    """Read ``communes.csv``, ``epci.csv``, ``departements.csv``, ``regions.csv`` and, if there is
    one, ``communes-alias.csv``.

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
    )


def _read(path: Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    if path.stem in _OPTIONAL and not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = [*map(tuple, csv.reader(stream))] or [()]
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise DataError(f"{path}: {error}") from error
    if header != columns:
        raise DataError(f"{path}: columns {', '.join(columns)} expected, {', '.join(header)} found")
    for number, row in enumerate(rows, 2):
        if len(row) != len(columns):
            raise DataError(f"{path}:{number}: {len(columns)} columns expected, {len(row)} found")
    if columns[0] != "nom" and len({row[0] for row in rows}) < len(rows):
        raise DataError(f"{path}: two lines share a {columns[0]}")
    return tuple(rows)
