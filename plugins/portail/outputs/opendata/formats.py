"""The formats of open data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["FORMATS"]

FORMATS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "json": ("JSON", "application/json"),
        "csv": ("CSV", "text/csv; charset=utf-8"),
        "geojson": ("GeoJSON", "application/geo+json"),
    }
)
"""Name and media type of each format: RFC 8259, RFC 4180, RFC 7946."""
