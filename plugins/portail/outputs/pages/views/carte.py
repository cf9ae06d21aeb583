"""The map of what not to miss, and the list beside it."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.shared import Lien, Vide

__all__ = ["CarteView", "CommuneCarte", "DepartementCarte", "LigneCarte"]


@dataclass(frozen=True, slots=True)
class LigneCarte:
    """A content: its link, whose note says when and ``fin`` its last day; ``theme`` is the code of
    its first theme or ``""``; ``vedette`` what editors put forward."""

    lien: Lien
    theme: str = ""
    vedette: bool = False


@dataclass(frozen=True, slots=True)
class CommuneCarte:
    """A commune and what it holds; ``numero`` is that of its point (0: none), ``ancre`` where the
    point leads, ``reste`` where those are that are not told."""

    nom: str
    ancre: str
    numero: int
    lignes: tuple[LigneCarte, ...]
    reste: Lien | None = None


@dataclass(frozen=True, slots=True)
class DepartementCarte:
    """A département, whose page is ``lien.url`` if there is one; or what is elsewhere."""

    lien: Lien
    communes: tuple[CommuneCarte, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarteView(PageView):
    """A page of the map. ``choix`` are its pages, this one among them; ``donnees`` the same as open
    data; ``vide`` says what to do when there is nothing."""

    chapo: str
    choix: tuple[Lien, ...]
    departements: tuple[DepartementCarte, ...]
    carte: MapView | None
    donnees: tuple[Lien, ...]
    vide: Vide | None = None
