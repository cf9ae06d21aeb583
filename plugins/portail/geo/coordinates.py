"""Distances, boxes, and the flat projection of static maps.

Latitudes and longitudes are degrees of WGS 84, in this order everywhere but in GeoJSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import TypeAlias

from msgspec import Struct

# Latitude then longitude, in degrees.
LatLon: TypeAlias = tuple[float, float]

_EARTH_KM = 6371.0088  # mean radius (IUGG)

# Length of a degree of latitude, in kilometres.
KM_PER_DEGREE = radians(1) * _EARTH_KM


def distance_km(first: LatLon, second: LatLon) -> float:
    """Kilometres between two points along the great circle (haversine, spherical Earth: 0.5 %).

    >>> round(distance_km((50.7483, 2.2522), (49.8942, 2.2957)))  # Saint-Omer, Amiens
    95
    """
    (lat1, lon1), (lat2, lon2) = first, second
    rise = sin(radians(lat2 - lat1) / 2) ** 2
    turn = sin(radians(lon2 - lon1) / 2) ** 2
    chord = rise + cos(radians(lat1)) * cos(radians(lat2)) * turn
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))


def ring_km2(ring: Sequence[LatLon]) -> float:
    """Square kilometres that a closed ring surrounds on the sphere (Chamberlain and Duquette,
    « Some Algorithms for Polygons on a Sphere », JPL 2007); its last point is its first.

    >>> round(ring_km2([(49, 2), (49, 3), (50, 3), (50, 2), (49, 2)]))  # a degree of each
    8030
    """
    steps = (
        radians(lon2 - lon1) * (sin(radians(lat1)) + sin(radians(lat2)))
        for (lat1, lon1), (lat2, lon2) in pairwise(ring)
    )
    return abs(sum(steps)) * _EARTH_KM**2 / 2


class BoundingBox(Struct, frozen=True):
    """A box of parallels and meridians, in degrees; it never crosses the antimeridian."""

    sud: float
    ouest: float
    nord: float
    est: float

    @classmethod
    def of(cls, points: Iterable[LatLon]) -> BoundingBox | None:
        """The smallest box that holds ``points``; ``None`` when there are none.

        >>> BoundingBox.of([(50.0, 2.0), (49.0, 3.0)])
        BoundingBox(sud=49.0, ouest=2.0, nord=50.0, est=3.0)
        """
        places = list(points)
        if not places:
            return None
        lats = [lat for lat, _ in places]
        lons = [lon for _, lon in places]
        return cls(min(lats), min(lons), max(lats), max(lons))

    @property
    def centre(self) -> LatLon:
        return (self.sud + self.nord) / 2, (self.ouest + self.est) / 2

    def __contains__(self, point: LatLon) -> bool:
        lat, lon = point
        return self.sud <= lat <= self.nord and self.ouest <= lon <= self.est

    def grown(self, km: float) -> BoundingBox:
        lat = km / KM_PER_DEGREE
        lon = lat / cos(radians(self.centre[0]))
        return BoundingBox(self.sud - lat, self.ouest - lon, self.nord + lat, self.est + lon)

    def framed(self, ratio: float, share: float) -> BoundingBox:
        """A box around this one, in its middle: ``ratio`` times wider than high on the ground,
        with at least ``share`` of its own width and height free on each side.

        >>> BoundingBox(-1, 0, 1, 2).framed(2, 0.25)
        BoundingBox(sud=-1.5, ouest=-2.0, nord=1.5, est=4.0)
        """
        lat, lon = self.centre
        squeeze = cos(radians(lat))
        high = (self.nord - self.sud) * (0.5 + share)
        wide = (self.est - self.ouest) * (0.5 + share) * squeeze
        high, wide = max(high, wide / ratio), max(wide, high * ratio) / squeeze
        return BoundingBox(lat - high, lon - wide, lat + high, lon + wide)

    def meets(self, box: BoundingBox) -> bool:
        return (
            self.sud <= box.nord
            and box.sud <= self.nord
            and self.ouest <= box.est
            and box.ouest <= self.est
        )


@dataclass(frozen=True, slots=True)
class Projection:
    """From degrees to the units of an SVG, y downwards: equirectangular, true to shape at the
    middle.

    The box fills ``width`` units less ``margin`` on each side; the height follows. Raises
    ``ValueError`` for a box without width, or margins that leave none.
    """

    box: BoundingBox
    width: float
    margin: float = 0.0

    # Units of the SVG for one degree of latitude.
    units_per_degree: float = field(init=False, repr=False, compare=False)
    # How much shorter a degree of longitude is than one of latitude.
    _squeeze: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.width <= 2 * self.margin or self.box.est <= self.box.ouest:
            raise ValueError("a map needs some width between its margins")
        squeeze = cos(radians(self.box.centre[0]))
        scale = (self.width - 2 * self.margin) / ((self.box.est - self.box.ouest) * squeeze)
        object.__setattr__(self, "_squeeze", squeeze)
        object.__setattr__(self, "units_per_degree", scale)

    @property
    def units_per_km(self) -> float:
        return self.units_per_degree / KM_PER_DEGREE

    @property
    def grid(self) -> tuple[float, float, float, float]:
        """What undoes it: longitude and latitude of the top left corner, then degrees of one unit
        eastwards and of one southwards.

        >>> Projection(BoundingBox(-1, 2, 1, 3), width=100).grid
        (2.0, 1.0, 0.01, -0.01)
        """
        (north, west), (south, east) = self.latlon(0, 0), self.latlon(1, 1)
        return round(west, 6), round(north, 6), round(east - west, 9), round(south - north, 9)

    @property
    def height(self) -> float:
        return (self.box.nord - self.box.sud) * self.units_per_degree + 2 * self.margin

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Units from the top left corner.

        >>> Projection(BoundingBox(49, 2, 50, 3), width=100).xy(50, 3)
        (100.0, 0.0)
        """
        scale = self.units_per_degree
        x = self.margin + (lon - self.box.ouest) * self._squeeze * scale
        return x, self.margin + (self.box.nord - lat) * scale

    def latlon(self, x: float, y: float) -> LatLon:
        """The point drawn at ``x``, ``y``: the inverse of ``xy``."""
        scale = self.units_per_degree
        lon = self.box.ouest + (x - self.margin) / (self._squeeze * scale)
        return self.box.nord - (y - self.margin) / scale, lon
