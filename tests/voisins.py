"""Fictional neighbours, for tests of what a site shows of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from portail.agenda.occurrences import Occurrence
from portail.day import PARIS
from portail.neighbours.far import FarEvent, FarLieu, FarPlace, Neighbour

EU = FarPlace("Salle des fêtes", "Eu", "76255", "76", 50.0461, 1.4194)
"""In Seine-Maritime, at the border of the Somme."""


def far_event(name: str, day: date, place: FarPlace = EU, hour: int = 14, **more: Any) -> FarEvent:
    """An event of two hours on ``day``, of the neighbour of ``neighbour``."""
    start = datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)
    once = Occurrence(start, start + timedelta(hours=2), False, "programme", 0)
    values = {
        "id": f"tag:voisin.example,2021:evenements/{name}",
        "url": f"https://voisin.example/evenements/{name}/",
        "titre": name.replace("-", " ").capitalize(),
        "occurrences": (once,),
        "etat": "programme",
        "mode": "presentiel",
        "place": place,
        "formats": ("atelier",),
        "publics": ("tout-public",),
        "gratuit": True,
    }
    return FarEvent(**{**values, **more})


def far_lieu(name: str, place: FarPlace = EU, **more: Any) -> FarLieu:
    """A museum of the same neighbour."""
    values = {
        "id": f"tag:voisin.example,2021:lieux/{name}",
        "url": f"https://voisin.example/lieux/{name}/",
        "titre": name.replace("-", " ").capitalize(),
        "type": "musee",
        "place": place,
    }
    return FarLieu(**{**values, **more})


def neighbour(*events: FarEvent, lieux: tuple[FarLieu, ...] = (), **more: Any) -> Neighbour:
    """A neighbour whose copy is of 26 September 2022."""
    values = {
        "slug": "echo-voisin",
        "nom": "Écho-Voisin",
        "url": "https://voisin.example/",
        "region": "Normandie",
        "fetched": date(2022, 9, 26),
        "events": events,
        "lieux": lieux,
    }
    return Neighbour(**{**values, **more})
