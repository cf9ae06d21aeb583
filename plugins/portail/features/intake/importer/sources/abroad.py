"""Addresses of other countries in what is imported: « Tournai, Belgique »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from portail.features.intake.importer.sources.items import SourceItem
from portail.features.intake.importer.sources.places import Portal
from portail.features.intake.importer.sources.prose import clean, clear

_PIECES = re.compile(r"[,;\n]+|\s\(|\)|\s[–-]\s")
_TOWN = re.compile(r"(?:(?:[A-Z]{1,2}-)?(\d{4,5}) )?([^\d]{2,80})")
POINTS = ("GEO", "location.geo.latitude", "location.geo.longitude")
"""What sources call the coordinates of an event."""
_STREET = re.compile(r"\d")


def abroad_of(item: SourceItem, portal: Portal) -> dict[str, Any]:
    """``adresse`` and ``coordonnees`` of what says a country other than France; empty when it says
    none, or no town before it. Without coordinates, the model asks for them (E272)."""
    written = item.adresse
    parts: Mapping[str, str] = written if isinstance(written, Mapping) else {}
    text = written if isinstance(written, str) else _told(parts)
    pieces = [cleared for piece in _PIECES.split(clean(text)) if (cleared := clear(piece))]
    country = portal.reading.vocabularies["pays"].find(pieces[-1]) if len(pieces) > 1 else None
    town = _TOWN.fullmatch(pieces[-2]) if country else None
    if country is None or town is None:
        return {}
    rest = pieces[:-2]
    street = next((part for part in rest if _STREET.search(part)), "")
    name = ", ".join(part for part in rest if part != street)
    address = {
        "nom": name,
        "rue": street,
        "pays": country.code,
        "code_postal": town[1] or "",
        "commune": town[2],
    }
    values: dict[str, Any] = {"adresse": {key: value for key, value in address.items() if value}}
    lat, lon = parts.get("latitude") or item.point[0], parts.get("longitude") or item.point[1]
    if lat and lon:
        values["coordonnees"] = {"lat": lat, "lon": lon}
    return values


def _told(parts: Mapping[str, str]) -> str:
    town = " ".join(filter(None, (parts.get("code_postal"), parts.get("commune"))))
    return ", ".join(filter(None, (parts.get("nom"), parts.get("rue"), town, parts.get("pays"))))
