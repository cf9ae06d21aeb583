"""The map of a parcours: its steps, how far each is from the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from portail.features.services.fondsdecarte import board as boards
from portail.features.services.fondsdecarte.atlas import WORDS, Atlas, height_of, whole
from portail.geo.coordinates import BoundingBox, Projection, distance_km
from portail.outputs.pages.views.shared import Echelle, Lien, MapLabel, MapPoint, MapView
from portail.site.positions import Position
from portail.text.typography import distance

_WIDTH = 600.0
_RATIO = 2.0
_ROOM = 0.3
# Steps of one street are not drawn as if they were far apart.
_LEAST_KM = 0.15
_RADIUS = 15
_LETTER = 19.0
_SCALES = (20, 10, 5, 2, 1, 0.5, 0.2, 0.1)
# Kilometres that the scale may show, and how long it may be, in units.
_SCALE_MOST = 130

# A step: its link, where it is, its theme.
Step = tuple[Lien, Position | None, str]


def route_map(steps: Sequence[Step], atlas: Atlas, name: str) -> MapView | None:
    """The plan, without a ground; ``None`` for fewer than two known places, or too many."""
    placed = [(rank, *step) for rank, step in enumerate(steps, start=1) if step[1]]
    spots = [position.point for _, _, position, _ in placed if position]
    box = BoundingBox.of(dict.fromkeys(spots))
    if box is None or len(set(spots)) < 2 or len(spots) > boards.MOST:
        return None
    projection = Projection(box.grown(_LEAST_KM).framed(_RATIO, _ROOM), _WIDTH)
    places, aim = boards.spread(spots, projection, _RADIUS + 3)
    points = tuple(
        MapPoint(link, theme=theme, numero=rank, **place)
        for (rank, link, _, theme), place in zip(placed, places, strict=True)
    )
    trace = "L".join(f"{point.x:g} {point.y:g}" for point in points)
    unit = projection.units_per_km
    km = next(scale for scale in _SCALES if scale * unit <= _SCALE_MOST)
    return MapView(
        "parcours",
        WORDS["parcours"].format(nom=name),
        "",
        *whole(projection),
        points=points,
        etiquettes=tuple(_towns(points, atlas, projection)),
        legende=_legend(placed, len(steps), [position for _, _, position, _ in placed if position]),
        cible=aim,
        trace=f"M{trace}",
        echelle=Echelle(round(km * unit, 1), distance(km), height_of(projection) - 14),
        repere=projection.grid if atlas.outlines else (),
    )


def _towns(points: Sequence[MapPoint], atlas: Atlas, projection: Projection) -> Iterator[MapLabel]:
    height = height_of(projection)
    board = boards.Board((6, 6, _WIDTH - 6, height - 34), _LETTER)
    for point in points:
        board.take(point.x, point.y, _RADIUS)
    for town in atlas.towns:
        x, y = boards.xy_of(town.point, projection)
        if 0 < x < _WIDTH and 0 < y < height and (label := board.town(town.commune.nom, x, y)):
            yield label


def _legend(placed: Sequence[object], count: int, positions: Sequence[Position]) -> str:
    text = WORDS["sans_fond"]
    if not all(position.exacte for position in positions):
        text += WORDS["mairie"]
    if len(placed) < count:
        text += WORDS["absente"]
    return text


def legs(steps: Sequence[Step]) -> tuple[str, ...]:
    """How far each step is from the one before; ``""`` for the first, and where it is not known."""
    texts = [""]
    for (_, before, _), (_, after, _) in pairwise(steps):
        texts.append(_leg(before, after) if before and after else "")
    return tuple(texts)


def _leg(start: Position, end: Position) -> str:
    if start.commune == end.commune and not (start.exacte and end.exacte):
        return ""
    return distance(distance_km(start.point, end.point))
