"""What the maps of one build share, the small map of a place, the map of the directory.

Communes of the region on a map, numbered as a page lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import atan2, ceil, cos, degrees, radians
from typing import NamedTuple

from msgspec.structs import replace

from portail.geo.coordinates import LatLon, Projection, distance_km
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.outputs.pages.views.shared import Lien, MapLabel, MapPoint, MapView
from portail.resources import rows_of
from portail.site.memo import per_site
from portail.site.positions import Position
from portail.site.site import Site
from portail.text.typography import nombre, typeset

from . import board as boards
from .drawing import DEPARTEMENTS, REGION
from .outlines import outlines_of

# What is said of maps.
WORDS: Mapping[str, str] = rows_of("services.fondsdecarte", "mots")
# Where something is from here, eighth of a turn by eighth of a turn.
_WINDS: Sequence[str] = rows_of("services.fondsdecarte", "mots")["vents"]
_HALF_WIDE = 240
# Halves of the window on one place, at its widest.
_HALF_HIGH = 65
_NEAR_WIDE = 96
# Halves of what every screen shows of it.
_NEAR_HIGH = 60
# Half of what wide screens show.
_FAR_WIDE = 166
_LETTER = 8.5
_POINT = 9
# Units: letters of a map of the region on the smallest screen.
_REGION_LETTER = 25
_SUBURB_KM = 10


class Town(NamedTuple):
    """A town, its latitude and longitude, and where maps of the region place it."""

    commune: Commune
    point: LatLon
    x: float
    y: float


class Atlas:
    """The region's frame and towns, each worked out once, when a page first asks for it."""

    def __init__(self, geography: Geography) -> None:
        self.geography = geography
        self.outlines = outlines_of(geography)
        self._windows: dict[tuple[float, float, str], tuple[MapLabel, ...]] = {}

    @cached_property
    def projection(self) -> Projection | None:
        return self.outlines.projection

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """Towns of the region, the most populous first, without suburbs of another."""
        projection = self.projection
        towns: list[Town] = []
        if projection:
            for commune in self.geography.towns:
                assert projection and commune.lat is not None and commune.lon is not None
                here = commune.lat, commune.lon
                if all(distance_km(here, town.point) > _SUBURB_KM for town in towns):
                    x, y = projection.xy(*here)
                    towns.append(Town(commune, here, round(x, 1), round(y, 1)))
        return tuple(towns)

    def departements(self, points: Iterable[MapPoint], radius: float) -> Iterator[MapLabel]:
        """Names of the départements on a map of the whole region, where no point is."""
        projection = self.projection
        if projection is None:
            return
        board = boards.Board((0, 0, projection.width, projection.height), _REGION_LETTER)
        for point in points:
            board.take(point.x, point.y, radius)
        for code, outline in self.outlines.departements.items():
            departement = self.geography.departement(code)
            x, y = projection.xy(*outline.middle)
            if label := board.area(departement.nom if departement else code, x, y, "zone"):
                yield label

    def place_map(self, position: Position | None, name: str, theme: str) -> MapView | None:
        """The map of one place; ``None`` when it is not in the region, or without outlines."""
        projection = self.projection
        if position is None or projection is None or not self.holds(position):
            return None
        x, y = (round(number, 1) for number in projection.xy(*position.point))
        commune = position.commune
        where = self._where(position)
        return MapView(
            "lieu",
            f"Carte : {name}, {where}" if where else f"Carte : {name}",
            REGION,
            largeur=projection.width,
            hauteur=height_of(projection),
            cadre=f"{x - _HALF_WIDE:g} {y - _HALF_HIGH:g} {2 * _HALF_WIDE} {2 * _HALF_HIGH}",
            points=(MapPoint(Lien(name), x, y, theme),),
            etiquettes=self._names_around(x, y, commune.nom if commune else ""),
        )

    def draws(self, commune: Commune) -> bool:
        return commune.lat is not None and commune.departement in self.outlines.departements

    def holds(self, position: Position) -> bool:
        if position.commune:
            return position.commune.departement in self.outlines.departements
        region = self.outlines.region
        return region is not None and position.point in region

    def _where(self, position: Position) -> str:
        commune = position.commune
        parts = []
        if commune:
            parts = [f"{commune.nom} ({commune.departement})"]
        if self.towns and commune not in self.geography.towns:
            near = min(self.towns, key=lambda town: distance_km(position.point, town.point))
            far = far_phrase(position.point, near.point)
            parts.append(f"Ville la plus proche : {near.commune.nom}, {far}")
        return typeset(". ".join((*parts, "")).strip())

    def _names_around(self, x: float, y: float, name: str) -> tuple[MapLabel, ...]:
        # The commune's name beside the point, then towns; the same for all of the commune.
        labels = self._windows.get((x, y, name))
        if labels is None:
            labels = self._windows[x, y, name] = tuple(self._window(x, y, name))
        return labels

    def _window(self, x: float, y: float, own: str) -> Iterator[MapLabel]:
        near = _box(x, y, _NEAR_WIDE, _NEAR_HIGH)
        board = boards.Board(_box(x, y, _FAR_WIDE, _NEAR_HIGH), _LETTER)
        board.take(x, y, _POINT)
        name = None
        if own:
            name = board.town(own, x, y, sorte="ici", gap=1.4, frame=near)
        if name:
            yield name
        for town in self.towns:
            written = town.commune.nom
            spot = (town.x, town.y)
            if written == own or abs(town.x - x) > _FAR_WIDE or abs(town.y - y) > _NEAR_HIGH:
                continue
            if label := board.town(written, *spot, frame=near):
                yield label
            elif label := board.town(written, *spot):
                yield replace(label, loin=True)


