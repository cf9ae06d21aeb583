"""The map of a territory, in two layers: a ground, and what is shown on it.

The ground is one SVG file without text for each territory that has a page: its outline, borders and
communes. The page shows on it the places that it lists, by their numbers, the names of towns, and
links to neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from portail.features.services.fondsdecarte import board as boards
from portail.features.services.fondsdecarte.atlas import RADIUS, WORDS, Atlas, height_of, whole
from portail.features.services.fondsdecarte.drawing import (
    REGION,
    BaseMapView,
    borders_of,
    dots,
    pen_of,
    region_base_map,
    rings_of,
    size_of,
)
from portail.features.services.fondsdecarte.outlines import Outline, outlines_of
from portail.geo.coordinates import Projection
from portail.geo.places import Epci
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.views.shared import Lien, MapLabel, MapPoint, MapView
from portail.site.positions import Position
from portail.site.territories import code_of, territory_code
from portail.site.urls import DRAFTS

from .derived import page_of_area
from .model import Territoire

if TYPE_CHECKING:
    from portail.site.site import Site


_WIDTH = 600
_RATIO = 600 / 640
# Share of the frame that is left free around the territory.
_ROOM = 0.14
# Square units: a corner of an outline whose triangle is smaller is not drawn.
_CORNER = 4.0
# Size of the letters, by the form of the map.
_LETTERS = {"region": 25.0, "territoire": 19.0}


class Ground(Struct, frozen=True):
    """What the map of a territory is drawn on: the address of its picture, where that shows a place
    of the Earth, the outline of the territory."""

    url: str
    projection: Projection
    outline: Outline


def plan_grounds(site: Site) -> Iterator[TemplatePage]:
    """The ground of each territory that has a page, that of a shared draft too, of others of the
    region, except the region, which has the map of the whole. Nothing without outlines."""
    if not outlines_of(site.geography):
        return
    drafts = (item for item in site.drafts.values() if item.entry.kind is Kind.TERRITOIRE)
    for item in (*site.of_kind(Kind.TERRITOIRE), *drafts):
        if ground := ground_of(item.of(Territoire), site.geography, item.url):
            yield drawn(site, ground.url, "fond.svg", _show, item.ref)
    for code in map(territory_code, site.geography.home_territoires):
        entry, url = page_of_area(site, code)
        ground = ground_of(entry, site.geography, url)
        if ground and not site.territory_page(code):
            yield drawn(site, ground.url, "fond.svg", _bare, code)


def ground_of(entry: Territoire, geography: Geography, page: str) -> Ground | None:
    """The ground of a territory for its ``page``, closer than the map of the region; ``None`` for
    the region itself, and without an outline."""
    outline = outlines_of(geography).of(code_of(entry))
    if outline is None or entry.type == "region":
        return None
    box = outline.box.framed(_RATIO, _ROOM)
    public = f"/fonds/territoires/{entry.slug}.svg"
    url = f"{page}fond.svg" if page.startswith(DRAFTS) else public
    return Ground(url, Projection(box, _WIDTH), outline)


def _show(site: Site, ref: str) -> BaseMapView:
    item = site.items[ref]
    return ground_view(item.of(Territoire), item.url, site.geography)


def _bare(site: Site, code: str) -> BaseMapView:
    return ground_view(*page_of_area(site, code), site.geography)


def ground_view(entry: Territoire, page: str, geography: Geography) -> BaseMapView:
    """What is drawn of a territory, the region or one that has an outline."""
    ground = ground_of(entry, geography, page)
    if ground is None:
        return region_base_map(geography)
    projection = ground.projection
    outlines = outlines_of(geography)
    pen = pen_of(outlines, projection, _CORNER)
    borders = borders_of(outlines.borders, projection, pen)
    epci = geography.epci(ground.outline.code)
    return BaseMapView(
        *size_of(projection),
        contour=pen.path(rings_of(ground.outline)),
        epci=borders("epci", "dehors"),
        departements=borders("departement"),
        region=borders("region"),
        communes=_communes(epci, geography, projection) if epci else "",
    )


def _communes(epci: Epci, geography: Geography, projection: Projection) -> str:
    places = (commune.point for commune in geography.communes_of(epci))
    return dots(filter(None, places), projection)


class LieuMarker(Struct, frozen=True):
    """A lieu to show: its link, where it is, its number in the list of the page."""

    lien: Lien
    position: Position
    numero: int


def territory_map(
    entry: Territoire,
    page: str,
    spots: Sequence[LieuMarker],
    around: Sequence[tuple[str, Lien]],
    atlas: Atlas,
) -> MapView | None:
    """The map of a territory, on its ``page``; ``around`` are its neighbours, each with its code.
    ``None`` without an outline."""
    ground = ground_of(entry, atlas.geography, page)
    region = atlas.outlines.of(code_of(entry))
    if ground is None and region and atlas.projection:
        ground = Ground(REGION, atlas.projection, region)
    if ground is None:
        return None
    projection = ground.projection
    is_region = ground.url == REGION
    forme = "region" if is_region else "territoire"
    points, aim = _points(spots, projection)
    board = boards.Board((6, 6, projection.width - 6, height_of(projection) - 6), _LETTERS[forme])
    for point in points:
        board.take(point.x, point.y, RADIUS + 3)
        if point.pied:
            board.take(*point.pied, 4)
    return MapView(
        forme,
        f"Carte : {entry.titre}",
        ground.url,
        *whole(projection),
        points=points,
        etiquettes=(
            *_towns(entry, ground, atlas, board),
            *_neighbours(around, ground, atlas, board),
        ),
        legende=WORDS["lieux"] if len(spots) > boards.FEW else "",
        cible=aim,
        repere=() if is_region else projection.grid,
    )


def _points(
    spots: Sequence[LieuMarker], projection: Projection
) -> tuple[tuple[MapPoint, ...], float]:
    # Each place, or if they are many each position with the number of its places; and the radius
    # around a point within which a click is for it.
    shown = spots
    if len(spots) > boards.FEW:
        count = Counter(marker.position for marker in spots)
        shown = [
            LieuMarker(Lien(position.commune.nom if position.commune else ""), position, number)
            for position, number in count.most_common(boards.MOST)
        ]
    places, aim = boards.spread([marker.position.point for marker in shown], projection, RADIUS + 3)
    return tuple(
        MapPoint(marker.lien, numero=marker.numero, **place)
        for marker, place in zip(shown, places, strict=True)
    ), aim


def _towns(
    entry: Territoire, ground: Ground, atlas: Atlas, board: boards.Board
) -> Iterator[MapLabel]:
    # Names of the seat of the territory, then of its towns; of suburbs on the map of an EPCI alone.
    geography = atlas.geography
    outline = ground.outline
    seat = geography.by_code(entry.siege) if entry.siege else None
    local = geography.epci(outline.code) is not None
    towns = geography.towns if local else [town.commune for town in atlas.towns]
    box = outline.box
    for town in dict.fromkeys(filter(None, (seat, *towns))):
        place = town.point
        if place is None or place not in box or place not in outline:
            continue
        if label := board.town(town.nom, *boards.xy_of(place, ground.projection)):
            yield label


def _neighbours(
    around: Sequence[tuple[str, Lien]], ground: Ground, atlas: Atlas, board: boards.Board
) -> Iterator[MapLabel]:
    # Links to neighbours, each in the part of it that the map shows.
    projection = ground.projection
    outline = ground.outline
    territory = outline.box
    for code, link in around:
        neighbour = atlas.outlines.of(code)
        centre = _visible_centre(neighbour, projection) if neighbour else None
        if neighbour is None or centre is None:
            continue

        def fits(box: boards.Box, neighbour: Outline = neighbour) -> bool:
            # Whether a name has its middle in the neighbour and is nowhere in the territory.
            left, top, right, bottom = box
            middle = projection.latlon((left + right) / 2, (top + bottom) / 2)
            corners: list[tuple[float, float]] = []
            for x in (left, (left + right) / 2, right):
                corners.extend((x, y) for y in (top, bottom))
            places = (projection.latlon(*corner) for corner in corners)
            return middle in neighbour and not any(
                place in territory and place in outline for place in places
            )

        label = board.area(link.texte, *centre, "voisin", fits, link.url)
        if label:
            yield label


def _visible_centre(outline: Outline, projection: Projection) -> tuple[float, float] | None:
    # The mean of the corners of an outline that the map shows.
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
