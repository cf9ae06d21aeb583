"""The map of several portals: the region and what is around it, in one frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from portail.geo.coordinates import LatLon, Projection
from portail.geo.places import Commune
from portail.outputs.grounds import NETWORK, network_projection
from portail.outputs.pages.maps.atlas import Atlas, height_of
from portail.outputs.pages.maps.board import MOST, Board, spread, xy_of
from portail.outputs.pages.views.shared import Lien, MapLabel, MapPoint, MapView

_RADIUS, _LETTER = 12, 25.0
_GAP = 0.8
"""From a point to its name, in heights of a letter."""
_NAMED = 8
"""Communes of the neighbours that the map names: those where most is on."""
_LEGEND = "Un point par commune, pleine chez nous, cerclée chez un voisin."


class Spot(NamedTuple):
    """A commune, how much is on there, where its point leads; ``loin``: nothing of it is ours."""

    commune: Commune
    nombre: int
    url: str
    loin: bool


def network_map(spots: Sequence[Spot], atlas: Atlas) -> MapView | None:
    """The map; ``None`` without outlines or points. Points that are too many lead nowhere."""
    projection = network_projection(atlas.geography)
    if projection is None:
        return None
    known = [
        (one, place)
        for one in spots
        if one.commune.lat is not None and one.commune.lon is not None
        for place in ((one.commune.lat, one.commune.lon),)
        if place in projection.box
    ]
    if not known:
        return None
    true = [xy_of(place, projection) for _, place in known]
    moved, aim = spread(true, projection, _RADIUS + 3)
    points = tuple(
        MapPoint(
            Lien(one.commune.nom, one.url, f"{one.nombre} rendez-vous")
            if len(known) <= MOST
            else Lien(""),
            *there,
            numero=one.nombre if one.nombre > 1 else 0,
            pied=None if there == place else place,
            etat="voisin" if one.loin else "",
        )
        for (one, _), place, there in zip(known, true, moved, strict=True)
    )
    width, height = projection.width, height_of(projection)
    return MapView(
        "region",
        "Carte : les rendez-vous des portails voisins",
        NETWORK,
        width,
        height,
        f"0 0 {width:g} {height}",
        points,
        tuple(_names(known, points, atlas, projection)),
        _LEGEND,
        cible=aim,
        repere=projection.grid,
    )


def _names(
    known: Sequence[tuple[Spot, LatLon]],
    points: Sequence[MapPoint],
    atlas: Atlas,
    projection: Projection,
) -> Iterator[MapLabel]:
    """The communes of the neighbours where most is on, then towns of the region."""
    board = Board((6, 6, projection.width - 6, height_of(projection) - 6), _LETTER)
    for point in points:
        board.take(point.x, point.y, _RADIUS + 3)
    far = sorted((one for one in known if one[0].loin), key=lambda one: -one[0].nombre)[:_NAMED]
    towns = [(one.commune.nom, place) for one, place in far]
    for name, place in dict.fromkeys(
        (*towns, *((one.commune.nom, one.point) for one in atlas.towns))
    ):
        if label := board.town(name, *xy_of(place, projection), gap=_GAP):
            yield label
