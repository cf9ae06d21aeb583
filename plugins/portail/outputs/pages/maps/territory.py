"""Maps of a territory and of its communes, numbered as the page lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portail.geo.coordinates import Projection
from portail.geo.outlines import Outline
from portail.geo.places import Commune
from portail.model.collections import Territoire
from portail.outputs.grounds import DEPARTEMENTS, REGION, territory_ground
from portail.outputs.pages.maps.atlas import Atlas, height_of
from portail.outputs.pages.maps.board import MOST, Board, Box, Position, spread, xy_of
from portail.outputs.pages.views.shared import Lien, MapLabel, MapPoint, MapView

_RADIUS = 12
_LETTERS = {"region": 25.0, "territoire": 19.0}


@dataclass(frozen=True, slots=True)
class Spot:
    """A lieu to show: its link, where it is, its number in the page."""

    lien: Lien
    position: Position
    numero: int


def territory_map(
    entry: Territoire, spots: Sequence[Spot], around: Sequence[tuple[str, Lien]], atlas: Atlas
) -> MapView | None:
    """The map of a territory of the region; ``around`` are its neighbours by code. ``None`` for
    one that has no outline."""
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
        width,
        height,
        f"0 0 {width:g} {height}",
        points,
        (
            *_names(entry, outline, atlas, projection, board),
            *_around(around, outline, atlas, projection, board),
        ),
        _COUNTED if len(spots) > MOST else "",
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
    """Each place; or, when they are too many, each commune with how many it has. And the radius of
    what one aims at."""
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
    """The seat of the territory, then its towns, the most populous first; suburbs on the map of an
    EPCI only."""
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


_COUNTED = "Chaque nombre compte les lieux et structures d’une commune."
"""Said below points that number nothing of the list."""


# The map of communes that a list numbers: one point for each.


class Numbered(NamedTuple):
    """A commune, its number in the list, where its point leads, the theme that it shares."""

    commune: Commune
    numero: int
    lien: Lien
    theme: str = ""


def communes_map(title: str, numbered: Sequence[Numbered], atlas: Atlas) -> MapView | None:
    """The map, ``title`` its spoken name; ``None`` without outlines or points. Points that are too
    many show their number and lead nowhere: the list does."""
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
    width, height = projection.width, height_of(projection)
    return MapView(
        "region",
        title,
        DEPARTEMENTS,
        width,
        height,
        f"0 0 {width:g} {height}",
        points,
        tuple(atlas.departements(points, _RADIUS + 3)),
        cible=aim,
    )
