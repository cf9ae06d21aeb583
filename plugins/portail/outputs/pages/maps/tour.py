"""The map of a tool on tour: its stops, numbered as its page lists them, and the ways between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from portail.geo.relaxation import Place
from portail.outputs.grounds import DEPARTEMENTS
from portail.outputs.pages.maps.atlas import Atlas, height_of
from portail.outputs.pages.maps.points import MOST, spread, xy_of
from portail.outputs.pages.maps.positions import Position
from portail.outputs.pages.views.geo import MapPoint, MapView
from portail.outputs.pages.views.shared import Lien

__all__ = ["Stop", "tour_map"]

_RADIUS = 17
"""Units: a point with its ring."""
_BEND = 0.12
"""How far a way leaves the straight line, of its length: a way back does not hide the way there."""


class Stop(NamedTuple):
    """A stop: its number in the page and the link to it, where it is, whether it is over
    (``fait``), under way (``ici``) or to come (``avenir``), which copy goes there."""

    numero: int
    lien: Lien
    position: Position | None
    etat: str
    exemplaire: int


def tour_map(stops: Sequence[Stop], atlas: Atlas, name: str) -> MapView | None:
    """The map of stops given in order of time; ``None`` when none of them is known to be in the
    region, or when there are too many to aim at."""
    projection = atlas.projection
    placed = [one for one in stops if one.position and atlas.holds(one.position)]
    if projection is None or not placed or len(placed) > MOST:
        return None
    true = [xy_of(one.position.point, projection) for one in placed if one.position]
    moved, aim = spread(true, projection, _RADIUS + 2)
    points = tuple(
        MapPoint(one.lien, *there, "", one.numero, None if there == place else place, one.etat)
        for one, place, there in zip(placed, true, moved, strict=True)
    )
    height = height_of(projection)
    return MapView(
        "tournee",
        f"Carte : les étapes de {name}",
        DEPARTEMENTS,
        projection.width,
        height,
        f"0 0 {projection.width:g} {height}",
        points,
        tuple(atlas.departements(points, _RADIUS)),
        _legend(placed, len(stops)),
        atlas.credit,
        cible=aim,
        fixe=True,
        trajets=tuple(_ways(placed, moved)),
    )


def _ways(stops: Sequence[Stop], places: Sequence[Place]) -> Iterator[tuple[str, bool]]:
    """From each stop of a copy to its next one, if it is elsewhere."""
    by_copy: dict[int, list[tuple[Stop, Place]]] = defaultdict(list)
    for stop, place in zip(stops, places, strict=True):
        by_copy[stop.exemplaire].append((stop, place))
    for copy, some in by_copy.items():
        for (_, (x1, y1)), (stop, (x2, y2)) in pairwise(some) if copy else ():
            bend_x = (x1 + x2) / 2 + _BEND * (y2 - y1)
            bend_y = (y1 + y2) / 2 - _BEND * (x2 - x1)
            way = f"M{x1:g} {y1:g}Q{bend_x:.0f} {bend_y:.0f} {x2:g} {y2:g}"
            yield way, stop.etat != "avenir"


def _legend(placed: Sequence[Stop], count: int) -> str:
    text = "Les numéros sont ceux de la liste"
    if any(one.etat == "avenir" for one in placed) and len(placed) > 1:
        text += " ; un trait plein est fait, un trait pointillé est à venir"
    left = count - len(placed)
    if left:
        text += f" ; {left} étape{'s' * (left > 1)} hors de la carte ou sans commune connue"
    return f"{text}."
