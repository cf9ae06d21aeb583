"""The map of the tour of a tool: its stops, the ways from one to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from portail.features.services.fondsdecarte import board as boards
from portail.features.services.fondsdecarte.atlas import WORDS, Atlas, whole
from portail.features.services.fondsdecarte.drawing import DEPARTEMENTS, LabelPlace
from portail.outputs.pages.views.shared import Lien, MapPoint, MapView
from portail.site.positions import Position

# Units: a point with its ring.
_RADIUS = 17
# How far a way leaves the straight line, of its length: a way back does not hide the way there.
_BEND = 0.12


class Stop(NamedTuple):
    """A stop of a tour."""

    numero: int
    lien: Lien
    position: Position | None
    # ``fait``, ``ici`` or ``avenir``.
    etat: str
    # Which copy goes there.
    exemplaire: int


def tour_map(stops: Sequence[Stop], atlas: Atlas, name: str) -> MapView | None:
    """The map of stops in order of time; ``None`` without any in the region, or with too many."""
    projection = atlas.projection
    placed = [stop for stop in stops if stop.position and atlas.holds(stop.position)]
    if projection is None or not placed or len(placed) > boards.MOST:
        return None
    spots = [stop.position.point for stop in placed if stop.position]
    places, aim = boards.spread(spots, projection, _RADIUS + 2)
    points = tuple(
        MapPoint(stop.lien, numero=stop.numero, etat=stop.etat, **place)
        for stop, place in zip(placed, places, strict=True)
    )
    return MapView(
        "tournee",
        WORDS["tournee"].format(nom=name),
        DEPARTEMENTS,
        *whole(projection),
        points=points,
        etiquettes=tuple(atlas.departements(points, _RADIUS)),
        legende=_legend(placed, len(stops)),
        cible=aim,
        fixe=True,
        trajets=tuple(_ways(placed, points)),
    )


def _ways(stops: Sequence[Stop], points: Sequence[MapPoint]) -> Iterator[tuple[str, bool]]:
    # From each stop of a copy to its next one, if it is elsewhere.
    by_copy: dict[int, list[tuple[Stop, LabelPlace]]] = defaultdict(list)
    for stop, point in zip(stops, points, strict=True):
        by_copy[stop.exemplaire].append((stop, (point.x, point.y)))
    for copy, some in by_copy.items():
        if copy:
            for (_, (x1, y1)), (stop, (x2, y2)) in pairwise(some):
                bend_x = (x1 + x2) / 2 + _BEND * (y2 - y1)
                bend_y = (y1 + y2) / 2 - _BEND * (x2 - x1)
                way = f"M{x1:g} {y1:g}Q{bend_x:.0f} {bend_y:.0f} {x2:g} {y2:g}"
                yield way, stop.etat != "avenir"


def _legend(placed: Sequence[Stop], count: int) -> str:
    text = WORDS["numeros"]
    if any(stop.etat == "avenir" for stop in placed) and len(placed) > 1:
        text += WORDS["traits"]
    unplaced = count - len(placed)
    if unplaced:
        text += f" ; {unplaced} étape{'s' * (unplaced > 1)} hors de la carte ou sans commune connue"
    return f"{text}."
