"""The map of communes that a list numbers: one point for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from portail.geo.territories import Commune
from portail.outputs.grounds import DEPARTEMENTS
from portail.outputs.pages.maps.atlas import Atlas, height_of
from portail.outputs.pages.maps.points import MOST, spread, xy_of
from portail.outputs.pages.views.geo import MapPoint, MapView
from portail.outputs.pages.views.shared import Lien

__all__ = ["Numbered", "communes_map"]

_RADIUS = 12


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
    text = "Les numéros sont ceux de la liste"
    if any(point.pied for point in points):
        text += " ; une tige relie à sa commune un numéro écarté de ses voisins"
    return MapView(
        "region",
        title,
        DEPARTEMENTS,
        width,
        height,
        f"0 0 {width:g} {height}",
        points,
        tuple(atlas.departements(points, _RADIUS + 3)),
        f"{text}.",
        atlas.credit,
        cible=aim,
    )
