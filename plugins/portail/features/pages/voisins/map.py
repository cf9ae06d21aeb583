"""The map of what several portals announce, and the ground that it is drawn on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from portail.features.services.fonds import board as boards
from portail.features.services.fonds.atlas import Atlas, height_of
from portail.features.services.fonds.communes import RADIUS, region_map
from portail.features.services.fonds.ground import (
    CORNER,
    BaseMapView,
    borders_of,
    pen_of,
    rings_of,
    size_of,
)
from portail.features.services.fonds.outlines import outlines_around, outlines_of
from portail.geo.coordinates import LatLon, Projection
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.views.shared import MapLabel, MapPoint, MapView
from portail.site.site import Site

from .network import has_network

GROUND = "/fonds/reseau.svg"

_WIDE = 668
# Kilometres around the region that the map shows.
_AROUND = 60
_FAR_LETTER = 25.0
# From a point to its name, in heights of a letter.
_GAP = 0.8
# Communes of the neighbours that the map names: those where most is on.
_NAMED = 8


def plan_ground(site: Site) -> Iterator[TemplatePage]:
    if has_network(site) and outlines_of(site.geography):
        yield drawn(site, GROUND, "fond.svg", _ground)


def network_projection(geography: Geography) -> Projection | None:
    """How the map of several portals places things; ``None`` without outlines."""
    region = outlines_of(geography).region
    return Projection(region.box.grown(_AROUND), _WIDE) if region else None


def _ground(site: Site) -> BaseMapView:
    # The region with its départements, and those around it whose outlines are known.
    geography = site.geography
    projection = network_projection(site.geography)
    outlines = outlines_of(geography)
    assert projection is not None and outlines.region is not None
    pen = pen_of(outlines, projection, CORNER)
    around = (neighbour.region for neighbour in outlines_around(geography))
    shown = [region for region in around if region and region.box.meets(projection.box)]
    return BaseMapView(
        *size_of(projection),
        contour=pen.path(rings_of(outlines.region)),
        departements=borders_of(outlines.borders, projection, pen)("departement"),
        region=pen.path(ring for region in shown for ring in rings_of(region)),
    )


def network_map(
    title: str, spots: Sequence[boards.Numbered], atlas: Atlas, legend: str
) -> MapView | None:
    """The map of several portals: a point for each commune, ``voisin`` where nothing is ours."""
    projection = network_projection(atlas.geography)
    if projection is None:
        return None
    inside = [spot for spot in spots if _at(spot.commune) in projection.box]
    names = partial(_far_names, inside, atlas, projection)
    view = region_map(title, GROUND, inside, projection, names)
    return view and replace(view, legende=legend, repere=projection.grid)


def _at(commune: Commune) -> LatLon:
    return commune.lat or 0.0, commune.lon or 0.0


def _far_names(
    spots: Sequence[boards.Numbered],
    atlas: Atlas,
    projection: Projection,
    points: Sequence[MapPoint],
) -> Iterator[MapLabel]:
    # The communes of the neighbours where most is on, then towns of the region.
    board = boards.Board((6, 6, projection.width - 6, height_of(projection) - 6), _FAR_LETTER)
    for point in points:
        board.take(point.x, point.y, RADIUS + 3)
    far = sorted((spot for spot in spots if spot.etat), key=lambda spot: -spot.numero)[:_NAMED]
    towns = [(spot.commune.nom, _at(spot.commune)) for spot in far]
    towns += [(town.commune.nom, town.point) for town in atlas.towns]
    for name, place in dict.fromkeys(towns):
        if label := board.town(name, *boards.xy_of(place, projection), gap=_GAP):
            yield label
