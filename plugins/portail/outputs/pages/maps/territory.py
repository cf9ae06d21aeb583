"""Maps of a territory and of its communes, numbered as the page lists them; of several portals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from portail.geo.coordinates import LatLon, Projection
from portail.geo.outlines import Outline
from portail.geo.places import Commune
from portail.model.collections import Territoire
from portail.outputs.grounds import (
    DEPARTEMENTS,
    NETWORK,
    REGION,
    network_projection,
    territory_ground,
)
from portail.outputs.pages.maps.atlas import WORDS, Atlas, height_of, whole
from portail.outputs.pages.maps.board import MOST, Board, Box, Position, spread, xy_of
from portail.outputs.pages.views.shared import Lien, MapLabel, MapPoint, MapView

_RADIUS = 12
_LETTERS = {"region": 25.0, "territoire": 19.0}


class Spot(Struct, frozen=True):
    """A lieu to show: its link, where it is, its number in the page."""

    lien: Lien
    position: Position
    numero: int


def territory_map(
    entry: Territoire, spots: Sequence[Spot], around: Sequence[tuple[str, Lien]], atlas: Atlas
) -> MapView | None:
    """The map of a territory; ``around``: its neighbours by code. ``None`` without an outline."""
    drawn = _drawn(entry, atlas)
    if drawn is None:
        return None
    forme, fond, projection, outline = drawn
    width, height = projection.width, height_of(projection)
    points, aim = _points(spots, projection)
    board = Board((6, 6, width - 6, height - 6), _LETTERS[forme])
    for point in points:
        board.take(point.x, point.y, _RADIUS + 3)
        if point.pied:
            board.take(*point.pied, 4)
    return MapView(
        forme,
        f"Carte : {entry.titre}",
        fond,
        *whole(projection),
        points,
        (
            *_names(entry, outline, atlas, projection, board),
            *_around(around, outline, atlas, projection, board),
        ),
        WORDS["lieux"] if len(spots) > MOST else "",
        cible=aim,
        repere=() if forme == "region" else projection.grid,
    )


def _drawn(entry: Territoire, atlas: Atlas) -> tuple[str, str, Projection, Outline] | None:
    """Form of the map, its ground, the frame and the outline of the territory."""
    ground = territory_ground(entry, atlas.geography)
    if ground:
        return "territoire", ground.url, ground.projection, ground.outline
    region = atlas.outlines.region
    if entry.type != "region" or region is None or region.code != entry.code:
        return None
    assert atlas.projection is not None
    return "region", REGION, atlas.projection, region


def _points(spots: Sequence[Spot], projection: Projection) -> tuple[tuple[MapPoint, ...], float]:
    """Each place, or each commune if they are many; and the radius of what one aims at."""
    shown = list(spots)
    if len(spots) > MOST:
        count = Counter(one.position for one in spots)
        shown = [
            Spot(Lien(place.commune.nom if place.commune else ""), place, number)
            for place, number in count.most_common(MOST)
        ]
    true = [xy_of(one.position.point, projection) for one in shown]
    moved, aim = spread(true, projection, _RADIUS + 3)
    return tuple(
        MapPoint(one.lien, *there, "", one.numero, None if there == place else place)
        for one, place, there in zip(shown, true, moved, strict=True)
    ), aim


def _names(
    entry: Territoire, outline: Outline, atlas: Atlas, projection: Projection, board: Board
) -> Iterator[MapLabel]:
    """The seat of the territory, then its towns; suburbs on the map of an EPCI only."""
    geography = atlas.geography
    seat = geography.by_code(entry.siege) if entry.siege else None
    local = geography.epci(outline.code) is not None
    towns = geography.towns if local else [town.commune for town in atlas.towns]
    box = outline.box
    for town in dict.fromkeys((*([seat] if seat else []), *towns)):
        if town.lat is None or town.lon is None:
            continue
        place = town.lat, town.lon
        if place not in box or place not in outline:
            continue
        if label := board.town(town.nom, *xy_of(place, projection)):
            yield label


def _around(
    around: Sequence[tuple[str, Lien]],
    outline: Outline,
    atlas: Atlas,
    projection: Projection,
    board: Board,
) -> Iterator[MapLabel]:
    """Neighbours, each named where it is seen and outside of the territory."""
    outlines, own = atlas.outlines, outline.box
    for code, link in around:
        other = outlines.epci.get(code) or outlines.departements.get(code)
        seen = _seen(other, projection) if other else None
        if other is None or seen is None:
            continue

        def fits(box: Box, other: Outline = other) -> bool:
            left, top, right, bottom = box
            middle = projection.latlon((left + right) / 2, (top + bottom) / 2)
            corners = ((x, y) for x in (left, (left + right) / 2, right) for y in (top, bottom))
            places = (projection.latlon(*one) for one in corners)
            return middle in other and not any(one in own and one in outline for one in places)

        label = board.area(link.texte, *seen, "voisin", fits, link.url)
        if label:
            yield label


def _seen(outline: Outline, projection: Projection) -> tuple[float, float] | None:
    """About the middle of what the frame shows of an outline."""
    north, west = projection.latlon(0, 0)
    south, east = projection.latlon(projection.width, projection.height)
    inside = [
        projection.xy(lat, lon)
        for polygon in outline.polygons
        for lat, lon in polygon[0]
        if south <= lat <= north and west <= lon <= east
    ]
    if not inside:
        return None
    return sum(x for x, _ in inside) / len(inside), sum(y for _, y in inside) / len(inside)


class Numbered(NamedTuple):
    """A commune, its number in the list, where its point leads, the theme that it shares."""

    commune: Commune
    numero: int
    lien: Lien
    theme: str = ""


def communes_map(title: str, numbered: Sequence[Numbered], atlas: Atlas) -> MapView | None:
    """The map, ``None`` without outlines or points; points that are too many lead nowhere."""
    projection = atlas.projection
    known = [one for one in numbered if one.commune.lat is not None]
    if projection is None or not known:
        return None
    true = [xy_of((one.commune.lat or 0.0, one.commune.lon or 0.0), projection) for one in known]
    moved, aim = spread(true, projection, _RADIUS + 3)
    aimed = len(known) <= MOST
    points = tuple(
        MapPoint(
            one.lien if aimed else Lien(""),
            *there,
            one.theme,
            one.numero,
            None if there == place else place,
        )
        for one, place, there in zip(known, true, moved, strict=True)
    )
    return MapView(
        "region",
        title,
        DEPARTEMENTS,
        *whole(projection),
        points,
        tuple(atlas.departements(points, _RADIUS + 3)),
        cible=aim,
    )


_FAR_LETTER = 25.0
_GAP = 0.8
"""From a point to its name, in heights of a letter."""
_NAMED = 8
"""Communes of the neighbours that the map names: those where most is on."""


class Gathered(NamedTuple):
    """A commune, how much is on there, where its point leads; ``loin``: nothing of it is ours."""

    commune: Commune
    nombre: int
    url: str
    loin: bool


def network_map(title: str, spots: Sequence[Gathered], atlas: Atlas, legend: str) -> MapView | None:
    """The map; ``None`` without outlines or points. Points that are too many lead nowhere."""
    projection = network_projection(atlas.geography)
    known = [*_inside(spots, projection)] if projection else []
    if projection is None or not known:
        return None
    true = [xy_of(place, projection) for _, place in known]
    moved, aim = spread(true, projection, _RADIUS + 3)
    aimed = len(known) <= MOST
    points = tuple(
        MapPoint(
            Lien(one.commune.nom, one.url, f"{one.nombre} rendez-vous") if aimed else Lien(""),
            *there,
            numero=one.nombre if one.nombre > 1 else 0,
            pied=None if there == place else place,
            etat="voisin" if one.loin else "",
        )
        for (one, _), place, there in zip(known, true, moved, strict=True)
    )
    return MapView(
        "region",
        title,
        NETWORK,
        *whole(projection),
        points,
        tuple(_far_names(known, points, atlas, projection)),
        legend,
        cible=aim,
        repere=projection.grid,
    )


def _inside(spots: Sequence[Gathered], projection: Projection) -> Iterator[tuple[Gathered, LatLon]]:
    """Those that the frame shows, and where they are."""
    for one in spots:
        lat, lon = one.commune.lat, one.commune.lon
        if lat is not None and lon is not None and (lat, lon) in projection.box:
            yield one, (lat, lon)


def _far_names(
    known: Sequence[tuple[Gathered, LatLon]],
    points: Sequence[MapPoint],
    atlas: Atlas,
    projection: Projection,
) -> Iterator[MapLabel]:
    """The communes of the neighbours where most is on, then towns of the region."""
    board = Board((6, 6, projection.width - 6, height_of(projection) - 6), _FAR_LETTER)
    for point in points:
        board.take(point.x, point.y, _RADIUS + 3)
    far = sorted((one for one in known if one[0].loin), key=lambda one: -one[0].nombre)[:_NAMED]
    towns = [(one.commune.nom, place) for one, place in far]
    for name, place in dict.fromkeys(
        (*towns, *((one.commune.nom, one.point) for one in atlas.towns))
    ):
        if label := board.town(name, *xy_of(place, projection), gap=_GAP):
            yield label
