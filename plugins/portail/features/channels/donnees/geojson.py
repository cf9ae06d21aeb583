"""GeoJSON (RFC 7946) of points with properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict

_DECIMALS = 5
"""Of degrees: a metre. More would be noise, and another digest."""


class Point(TypedDict):
    """A position: longitude **then** latitude."""

    type: str
    coordinates: list[float]


class Feature(TypedDict):
    """A point and what is said of it; ``geometry`` is ``None`` for what has no place."""

    type: str
    id: NotRequired[str]
    geometry: Point | None
    properties: dict[str, object]


def point_feature(
    lat: float | None, lon: float | None, properties: Mapping[str, object], *, id: str = ""
) -> Feature:
    """One feature. Raises ``ValueError`` for an impossible position or half of one.

    >>> point_feature(50.7025, 2.2433, {"nom": "La Coupole"})["geometry"]
    {'type': 'Point', 'coordinates': [2.2433, 50.7025]}
    """
    feature: Feature = {"type": "Feature", "geometry": None, "properties": dict(properties)}
    if id:
        feature = {"type": "Feature", "id": id, "geometry": None, "properties": dict(properties)}
    if lat is None and lon is None:
        return feature
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"not a position: latitude {lat}, longitude {lon}")
    place = [round(lon, _DECIMALS), round(lat, _DECIMALS)]
    feature["geometry"] = {"type": "Point", "coordinates": place}
    return feature


def bounds(features: Iterable[Feature]) -> list[float]:
    """The box that holds the features (west, south, east, north); empty when none has a place."""
    places = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    if not places:
        return []
    lons = [lon for lon, _ in places]
    lats = [lat for _, lat in places]
    return [min(lons), min(lats), max(lons), max(lats)]
