"""The map of a territory: its places, numbered as the page lists them, its towns and neighbours.

The base map of each territory that has a page: one SVG file, without text.
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
from portail.site.item import Item
from portail.site.positions import Position
from portail.site.urls import DRAFTS

from .model import Territoire

if TYPE_CHECKING:
    from portail.site.site import Site


_WIDTH = 600
_RATIO = 600 / 640
# Share of its frame that is left free around the territory.
_ROOM = 0.14
# Square units below which a corner is not drawn.
_CORNER = 4.0


class Ground(Struct, frozen=True):
    """The base map of one territory: its address, and where it shows what is drawn on it."""

    url: str
    projection: Projection
    outline: Outline


def plan_grounds(site: Site) -> Iterator[TemplatePage]:
    """The ground of each territory that has a page, but of the region itself, drafts that are
    shared too. Nothing without outlines, which the salt covers as all of ``data/``."""
    if not outlines_of(site.geography):
        return
    drafts = (item for item in site.drafts.values() if item.entry.kind is Kind.TERRITOIRE)
    for item in (*site.of_kind(Kind.TERRITOIRE), *drafts):
        if ground := ground_of(item.of(Territoire), site.geography, item.url):
            yield drawn(site, ground.url, "fond.svg", _show, item.ref)


def ground_of(entry: Territoire, geography: Geography, page: str) -> Ground | None:
    """The ground of a territory of the region, larger than the map of the whole, for its page;
    ``None`` for the region itself and for what has no outline."""
    outlines = outlines_of(geography)
    by_code = outlines.departements if entry.type == "departement" else outlines.epci
    outline = by_code.get(entry.code or "")
    if outline is None or entry.type == "region":
        return None
    box = outline.box.framed(_RATIO, _ROOM)
    public = f"/fonds/territoires/{entry.slug}.svg"
    url = f"{page}fond.svg" if page.startswith(DRAFTS) else public
    return Ground(url, Projection(box, _WIDTH), outline)


def _show(site: Site, ref: str) -> BaseMapView:
    item = site.items[ref]
    geography = site.geography
    ground = ground_of(item.of(Territoire), geography, item.url)
    assert ground
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
    places = ((commune.lat, commune.lon) for commune in geography.communes_of(epci))
    placed = ((lat, lon) for lat, lon in places if lat is not None and lon is not None)
    return dots(placed, projection)


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
