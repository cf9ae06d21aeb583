"""Outlines of a region, its départements and its EPCI, as ``outils/contours.py`` draws them.

The file is a TopoJSON: borders are written once, and are the same line at every level.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

from portail.diagnostics import DataError
from portail.geo.coordinates import BoundingBox, LatLon, Projection, ring_km2
from portail.geo.places import Region, territoire_slug
from portail.geo.territories import Geography
from portail.resources import Folder

if TYPE_CHECKING:
    from portail.site.site import Site

# Points joined by straight lines; the last point of a ring is its first.
Line: TypeAlias = tuple[LatLon, ...]

# The widest territory that a border bounds; ``dehors`` when it lies outside the region.
Level: TypeAlias = Literal["region", "departement", "epci", "dehors"]

_DECIMALS = 6
_WIDTH = 668
_MARGIN = 34
# How many times higher than wide the frame of a region may be: Corse alone would be more.
_TALLEST = 1.4
_EPCI = "epci"
_DEPARTEMENTS = "departements"
_REGION = "region"


class Outline(Struct, frozen=True):
    """A territory as it is drawn: its polygons, each an outer ring then its holes."""

    code: str
    polygons: tuple[tuple[Line, ...], ...]

    @property
    def box(self) -> BoundingBox:
        box = BoundingBox.of(chain.from_iterable(polygon[0] for polygon in self.polygons))
        assert box is not None, "an outline has points"
        return box

    @property
    def km2(self) -> float:
        """Area in square kilometres, within 1 % of the official one of a département."""
        return sum(
            ring_km2(polygon[0]) - sum(map(ring_km2, polygon[1:])) for polygon in self.polygons
        )

    @property
    def middle(self) -> LatLon:
        return max((_weighed(polygon[0]) for polygon in self.polygons), key=itemgetter(0))[1]

    def __contains__(self, point: LatLon) -> bool:
        """Whether a point is inside (even-odd rule; on the border itself, undecided)."""
        lat, lon = point
        odd = False
        for ring in chain.from_iterable(self.polygons):
            for (lat1, lon1), (lat2, lon2) in pairwise(ring):
                if (lat1 > lat) != (lat2 > lat):
                    crossing = lon1 + (lat - lat1) * (lon2 - lon1) / (lat2 - lat1)
                    odd ^= lon < crossing
        return odd


def _weighed(ring: Line) -> tuple[float, LatLon]:
    # Area of a ring, in square degrees, and its centre of gravity (shoelace formula).
    (lat0, lon0), area, lat, lon = ring[0], 0.0, 0.0, 0.0
    for (lat1, lon1), (lat2, lon2) in pairwise(ring):
        part = (lon1 - lon0) * (lat2 - lat0) - (lon2 - lon0) * (lat1 - lat0)
        area += part
        lat += part * (lat0 + lat1 + lat2) / 3
        lon += part * (lon0 + lon1 + lon2) / 3
    if area:
        return (abs(area) / 2, (lat / area, lon / area))
    return (0.0, ring[0])


class Border(Struct, frozen=True):
    """A line between two places where borders meet; ``epci`` are the SIREN of one or both sides."""

    line: Line
    level: Level
    epci: tuple[str, ...]


class Outlines:
    """The outlines of one region, read when first asked for; none without a file. Raises
    ``DataError``.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @classmethod
    def load(cls, data: Folder, region: Region | None) -> Outlines:
        path = None
        if region:
            path = data / cls.file_of(region)
        if path and path.is_file():
            return cls(path)
        return cls()

    @staticmethod
    def file_of(region: Region) -> str:
        """Where the tables hold those of a region: ``contours/<slug of the region>.json``."""
        return f"contours/{territoire_slug(region)}.json"

    def __bool__(self) -> bool:
        return self._path is not None

    @property
    def credit(self) -> tuple[str, str]:
        """Source and licence (SPDX) of the outlines, both empty without any."""
        return self._drawn.credit

    @property
    def epci(self) -> Mapping[str, Outline]:
        """By SIREN, the EPCI that have a commune in the region, whole."""
        return self._drawn.outlines[_EPCI]

    @property
    def departements(self) -> Mapping[str, Outline]:
        """By code, the départements of the region."""
        return self._drawn.outlines[_DEPARTEMENTS]

    @property
    def region(self) -> Outline | None:
        return next(iter(self._drawn.outlines[_REGION].values()), None)

    def of(self, key: str) -> Outline | None:
        """The outline of a territory, by its key (``site.territories``)."""
        region = self.region
        if region and key == f"R{region.code}":
            return region
        return self.epci.get(key) or self.departements.get(key)

    @cached_property
    def projection(self) -> Projection | None:
        """How maps of the whole region place things: 600 units wide, room for echo lines around."""
        region = self.region
        if region is None:
            return None
        box = region.box
        framed = region.box.framed(1 / _TALLEST, 0)
        if framed.est > box.est + 1e-6:
            box = framed
        return Projection(box, _WIDTH, _MARGIN)

    def neighbours(self, code: str) -> tuple[str, ...]:
        """Codes of the EPCI (or départements) that share a border with the one of ``code``, in
        order; none for an unknown code."""
        return self._neighbours.get(code, ())

    @cached_property
    def borders(self) -> tuple[Border, ...]:
        """Every border, once: what a map draws."""
        drawn = self._drawn
        region = self.region
        borders = []
        for rank, line in enumerate(drawn.arcs):
            (lat1, lon1), (lat2, lon2) = line[:2]
            level: Level = "dehors"
            if rank in drawn.users[_REGION]:
                level = "region"
            elif rank in drawn.users[_DEPARTEMENTS]:
                level = "departement"
            elif region and ((lat1 + lat2) / 2, (lon1 + lon2) / 2) in region:
                level = "epci"
            borders.append(Border(line, level, tuple(sorted(drawn.users[_EPCI].get(rank, ())))))
        return tuple(borders)

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[str, ...]]:
        beside: dict[str, set[str]] = defaultdict(set)
        for name in (_EPCI, _DEPARTEMENTS):
            for codes in self._drawn.users[name].values():
                for code in codes:
                    beside[code].update(codes)
        return {code: tuple(sorted(codes - {code})) for code, codes in beside.items()}

    @cached_property
    def _drawn(self) -> _Drawn:
        if self._path is None:
            empty: dict[str, Any] = {name: {} for name in (_EPCI, _DEPARTEMENTS, _REGION)}
            return _Drawn(("", ""), (), empty, empty)
        try:
            return _drawn(json.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
            raise DataError(f"{self._path}: {error!r}") from error


@lru_cache(4)
def outlines_of(geography: Geography) -> Outlines:
    if geography.data:
        return Outlines.load(geography.data, geography.home)
    return Outlines()


class _Drawn(Struct, frozen=True):
    """A TopoJSON read: its arcs, and by object the outlines of its areas and the codes of the areas
    that each arc bounds."""

    credit: tuple[str, str]
    arcs: tuple[Line, ...]
    outlines: Mapping[str, Mapping[str, Outline]]
    users: Mapping[str, Mapping[int, Sequence[str]]]


def _drawn(file: Any) -> _Drawn:
    arcs = tuple(_line(arc, **file["transform"]) for arc in file["arcs"])
    outlines: dict[str, dict[str, Outline]] = {}
    users: dict[str, dict[int, list[str]]] = {}
    for name in (_EPCI, _DEPARTEMENTS, _REGION):
        outlines[name] = {}
        users[name] = defaultdict(list)
        for shape in file["objects"][name]["geometries"]:
            polygons = shape["arcs"]
            if shape["type"] != "MultiPolygon":
                polygons = [polygons]
            code = shape["id"]
            rings = tuple(tuple(_ring(ring, arcs) for ring in polygon) for polygon in polygons)
            outlines[name][code] = Outline(code, rings)
            for number in (number for polygon in polygons for ring in polygon for number in ring):
                users[name][_forward(number)].append(code)
    return _Drawn((file["source"], file["licence"]), arcs, outlines, users)


def _forward(number: int) -> int:
    if number >= 0:
        return number
    return ~number


def _ring(numbers: Iterable[int], arcs: Sequence[Line]) -> Line:
    parts = (arcs[_forward(number)][:: 1 if number >= 0 else -1] for number in numbers)
    points = list(chain.from_iterable(part[:-1] for part in parts))
    return (*points, points[0])


def _line(
    steps: Iterable[Sequence[int]], scale: Sequence[float], translate: Sequence[float]
) -> Line:
    # Points of an arc, in degrees: the file counts steps of a grid, from east and north.
    points = []
    x = y = 0
    for east, north in steps:
        x = x + east
        y = y + north
        lat = y * scale[1] + translate[1]
        lon = x * scale[0] + translate[0]
        points.append((round(lat, _DECIMALS), round(lon, _DECIMALS)))
    return tuple(points)


_NO_OUTLINES = (
    "Contours de la région inconnus : data/{file} n’existe pas, le site n’a aucune carte. "
    '→ Dessinez-les comme le dit data/README.md : python outils/contours.py "{name}"\n'
)


def lacks(site: Site) -> Iterator[str]:
    home = site.geography.home
    if home and not outlines_of(site.geography):
        yield _NO_OUTLINES.format(file=Outlines.file_of(home), name=home.nom)
