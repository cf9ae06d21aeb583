"""The map of a territory: its places, numbered as the page lists them, its towns and neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from portail.features.services.fonds import board as boards
from portail.features.services.fonds.atlas import WORDS, Atlas, height_of, whole
from portail.features.services.fonds.communes import RADIUS
from portail.features.services.fonds.ground import REGION
from portail.features.services.fonds.outlines import Outline
from portail.geo.coordinates import Projection
from portail.outputs.pages.views.shared import Lien, MapLabel, MapPoint, MapView
from portail.site.item import Item
from portail.site.positions import Position

from .ground import ground_of
from .model import Territoire

_LETTERS = {"region": 25.0, "territoire": 19.0}


class LieuMarker(Struct, frozen=True):
    """A lieu to show: its link, where it is, its number in the page."""

    lien: Lien
    position: Position
    numero: int


def territory_map(
    item: Item, spots: Sequence[LieuMarker], around: Sequence[tuple[str, Lien]], atlas: Atlas
) -> MapView | None:
    """The map of a territory; ``around``: its neighbours by code. ``None`` without an outline."""
    entry = item.of(Territoire)
    drawn = _drawn(entry, atlas, item.url)
    if drawn is None:
        return None
    forme, fond, projection, outline = drawn
    width = projection.width
    height = height_of(projection)
    points, aim = _points(spots, projection)
    board = boards.Board((6, 6, width - 6, height - 6), _LETTERS[forme])
    for point in points:
        board.take(point.x, point.y, RADIUS + 3)
        if point.pied:
            board.take(*point.pied, 4)
    return MapView(
        forme,
        f"Carte : {entry.titre}",
        fond,
        *whole(projection),
        points=points,
        etiquettes=(
            *_names(entry, outline, atlas, projection, board),
            *_around(around, outline, atlas, projection, board),
        ),
        legende=WORDS["lieux"] if len(spots) > boards.FEW else "",
        cible=aim,
        repere=() if forme == "region" else projection.grid,
    )


def _drawn(
    entry: Territoire, atlas: Atlas, page: str
) -> tuple[str, str, Projection, Outline] | None:
    ground = ground_of(entry, atlas.geography, page)
    if ground:
        return "territoire", ground.url, ground.projection, ground.outline
    region = atlas.outlines.region
    if entry.type != "region" or region is None or region.code != entry.code:
        return None
    assert atlas.projection is not None
    return "region", REGION, atlas.projection, region


def _points(
    spots: Sequence[LieuMarker], projection: Projection
) -> tuple[tuple[MapPoint, ...], float]:
    # Each place, or each commune if they are many; and the radius of what one aims at.
    shown = list(spots)
    if len(spots) > boards.FEW:
        count = Counter(marker.position for marker in spots)
        shown = [
            LieuMarker(Lien(place.commune.nom if place.commune else ""), place, number)
            for place, number in count.most_common(boards.MOST)
        ]
    places, aim = boards.spread([marker.position.point for marker in shown], projection, RADIUS + 3)
    return tuple(
        MapPoint(marker.lien, numero=marker.numero, **place)
        for marker, place in zip(shown, places, strict=True)
    ), aim


def _names(
    entry: Territoire, outline: Outline, atlas: Atlas, projection: Projection, board: boards.Board
) -> Iterator[MapLabel]:
    # The seat of the territory, then its towns; suburbs on the map of an EPCI only.
    geography = atlas.geography
    seat = None
    if entry.siege:
        seat = geography.by_code(entry.siege)
    local = geography.epci(outline.code) is not None
    towns = geography.towns if local else [town.commune for town in atlas.towns]
    box = outline.box
    for town in dict.fromkeys(filter(None, (seat, *towns))):
        if town.lat is None or town.lon is None:
            continue
        place = town.lat, town.lon
        if place not in box or place not in outline:
            continue
        if label := board.town(town.nom, *boards.xy_of(place, projection)):
            yield label


def _around(
    around: Sequence[tuple[str, Lien]],
    outline: Outline,
    atlas: Atlas,
    projection: Projection,
    board: boards.Board,
) -> Iterator[MapLabel]:
    # Neighbours, each named where it is seen and outside of the territory.
    outlines = atlas.outlines
    inner = outline.box
    for code, link in around:
        neighbour = outlines.epci.get(code) or outlines.departements.get(code)
        centre = None
        if neighbour:
            centre = _visible_centre(neighbour, projection)
        if neighbour is None or centre is None:
            continue

        def fits(box: boards.Box, neighbour: Outline = neighbour) -> bool:
            left, top, right, bottom = box
            middle = projection.latlon((left + right) / 2, (top + bottom) / 2)
            corners: list[tuple[float, float]] = []
            for x in (left, (left + right) / 2, right):
                corners.extend((x, y) for y in (top, bottom))
            places = (projection.latlon(*corner) for corner in corners)
            return middle in neighbour and not any(
                place in inner and place in outline for place in places
            )

        label = board.area(link.texte, *centre, "voisin", fits, link.url)
        if label:
            yield label


def _visible_centre(outline: Outline, projection: Projection) -> tuple[float, float] | None:
    north, west = projection.latlon(0, 0)
    south, east = projection.latlon(projection.width, projection.height)
    inside: list[tuple[float, float]] = []
    for polygon in outline.polygons:
        inside.extend(
            projection.xy(lat, lon)
            for lat, lon in polygon[0]
            if south <= lat <= north and west <= lon <= east
        )
    if not inside:
        return None
    return sum(x for x, _ in inside) / len(inside), sum(y for _, y in inside) / len(inside)
