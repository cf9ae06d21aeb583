"""From the rows of the tables of ``data/`` to communes and territories.

Every function raises ``DataError`` for a cell that is no number where one is expected.
"""

from __future__ import annotations

from portail.errors import DataError
from portail.geo.places import Commune, Departement, Epci, Population, Region
from portail.geo.tables import Row

__all__ = ["commune_of", "departement_of", "epci_of", "region_of"]


def epci_of(siren: str, nom: str, kind: str, departement: str, *people: str) -> Epci:
    """A row of ``epci.csv``; as below, its population may be left out or empty."""
    return Epci(siren, nom, kind, departement, _people(people))


def departement_of(code: str, nom: str, region: str, *people: str) -> Departement:
    """A row of ``departements.csv``."""
    return Departement(code, nom, region, _people(people))


def region_of(code: str, nom: str, *people: str) -> Region:
    """A row of ``regions.csv``."""
    return Region(code, nom, _people(people))


def _people(cells: Row) -> Population | None:
    """What the last two columns of a territory say; nothing when they are empty or missing."""
    if not any(cells):
        return None
    try:
        return Population(*map(int, cells))
    except (ValueError, TypeError) as error:
        raise DataError(f"population {', '.join(cells)}: {error}") from error


def commune_of(row: Row) -> Commune:
    """A row of ``communes.csv``."""
    code, nom, postcodes, departement, epci, lat, lon = row
    try:
        place = (float(lat), float(lon)) if lat and lon else (None, None)
    except ValueError as error:
        raise DataError(f"communes.csv: {code}: {error}") from error
    return Commune(code, nom, tuple(postcodes.split()), departement, epci or None, *place)