@per_site
def atlas_of(site: Site) -> Atlas:
    return Atlas(site.geography)


def far_phrase(start: LatLon, end: LatLon) -> str:
    """How far and in which direction ``end`` is from ``start``.

    >>> far_phrase((50.7, 2.24), (50.75, 2.26))
    'à 6\\xa0km au nord'
    """
    (lat1, lon1), (lat2, lon2) = start, end
    east = (lon2 - lon1) * cos(radians((lat1 + lat2) / 2))
    wind = _WINDS[round(degrees(atan2(east, lat2 - lat1)) / 45) % 8]
    return f"à {nombre(max(1, round(distance_km(start, end))))}\u00a0km {wind}"


def _box(x: float, y: float, wide: float, high: float) -> boards.Box:
    return x - wide, y - high, x + wide, y + high


def height_of(projection: Projection) -> int:
    return ceil(round(projection.height, 3))


def whole(projection: Projection) -> tuple[float, int, str]:
    """Width and height of a frame, the ``viewBox`` of all of it."""
    width = projection.width
    height = height_of(projection)
    return width, height, f"0 0 {width:g} {height}"


# Of a point, in units of its map.
_RADIUS = 12
# Height of letters on the smallest screen, in the same units.
_LETTERS = 25


class Placed(NamedTuple):
    """A content of the page: its reference, its link, its theme, its commune."""

    ref: str
    lien: Lien
    theme: str
    commune: Commune


def directory_map(
    contents: Sequence[Placed], atlas: Atlas
) -> tuple[MapView | None, Mapping[str, int]]:
    """The map of what a page lists, and the number of the point of each content, by reference; none
    without outlines. Contents too many to aim at share the point of their commune."""
    projection = atlas.projection
    if projection is None:
        return None, {}
    placed = [content for content in contents if atlas.draws(content.commune)]
    groups: dict[str, list[Placed]] = {}
    for content in placed:
        groups.setdefault(
            content.ref if len(placed) <= boards.MOST else content.commune.code, []
        ).append(content)
    numbered = [
        boards.Numbered(
            towns[0].commune, rank, _link(towns, rank), boards.common_theme(towns), len(towns)
        )
        for rank, towns in enumerate(groups.values(), 1)
    ]
    points, aim = boards.commune_points(numbered, projection, _RADIUS + 3)
    view = MapView(
        "region",
        WORDS["page"],
        REGION,
        *whole(projection),
        points=points,
        etiquettes=tuple(_towns(points, atlas, projection)),
        cible=aim,
    )
    ranks: dict[str, int] = {}
    for rank, group in enumerate(groups.values(), 1):
        ranks |= dict.fromkeys((content.ref for content in group), rank)
    return view, ranks


def _link(group: Sequence[Placed], rank: int) -> Lien:
    # A content; or, of a commune that has several, the first of them in the list.
    first = group[0].lien
    commune = group[0].commune.nom
    if len(group) == 1:
        return Lien(first.texte, first.url, commune)
    return Lien(commune, f"#Point-{rank}", f"{nombre(len(group))} lieux")


def _towns(points: Sequence[MapPoint], atlas: Atlas, projection: Projection) -> Iterator[MapLabel]:
    board = boards.Board((6, 6, projection.width - 6, projection.height - 6), _LETTERS)
    for point in points:
        board.take(point.x, point.y, _RADIUS + 3)
        if point.pied:
            board.take(*point.pied, 4)
    for town in atlas.towns:
        if label := board.town(town.commune.nom, town.x, town.y):
            yield label


def place_maps(site: Site, position: Position | None, name: str, theme: str) -> Iterator[MapView]:
    """The map around a place, where one is drawn."""
    if view := atlas_of(site).place_map(position, name, theme):
        yield view


# Of a point, in units of its map.
RADIUS = 12


def communes_map(title: str, numbered: Sequence[boards.Numbered], atlas: Atlas) -> MapView | None:
    """The map of the communes that a list numbers, ``None`` without outlines or points; points that
    are too many lead nowhere."""
    located = [entry for entry in numbered if entry.commune.lat is not None]
    projection = atlas.projection
    if projection is None or not located:
        return None
    points, aim = boards.commune_points(located, projection, RADIUS + 3)
    names = tuple(atlas.departements(points, radius=RADIUS + 3))
    frame = whole(projection)
    return MapView(
        "region", title, DEPARTEMENTS, *frame, points=points, etiquettes=names, cible=aim
    )
