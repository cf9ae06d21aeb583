"""Maps of a page: a cached ground, and the points of this page in the same frame."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Lien

__all__ = ["MapLabel", "MapPoint", "MapView"]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place: a link (its ``note`` is said after its name), where it is drawn, in units of the
    map, and its true place when it was pushed aside; ``numero`` 0 is a point without number."""

    lien: Lien
    x: float
    y: float
    theme: str = ""
    numero: int = 0
    pied: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name written on the map: a town (``ville``) or an area (``zone``)."""

    texte: str
    x: float
    y: float
    sorte: str = "ville"


@dataclass(frozen=True, slots=True)
class MapView:
    """A map. ``fond`` is the address of the ground, drawn in a frame of ``largeur`` × ``hauteur``
    units; ``cadre`` is the ``viewBox`` of what is shown of it. ``titre`` is its spoken name,
    ``credit`` the source of the outlines; ``liste`` tells in words what it shows."""

    titre: str
    fond: str
    largeur: float
    hauteur: float
    cadre: str
    points: tuple[MapPoint, ...] = ()
    etiquettes: tuple[MapLabel, ...] = ()
    credit: Lien | None = None
    liste: tuple[Lien, ...] = ()
