"""The stops that a network publishes (GTFS), as the table of the portal keeps them: those around
it, with their network, their licence and their day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from portail.diagnostics import ConfigError, Refused
from portail.features.services.arrets.near import FILE, table_in
from portail.geo.coordinates import LatLon
from portail.geo.stops import STATION, STOP, Stop, Stops, is_on_earth, read_stops, stops_of
from portail.geo.territories import Geography
from portail.outputs.spreadsheets import Numbers, written
from portail.terminal.text import counted
from portail_importer.tableurs.grid import Grid, read_source
from portail_importer.tableurs.reading import workbook_of

from .base import Base
from .lists import list_of, ranks_of

_HEAD = 500
# Where one gets on (``location_type``): doors and ways are not.
_PLACES = frozenset({"", "0", "1"})
# How SNCF names its stations and stops, its platforms, and those of them that no train serves.
_AREA = "StopArea:OCE"
_PLATFORM = "StopPoint:OCE"
_ROAD = tuple(f"{_PLATFORM}{mode}" for mode in ("Car", "Navette", "Bus", "TAD"))
# Wrong rows that are told one by one.
_TOLD = 5

_Row: TypeAlias = Mapping[str, str]


class StopTable(NamedTuple):
    """The table of the portal once a list is in it, what is told of this list, and whether some of
    its rows are wrong."""

    data: bytes
    lines: Sequence[str]
    is_faulty: bool


def stop_table(base: Base, options: Sequence[str]) -> StopTable | None:
    """The table with the stops of the source; ``None`` for one of another form. Raises ``Refused``,
    ``ConfigError``, ``DataError``."""
    file = Path(base.source)
    data = read_source(file) if file.is_file() else b""
    if b"stop_id" not in data[:_HEAD]:
        return None
    said = {"source": file.stem, "licence": "", "verifie_le": f"{base.portal.day}"}
    said |= _said(options)
    rows = [*_rows(workbook_of(data, base.name)[0], base.name)]
    around = _communes(base.portal.geography)
    places = [row for row in rows if row["sorte"] in _PLACES and not row["parent"]]
    faults = {row["ligne"]: why for row in places if (why := _fault(row, around))}
    told = [f"ligne {number} : {why}" for number, why in faults.items()]
    if len(told) > _TOLD:
        more = counted(len(told) - _TOLD, ("autre ligne", "autres lignes"))
        told[_TOLD:] = [f"… et {more}."]
    good = (row for row in places if row["ligne"] not in faults)
    mine = sorted({*_stops(good, _stations(rows), said, around)})
    if not mine:
        none = f"« {base.name} » n’a aucun arrêt autour du portail : rien n’est écrit."
        raise Refused("\n".join([none, *told]))
    others = (stop for stop in table_in(base.content.parent / "data") if stop[4] != said["source"])
    text = "".join(written(Stop._fields, map(_cells, (*others, *mine))))
    kept = len([*read_stops(text.removeprefix("\ufeff"), f"data/{FILE}")])
    heading = (
        f"{base.name} (arrêts, {said['source']}) : {counted(len(rows), ('ligne', 'lignes'))}, "
        f"{counted(len(mine), ('arrêt retenu', 'arrêts retenus'))} autour du portail, sur "
        f"{kept} dans data/{FILE}."
    )
    return StopTable(text.encode(), [heading, *told, *_licence(said)], bool(faults))


def _rows(grid: Grid, name: str) -> Iterator[_Row]:
    known = list_of(grid)
    ranks = ranks_of(grid, known[1]) if known else {}
    lacking = [f"stop_{field}" for field in ("name", "lat", "lon") if field not in ranks]
    if lacking:
        raise Refused(
            f"« {name} » n’a pas de colonne {', '.join(lacking)} : rien ne dit où sont les arrêts. "
            "Reprenez la liste que publie le réseau (GTFS)."
        )
    for row in grid.rows[1:]:
        texts = {field: row.at(rank).text.strip() for field, rank in ranks.items()}
        yield {"sorte": "", "parent": "", **texts, "ligne": f"{row.number}"}


def _said(options: Sequence[str]) -> dict[str, str]:
    # What ``--avec`` says of a list that does not say it.
    said = {
        name.strip(): text.strip()
        for name, _, text in (option.partition("=") for option in options)
    }
    names = Stop._fields[3:]
    if unknown := next((name for name in said if name not in names), ""):
        raise ConfigError(
            f"« --avec {unknown} » ne dit rien d’une liste d’arrêts, mais {', '.join(names)}."
        )
    return said


def _fault(row: _Row, around: Stops | None) -> str:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        return f"« {row['lat']} ; {row['lon']} » n’est pas une position en degrés."
    if (lat, lon) == (0, 0):
        return f"« {row['name']} » est au point 0, 0 : sa position n’est pas connue."
    if around and _is_near((lon, lat), around) and not _is_near((lat, lon), around):
        return f"« {row['name']} » : sa latitude et sa longitude sont échangées."
    if not is_on_earth(lat, lon):
        return (
            f"« {row['name']} » ({row['lat']} ; {row['lon']}) : ce ne sont pas des degrés, mais "
            "sans doute des mètres (Lambert 93). Demandez la liste en WGS 84."
        )
    if row["name"]:
        return ""
    return "cet arrêt n’a pas de nom."


def _stations(rows: Iterable[_Row]) -> frozenset[str]:
    # Of the areas of SNCF, those that a train serves.
    platforms = (row for row in rows if row["id"].startswith(_PLATFORM))
    return frozenset(row["parent"] for row in platforms if not row["id"].startswith(_ROAD))


def _stops(
    rows: Iterable[_Row], stations: frozenset[str], said: Mapping[str, str], around: Stops | None
) -> Iterator[tuple[object, ...]]:
    provenance = (said["source"], said["licence"], said["verifie_le"])
    for row in rows:
        point = round(float(row["lat"]), 5), round(float(row["lon"]), 5)
        road = row["id"].startswith(_AREA) and row["id"] not in stations
        if _is_near(point, around) and not road:
            own = STATION if row["id"] in stations else STOP
            yield row["name"], *point, said.get("genre", own), *provenance


def _cells(stop: tuple[object, ...]) -> list[str]:
    nom, lat, lon, *others = map(str, stop)
    return [nom, Numbers(lat), Numbers(lon), *others]


def _communes(geography: Geography) -> Stops | None:
    # Those of the region, to be near; ``None`` for a portal of none.
    if geography.home is None:
        return None
    places = (
        (commune.nom, commune.lat, commune.lon) for commune in geography.communes_of(geography.home)
    )
    known = ((nom, lat, lon) for nom, lat, lon in places if lat is not None and lon is not None)
    return stops_of((Stop(*place, STATION, "", "", date.min) for place in known), STATION)


def _is_near(point: LatLon, around: Stops | None) -> bool:
    return around is None or around.nearest(point) is not None


def _licence(said: Mapping[str, str]) -> Iterator[str]:
    if not said["licence"]:
        yield (
            "→ Sa licence n’est pas dite : lisez-la où la liste est publiée, puis recommencez avec "
            "--avec licence=ODbL-1.0 (ou etalab-2.0)."
        )
