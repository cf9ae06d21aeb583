"""Fictional neighbours, for tests: as a site knows them, and as they tell of themselves."""

import json
from datetime import date, datetime, timedelta

from portail.agenda.occurrences import Occurrence
from portail.clock import PARIS
from portail_importer.moissonner.neighbours import FarEvent, Neighbour

EU = "76255"
"""In Seine-Maritime, at the border of the Somme."""


def far_event(name, day, commune=EU, hour=14, **more):
    """An event of two hours on ``day``, of the neighbour of ``neighbour``."""
    start = datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)
    end = start + timedelta(hours=2)
    values = {
        "debut": start,
        "fin": end,
        "journee": False,
        "etat": "programme",
        "url": f"https://voisin.example/evenements/{name}/",
        "titre": name.replace("-", " ").capitalize(),
        "mode": "presentiel",
        "commune": commune,
        "lieu": "Salle des fêtes",
        "formats": ("atelier",),
        "publics": ("tout-public",),
        "gratuit": True,
        "occurrences": (Occurrence(start, end, False, "programme", 0),),
    }
    return FarEvent(**{**values, **more})


def neighbour(*events, **more):
    """A neighbour whose copy is of 26 September 2022."""
    values = {
        "slug": "echo-voisin",
        "nom": "Écho-Voisin",
        "url": "https://voisin.example/",
        "fetched": date(2022, 9, 26),
        "events": events,
    }
    return Neighbour(**{**values, **more})


# What a neighbour itself says, as its open data write it.

HOME = "https://voisin.example/sciences/"


def once(debut="2022-10-01T14:00:00+02:00", **more):
    """A session of an event."""
    return {"debut": debut, "journee": False, "etat": "programme", **more}


def event(name="nuit", **more):
    """The properties of an event of Eu; those that are ``...`` are left out."""
    told = {
        "ref": f"events/{name}",
        "url": f"{HOME}evenements/{name}/",
        "titre": "La nuit d’Athene noctua",
        "resume": "Un texte que l’on ne reprend pas.",
        "format": ["atelier", "format-de-demain"],
        "publics": ["tout-public"],
        "themes": ["astronomie-espace"],
        "gratuit": True,
        "mode": "presentiel",
        "commune": "Eu",
        "code_commune": EU,
        "nom_du_lieu": "Salle des fêtes",
        **once(),
        **more,
    }
    return {key: value for key, value in told.items() if value is not ...}


def agenda(*events):
    """What a portal has to come, as it publishes it."""
    rows = [{"type": "Feature", "id": "x", "properties": one} for one in events]
    head = {"type": "FeatureCollection", "version": "1", "licence": "CC-BY-SA-4.0"}
    return json.dumps({**head, "features": rows}).encode()
