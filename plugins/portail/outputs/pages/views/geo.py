"""Maps of a page: a cached ground, and the points of this page in the same frame."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Lien

__all__ = ["Echelle", "MapLabel", "MapPoint", "MapView"]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place: a link (its ``note`` is said after its name), where it is drawn, in units of the
    map, and its true place when it was pushed aside; ``numero`` 0 is a point without number;
    ``etat`` tells a stop that is over (``fait``), under way (``ici``) or to come (``avenir``);
    ``nombre`` is how many contents it gathers."""

    lien: Lien
    x: float
    y: float
    theme: str = ""
    numero: int = 0
    pied: tuple[float, float] | None = None
    etat: str = ""
    nombre: int = 1


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name written on the map, line by line, its first line on the baseline ``x``, ``y``.

    ``sorte`` is a town (``ville``, with a dot at ``pied``), the place itself (``ici``), an area
    (``zone``) or a neighbour (``voisin``), whose ``url`` is its page if it has one; ``ancre`` the
    SVG ``text-anchor``. ``loin`` names fit wide windows only.
    """

    lignes: tuple[str, ...]
    x: float
    y: float
    sorte: str = "ville"
    ancre: str = "start"
    pied: tuple[float, float] | None = None
    url: str = ""
    loin: bool = False


@dataclass(frozen=True, slots=True)
class Echelle:
    """A scale: how many units are ``texte`` (« 500 m »), at which height it is drawn."""

    longueur: float
    texte: str
    y: float


@dataclass(frozen=True, slots=True)
class MapView:
    """A map. ``forme`` is ``region``, ``territoire``, ``lieu`` (a window on the region around one
    point) or ``parcours`` (steps that a line joins, ``trace``, with a scale and no ground).
    ``fond`` is the address of the ground, drawn in a frame of ``largeur`` × ``hauteur`` units,
    empty without outlines; ``cadre`` is the ``viewBox`` of what is shown of it. ``titre`` is its
    spoken name, ``legende`` what is written below, ``credit`` the source of the outlines;
    ``liste`` tells in words what it shows; ``cible`` is the radius of what one aims at; ``repere``
    is the grid of its projection (``Projection.grid``), unless it is that of the whole region; a
    map is ``fixe`` when its ground or its ways say what no other would. ``trajets`` are the ways
    from a stop to the next (SVG paths), and whether each is done."""

    forme: str
    titre: str
    fond: str
    largeur: float
    hauteur: float
    cadre: str
    points: tuple[MapPoint, ...] = ()
    etiquettes: tuple[MapLabel, ...] = ()
    legende: str = ""
    credit: Lien | None = None
    liste: tuple[Lien, ...] = ()
    cible: float = 16
    trace: str = ""
    echelle: Echelle | None = None
    repere: tuple[float, ...] = ()
    fixe: bool = False
    trajets: tuple[tuple[str, bool], ...] = ()

    @property
    def dessinee(self) -> bool:
        """Whether there is something to draw, not only a list."""
        return bool(self.fond or self.trace)
