"""Make the geography tables of ``data/`` from ``@etalab/decoupage-administratif``.

Usage, after ``npm pack @etalab/decoupage-administratif@1.1.1`` and ``tar xzf`` of the archive::

    python outils/communes.py --paquet package

Written: ``communes.csv``, ``communes-alias.csv``, ``epci.csv`` (the region and the places listed
with coordinates), ``departements.csv``, ``regions.csv`` (the whole country). The result depends on
its inputs only: rows are sorted by code, line ends are ``\\n``, text is UTF-8.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Decoupage", "main", "read_coordinates", "read_package", "tables"]

DATA = Path(__file__).resolve().parent.parent / "data"
HAUTS_DE_FRANCE = "32"
CURRENT = "commune-actuelle"
FORMER = {"commune-deleguee": "deleguee", "commune-associee": "associee"}
TYPES = {"CC": "cc", "CA": "ca", "CU": "cu", "METRO": "metropole", "MET69": "metropole"}
LONG = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
}
Json = Mapping[str, Any]
Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Decoupage:
    """The four JSON files of the package, as read."""

    communes: Sequence[Json]
    epci: Sequence[Json]
    departements: Sequence[Json]
    regions: Sequence[Json]


def read_package(folder: Path) -> Decoupage:
    """Read the unpacked npm package; an ``OSError`` names the file that is missing."""

    def load(name: str) -> Sequence[Json]:
        text = (folder / "data" / f"{name}.json").read_text(encoding="utf-8")
        loaded: Sequence[Json] = json.loads(text)
        return loaded

    return Decoupage(load("communes"), load("epci"), load("departements"), load("regions"))


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file whose leading ``#`` lines are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def read_coordinates(path: Path) -> dict[str, tuple[str, str]]:
    """INSEE code → (latitude, longitude) in decimal degrees, as written in the source file."""
    return {row["code"]: (row["lat"], row["lon"]) for row in read_table(path)}


def long_name(name: str) -> str:
    """Name of an EPCI with its abbreviation written out.

    >>> long_name("CC du Val de l'Aisne")
    "Communauté de communes du Val de l'Aisne"
    >>> long_name("Métropole Européenne de Lille")
    'Métropole Européenne de Lille'
    """
    first, _, rest = name.replace("''", "").partition(" ")
    return f"{LONG[first]} {rest}" if first in LONG and rest else name


def epci_of(epci: Iterable[Json]) -> dict[str, str]:
    """INSEE code of each member commune → SIREN of its EPCI."""
    return {member["code"]: entry["code"] for entry in epci for member in entry["membres"]}


def commune_rows(
    source: Decoupage, region: str, coordinates: Mapping[str, tuple[str, str]]
) -> Rows:
    """Rows of ``communes.csv``: every commune of ``region``, and those with coordinates."""
    siren = epci_of(source.epci)
    rows = []
    for entry in source.communes:
        code = entry["code"]
        if entry["type"] != CURRENT or not (entry.get("region") == region or code in coordinates):
            continue
        lat, lon = coordinates.get(code, ("", ""))
        postcodes = " ".join(sorted(entry.get("codesPostaux", [])))
        rows.append(
            (
                code,
                entry["nom"],
                postcodes,
                entry["departement"],
                siren.get(code, ""),
                lat,
                lon,
            )
        )
    return sorted(rows)


def alias_rows(source: Decoupage, kept: set[str], usual: Iterable[tuple[str, str]]) -> Rows:
    """Rows of ``communes-alias.csv``: other names that lead to one of the communes ``kept``.

    Former communes that still have a status come from the package; usual names (``usual``: code,
    name) from a file of ours. A name equal to the present one is left out.
    """
    present = {e["code"]: e["nom"] for e in source.communes if e["type"] == CURRENT}
    rows = {
        (e["nom"], e["chefLieu"], FORMER[e["type"]])
        for e in source.communes
        if e["type"] in FORMER and e["chefLieu"] in kept and e["nom"] != present[e["chefLieu"]]
    }
    rows |= {(name, code, "usage") for code, name in usual if code in kept}
    return sorted(rows, key=lambda row: (row[1], row[0]))


def epci_rows(source: Decoupage, sirens: set[str]) -> Rows:
    """Rows of ``epci.csv``; the main département is that of most of the member communes."""
    home = {e["code"]: e.get("departement", "") for e in source.communes if e["type"] == CURRENT}
    rows = []
    for entry in source.epci:
        if entry["code"] in sirens:
            count = Counter(home[m["code"]] for m in entry["membres"] if m["code"] in home)
            main_departement = min(count, key=lambda code: (-count[code], code))
            rows.append(
                (
                    entry["code"],
                    long_name(entry["nom"]),
                    TYPES[entry["type"]],
                    main_departement,
                )
            )
    return sorted(rows)


def tables(
    source: Decoupage,
    region: str,
    coordinates: Mapping[str, tuple[str, str]],
    usual: Iterable[tuple[str, str]],
) -> dict[str, tuple[tuple[str, ...], Rows]]:
    """File name → (header, rows) of each table.

    Raises ``ValueError`` when a code with coordinates is not a commune of the package.
    """
    communes = commune_rows(source, region, coordinates)
    kept = {row[0] for row in communes}
    unknown = sorted(set(coordinates) - kept)
    if unknown:
        raise ValueError(f"coordinates of unknown communes: {', '.join(unknown)}")
    sirens = {row[4] for row in communes if row[4]}
    return {
        "communes.csv": (
            ("code", "nom", "codes_postaux", "departement", "epci", "lat", "lon"),
            communes,
        ),
        "communes-alias.csv": (
            ("nom", "code", "nature"),
            alias_rows(source, kept, usual),
        ),
        "epci.csv": (
            ("siren", "nom", "type", "departement"),
            epci_rows(source, sirens),
        ),
        "departements.csv": (
            ("code", "nom", "region"),
            sorted((e["code"], e["nom"], e["region"]) for e in source.departements),
        ),
        "regions.csv": (
            ("code", "nom"),
            sorted((e["code"], e["nom"]) for e in source.regions),
        ),
    }


def write(path: Path, header: Sequence[str], rows: Rows) -> None:
    """Write one table; cells are quoted only where CSV asks for it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: see the head of this file. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Tables géographiques de data/")
    parser.add_argument("--paquet", type=Path, required=True, help="dossier du paquet npm")
    parser.add_argument("--region", default=HAUTS_DE_FRANCE, help="code INSEE (32)")
    parser.add_argument("--sources", type=Path, default=DATA / "sources")
    parser.add_argument("--sortie", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    usual = [(r["code"], r["nom"]) for r in read_table(options.sources / "communes-usage.csv")]
    coordinates = read_coordinates(options.sources / "communes-geonames.csv")
    for name, (header, rows) in tables(
        read_package(options.paquet), options.region, coordinates, usual
    ).items():
        write(options.sortie / name, header, rows)
        print(f"{name}: {len(rows)} lignes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
