"""The map of a page of the directory: its points have the numbers of the list beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portail.geo.coordinates import Projection
from portail.geo.territories import Commune
from portail.outputs.grounds import REGION
from portail.outputs.pages.maps.atlas import Atlas, height_of
from portail.outputs.pages.maps.board import Board
from portail.outputs.pages.maps.points import MOST, spread, xy_of
from portail.outputs.pages.views.geo import MapLabel, MapPoint, MapView
from portail.outputs.pages.views.shared import Lien
from portail.text.numbers import nombre

__all__ = ["LEGEND", "Placed", "directory_map"]

LEGEND = (
    "Chaque point est au centre de sa commune, avec le numéro de la liste ; une tige y ramène "
    "celui que l’on écarte de ses voisins, un cercle entoure celui que partagent les lieux d’une "
    "commune."
)
"""What is said below the map, whatever it shows."""

_RADIUS, _LETTERS = 12, 25
"""Units: a point; letters on the smallest screen."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A content of the page: its reference, its link, its theme, its commune if it has one."""

    ref: str
    lien: Lien
    theme: str
    commune: Commune | None


def directory_map(
    contents: Sequence[Placed], atlas: Atlas
) -> tuple[MapView | None, Mapping[str, int]]:
    """The map of what a page lists, and the number of the point of each content that it places, by
    reference; no map without outlines.

    Each content has its point, as long as one can aim at them all; beyond, each commune has one.
    They are placed at the centre of their commune.
    """
    projection = atlas.projection
    if projection is None:
        return None, {}
    placed = [(one, one.commune) for one in contents if _drawn(one, atlas)]
    groups: dict[str, list[tuple[Placed, Commune | None]]] = {}
    for one, commune in placed:
        key = one.ref if len(placed) <= MOST or commune is None else commune.code
        groups.setdefault(key, []).append((one, commune))
    points, aim = _points(list(groups.values()), projection)
    width, height = projection.width, height_of(projection)
    view = MapView(
        "region",
        "Carte des lieux de cette page, numérotés comme la liste",
        REGION,
        width,
        height,
        f"0 0 {width:g} {height}",
        points,
        tuple(_towns(points, atlas, projection)),
        _legend(len(contents) - len(placed)),
        atlas.credit,
        cible=aim,
    )
    numbers = {one.ref: rank for rank, some in enumerate(groups.values(), 1) for one, _ in some}
    return view, numbers


def _drawn(one: Placed, atlas: Atlas) -> bool:
    """Whether a content is in a commune of the region."""
    commune = one.commune
    known = commune is not None and commune.lat is not None
    return known and commune is not None and commune.departement in atlas.outlines.departements


def _points(
    groups: Sequence[Sequence[tuple[Placed, Commune | None]]], projection: Projection
) -> tuple[tuple[MapPoint, ...], float]:
    """A point for each group; and the radius of what one aims at."""
    true = []
    for group in groups:
        commune = group[0][1]
        assert commune is not None and commune.lat is not None and commune.lon is not None
        true.append(xy_of((commune.lat, commune.lon), projection))
    moved, aim = spread(true, projection, _RADIUS + 3)
    aimed = len(groups) <= MOST
    return tuple(
        MapPoint(
            _link(group, rank) if aimed else Lien(""),
            *there,
            _theme(group),
            rank,
            None if there == place else place,
            nombre=len(group),
        )
        for rank, (group, place, there) in enumerate(zip(groups, true, moved, strict=True), 1)
    ), aim


def _link(group: Sequence[tuple[Placed, Commune | None]], rank: int) -> Lien:
    """A content; or, of a commune that has several, the first of them in the list."""
    (first, commune), *others = group
    if not others or commune is None:
        return Lien(first.lien.texte, first.lien.url, commune.nom if commune else "")
    return Lien(commune.nom, f"#Point-{rank}", f"{nombre(len(group))} lieux")


def _theme(group: Sequence[tuple[Placed, Commune | None]]) -> str:
    """The theme that all share."""
    themes = {one.theme for one, _ in group}
    return "".join(themes) if len(themes) == 1 else ""


def _towns(points: Sequence[MapPoint], atlas: Atlas, projection: Projection) -> Iterator[MapLabel]:
    """Names of towns, where no point is."""
    board = Board((6, 6, projection.width - 6, projection.height - 6), _LETTERS)
    for point in points:
        board.take(point.x, point.y, _RADIUS + 3)
        if point.pied:
            board.take(*point.pied, 4)
    for town in atlas.towns:
        if label := board.town(town.commune.nom, town.x, town.y):
            yield label


def _legend(unplaced: int) -> str:
    if not unplaced:
        return LEGEND
    if unplaced == 1:
        left = "Un lieu de cette page n’a pas de commune dans la région : il est"
    else:
        left = (
            f"{nombre(unplaced)} lieux de cette page n’ont pas de commune dans la région : ils sont"
        )
    return f"{LEGEND} {left} dans la liste seulement."
