"""Fictional neighbours, for tests: as a site knows them, and as they tell of themselves."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256

from portail.agenda.occurrences import Occurrence
from portail.clock import PARIS
from portail.features.pages.voisins.copies import FarEvent, FarPlace, Neighbour

EU = FarPlace("Salle des fêtes", "Eu", "76255", "76", 50.0461, 1.4194)
"""In Seine-Maritime, at the border of the Somme."""


def far_event(name, day, place=EU, hour=14, **more):
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


def neighbour(*events, lieux=(), **more):
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


# What a neighbour itself says, as its open data write it.

HOME = "https://voisin.example/sciences/"


def once(debut="2022-10-01T14:00:00+02:00", **more):
    """An occurrence of an event."""
    return {"debut": debut, "journee": False, "etat": "programme", **more}


def event(name="nuit", **more):
    """The record of an event of Eu, as open data write it; ``a__b`` names a key of a group."""
    record = {
        "id": f"tag:voisin.example,2021:evenements/{name}",
        "ref": f"events/{name}",
        "url": f"{HOME}evenements/{name}/",
        "nature": "evenement",
        "titre": "La nuit d’*Athene noctua*",
        "resume": "Un texte que l’on ne reprend pas.",
        "format": ["atelier", "format-de-demain"],
        "publics": ["tout-public"],
        "themes": ["astronomie-espace"],
        "tarif": {"gratuit": True},
        "etat": "programme",
        "calcule": {
            "commune": {"code": "76255", "nom": "Eu"},
            "adresse": {"nom": "Salle des fêtes", "commune": "Eu"},
            "position": {"latitude": 50.0461, "longitude": 1.4194, "exacte": True},
            "mode": "presentiel",
            "occurrences": [once()],
        },
    }
    for path, value in more.items():
        *groups, key = path.split("__")
        group = record
        for name in groups:
            group = group[name]
        group[key] = value
    return record


def feature(**more):
    """A museum of the map of lieux."""
    told = {"url": f"{HOME}lieux/musee/", "titre": "Musée", "type": "musee", "exacte": True,
            "commune": "Eu", "code_commune": "76255", "themes": ["astronomie-espace"]}  # fmt: skip
    geometry = {"type": "Point", "coordinates": [1.4194, 50.0461]}
    return {"id": "tag:voisin.example,2021:lieux/musee", "geometry": geometry,
            "properties": {**told, **more}}  # fmt: skip


def api_files(events, lieux):
    """The files of its open data below ``/api/v1/``, events by period (« 2022-10 »)."""
    head = {"version": "1", "licence": "CC-BY-SA-4.0"}
    files = {
        f"evenements/{period}.json": json.dumps({**head, "donnees": rows}).encode()
        for period, rows in events.items()
    }
    parties = [
        {
            "periode": name[len("evenements/") : -len(".json")],
            "total": 1,
            "fichiers": [
                {"nom": name, "octets": len(data), "sha256": sha256(data).hexdigest()},
                {"nom": name.replace(".json", ".csv"), "octets": 9, "sha256": "0" * 64},
            ],
        }
        for name, data in files.items()
    ]
    files["evenements.json"] = json.dumps({**head, "parties": parties}).encode()
    files["lieux.geojson"] = json.dumps({**head, "features": lieux}).encode()
    names = ["evenements.json", "lieux.json", "lieux.geojson"]
    files["index.json"] = json.dumps({**head, "fichiers": [{"nom": one} for one in names]}).encode()
    return files
