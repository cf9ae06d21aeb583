"""Coordinates of a place or of an event: of another country, or judged by their commune."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.places import Commune, commune_abroad
from portail.geo.territories import Geography
from portail.model.collections import PlaceEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.faults import Fault
from portail.model.kinds import DATED, PLACES

from .draft import Draft

# Kilometres from the centre of a commune to its farthest point: Arles, the largest of Europe's
# France, has 25.
_REACH = 30
# The same overseas: Maripasoula has 130.
_OVERSEAS_REACH = 200
# Kilometres from the chief town of the region beyond which another country is unlikely.
_ABROAD_REACH = 1_000


def commune_of(entry: Entry) -> Commune | None:
    """The town of an address in another country, where its coordinates are."""
    where = None
    if isinstance(entry, PlaceEntry | Event):
        where = entry.adresse
    if where is None or not where.pays:
        return None
    point = None
    if isinstance(entry, PlaceEntry | Event):
        point = entry.coordonnees
    lat, lon = (point.lat, point.lon) if point else (None, None)
    return commune_abroad(where.commune, where.pays, lat, lon)


def check_coordinates(draft: Draft) -> Iterator[Diagnostic]:
    """Coordinates whose latitude and longitude are swapped (E273), or far from their commune
    (A274).
    """
    for kind in (*PLACES, *DATED):
        for loaded, entry in draft.entries(kind):
            if fault := _misplaced(entry, draft.geography):
                place = draft.place(loaded, fault.loc)
                values: dict[str, Any] = fault.values
                yield diagnostic(fault.code, place, fault.fix, paste=fault.paste, **values)


def _misplaced(entry: Entry, geography: Geography) -> Fault | None:
    if not isinstance(entry, PlaceEntry | Event) or not entry.coordonnees:
        return None
    where = entry.adresse
    point = entry.coordonnees.lat, entry.coordonnees.lon
    if where and where.pays:
        fault = misplaced(point, geography.chief_town, _ABROAD_REACH)
        if fault and fault.code == "E273":
            return fault
        return None
    code = None
    if isinstance(entry, PlaceEntry):
        code = entry.code_commune
    elif where:
        code = where.commune
    return misplaced(point, geography.by_code(code or ""))


def misplaced(point: LatLon, commune: Commune | None, reach: int = 0) -> Fault | None:
    """What is wrong with coordinates farther from ``commune`` than ``reach`` kilometres (0: its
    width).
    """
    if commune is None or commune.point is None:
        return None
    centre = commune.point
    overseas = commune.departement.startswith(("97", "98"))
    reach = reach or (_OVERSEAS_REACH if overseas else _REACH)
    far = round(distance_km(point, centre))
    if far <= reach:
        return None
    values: dict[str, Any] = {"distance": far, "commune": commune.nom}
    swapped = point[1], point[0]
    near = round(distance_km(swapped, centre)) if abs(swapped[0]) <= 90 else far
    if near <= reach:
        line = f"coordonnees: {{lat: {swapped[0]}, lon: {swapped[1]}}}"
        return Fault("E273", ("coordonnees",), {**values, "autre": near, "attendu": line}, line)
    return Fault("A274", ("coordonnees",), {**values, "limite": reach})
