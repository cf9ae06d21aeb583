"""Addresses of other countries in what is imported: « Tournai, Belgique »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from portail.features.importer.sources.found import Found
from portail.features.importer.sources.places import Known
from portail.features.importer.sources.prose import clean, clear

_PIECES = re.compile(r"[,;\n]+|\s\(|\)|\s[–-]\s")
_TOWN = re.compile(r"(?:(?:[A-Z]{1,2}-)?(\d{4,5}) )?([^\d]{2,80})")
POINTS = ("GEO", "location.geo.latitude", "location.geo.longitude")
"""What sources call the coordinates of an event."""
_STREET = re.compile(r"\d")


def abroad_of(found: Found, known: Known) -> dict[str, Any]:
    """``adresse`` and ``coordonnees`` of what says a country other than France; empty when it says
    none, or no town before it. Without coordinates, the model asks for them (E272)."""
    said = found.adresse
    parts: Mapping[str, str] = said if isinstance(said, Mapping) else {}
    text = said if isinstance(said, str) else _told(parts)
    pieces = [one for piece in _PIECES.split(clean(text)) if (one := clear(piece))]
    country = known.reading.vocabularies["pays"].find(pieces[-1]) if len(pieces) > 1 else None
    town = _TOWN.fullmatch(pieces[-2]) if country else None
    if country is None or town is None:
        return {}
    others = pieces[:-2]
    street = next((one for one in others if _STREET.search(one)), "")
    name = ", ".join(one for one in others if one != street)
    address = {
        "nom": name,
        "rue": street,
        "pays": country.code,
        "code_postal": town[1] or "",
        "commune": town[2],
    }
    values: dict[str, Any] = {"adresse": {key: one for key, one in address.items() if one}}
    lat, lon = parts.get("latitude") or found.point[0], parts.get("longitude") or found.point[1]
    if lat and lon:
        values["coordonnees"] = {"lat": lat, "lon": lon}
    return values


def _told(parts: Mapping[str, str]) -> str:
    town = " ".join(filter(None, (parts.get("code_postal"), parts.get("commune"))))
    return ", ".join(filter(None, (parts.get("nom"), parts.get("rue"), town, parts.get("pays"))))
