"""The plan of a parcours: its steps, numbered, in their order and at their true distances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from portail.geo.coordinates import BoundingBox, Projection, distance_km
from portail.outputs.pages.maps.atlas import Atlas, height_of
from portail.outputs.pages.maps.board import Board
from portail.outputs.pages.maps.points import MOST, spread, xy_of
from portail.outputs.pages.maps.positions import Position
from portail.outputs.pages.views.geo import Echelle, MapLabel, MapPoint, MapView
from portail.outputs.pages.views.shared import Lien

__all__ = ["Step", "legs", "route_map"]

_WIDTH, _RATIO, _ROOM = 600.0, 2.0, 0.3
_LEAST_KM = 0.15
"""Steps of one street are not drawn as if they were far apart."""
_RADIUS, _LETTER = 15, 19.0
_SCALES = (20, 10, 5, 2, 1, 0.5, 0.2, 0.1)
_SCALE_MOST = 130
"""Kilometres that the scale may show, and how long it may be, in units."""

Step = tuple[Lien, Position | None, str]
"""A step: its link, where it is, its theme."""


def route_map(steps: Sequence[Step], atlas: Atlas, name: str) -> MapView | None:
    """The plan, without a ground; ``None`` when fewer than two places are known, or too many."""
    placed = [(rank, *one) for rank, one in enumerate(steps, start=1) if one[1]]
    spots = [position.point for _, _, position, _ in placed if position]
    box = BoundingBox.of(dict.fromkeys(spots))
    if box is None or len(set(spots)) < 2 or len(spots) > MOST:
        return None
    projection = Projection(box.grown(_LEAST_KM).framed(_RATIO, _ROOM), _WIDTH)
    true = [xy_of(spot, projection) for spot in spots]
    moved, aim = spread(true, projection, _RADIUS + 3)
    points = tuple(
        MapPoint(link, *there, theme, rank, None if there == place else place)
        for (rank, link, _, theme), place, there in zip(placed, true, moved, strict=True)
    )
    height = height_of(projection)
    trace = "L".join(f"{x:g} {y:g}" for x, y in moved)
    return MapView(
        "parcours",
        f"Plan : {name}",
        "",
        _WIDTH,
        height,
        f"0 0 {_WIDTH:g} {height}",
        points,
        tuple(_towns(points, atlas, projection)),
        _legend(placed, len(steps), [position for _, _, position, _ in placed if position]),
        cible=aim,
        trace=f"M{trace}",
        echelle=_scale(projection, height),
        repere=projection.grid if atlas.outlines else (),
    )


def _towns(points: Sequence[MapPoint], atlas: Atlas, projection: Projection) -> Iterator[MapLabel]:
    """Towns of the region that are seen, where there is room."""
    height = height_of(projection)
    board = Board((6, 6, _WIDTH - 6, height - 34), _LETTER)
    for point in points:
        board.take(point.x, point.y, _RADIUS)
    for town in atlas.towns:
        x, y = xy_of(town.point, projection)
        if 0 < x < _WIDTH and 0 < y < height and (label := board.town(town.commune.nom, x, y)):
            yield label


def _scale(projection: Projection, height: float) -> Echelle:
    km = next(one for one in _SCALES if one * projection.units_per_km <= _SCALE_MOST)
    return Echelle(round(km * projection.units_per_km, 1), distance(km), height - 14)


def _legend(placed: Sequence[object], count: int, positions: Sequence[Position]) -> str:
    text = "Plan sans fond de carte : les étapes dans leur ordre, reliées à vol d’oiseau."
    if not all(one.exacte for one in positions):
        text += " Une étape sans adresse précise est placée à la mairie de sa commune."
    if len(placed) < count:
        text += " Une étape dont on ne connaît pas l’endroit n’y est pas."
    return text


def legs(steps: Sequence[Step]) -> tuple[str, ...]:
    """How far each step is from the one before; ``""`` for the first, and where it is not known:
    two places of one commune, one at least without a precise address."""
    found = [""]
    for (_, before, _), (_, after, _) in pairwise(steps):
        found.append(_leg(before, after) if before and after else "")
    return tuple(found)


def _leg(one: Position, other: Position) -> str:
    if one.commune == other.commune and not (one.exacte and other.exacte):
        return ""
    return distance(distance_km(one.point, other.point))


def distance(km: float) -> str:
    """A distance as one says it.

    >>> distance(0.43), distance(1.24), distance(12.3)
    ('450\\xa0m', '1,2\\xa0km', '12\\xa0km')
    """
    if km < 0.975:
        return f"{max(50, 50 * round(20 * km))}\u00a0m"
    text = f"{km:.0f}" if km >= 10 else f"{km:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}\u00a0km"
