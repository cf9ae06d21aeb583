"""GeoJSON (RFC 7946) of points with properties: open data and maps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NotRequired, TypedDict

__all__ = [
    "Feature", "FeatureCollection", "Point", "bounds", "dumps", "feature_collection",
    "point_feature",
]  # fmt: skip

_DECIMALS = 5  # a metre: more would be noise, and another digest


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


class FeatureCollection(TypedDict):
    """A list of features, with the box that holds them (west, south, east, north)."""

    type: str
    bbox: NotRequired[list[float]]
    features: list[Feature]


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


def feature_collection(features: Iterable[Feature]) -> FeatureCollection:
    """Features together, in the order given."""
    items = list(features)
    box = bounds(items)
    if not box:
        return {"type": "FeatureCollection", "features": items}
    return {"type": "FeatureCollection", "bbox": box, "features": items}


def bounds(features: Iterable[Feature]) -> list[float]:
    """The box that holds the features (west, south, east, north); empty when none has a place."""
    places = list(_places(features))
    if not places:
        return []
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    return [min(lons), min(lats), max(lons), max(lats)]


def dumps(document: Feature | FeatureCollection) -> str:
    """Compact JSON, keys in the order given. Raises ``ValueError`` for NaN and infinities."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _places(features: Iterable[Feature]) -> Iterator[list[float]]:
    for feature in features:
        if feature["geometry"] is not None:
            yield feature["geometry"]["coordinates"]
