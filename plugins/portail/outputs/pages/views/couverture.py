"""Where nothing happens yet."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.shared import Lien

__all__ = ["ClasseView", "CouvertureView", "ZoneView"]


@dataclass(frozen=True, slots=True)
class ZoneView:
    """An EPCI: its name and département, what there is of rendez-vous and of places, in words; who
    and what could come, each with its distance as a note."""

    lien: Lien
    agenda: str
    lieux: str
    acteurs: tuple[Lien, ...] = ()
    outils: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True)
class ClasseView:
    """EPCI that lack the same: ``code`` is that of the map's pattern, ``sens`` what it means."""

    code: str
    titre: str
    sens: str
    zones: tuple[ZoneView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouvertureView(PageView):
    """``carte`` shows the classes as patterns; ``methode`` says how they are told, ``fichier``
    leads to the same as a table."""

    chapo: str
    classes: tuple[ClasseView, ...]
    carte: MapView | None
    methode: str
    fichier: Lien
    proposer: tuple[Lien, ...]
