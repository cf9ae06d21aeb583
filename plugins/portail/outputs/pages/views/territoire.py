"""What only the page of a territory shows."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Fait, Lien, Vide

__all__ = ["Acteur", "PresView", "RoleView", "TerritoireView"]


@dataclass(frozen=True, slots=True)
class Acteur:
    """A lieu or structure, what and where it is (``lien.note``), its number on the map (0: the map
    does not show it)."""

    lien: Lien
    numero: int = 0


@dataclass(frozen=True, slots=True)
class RoleView:
    """Those who play one role; ``definition`` says in a few words what they do."""

    titre: str
    definition: str
    acteurs: tuple[Acteur, ...]


@dataclass(frozen=True, slots=True)
class PresView:
    """Who could come and what can be borrowed, the nearest first, each with how far it is as a
    note; where all of them are (site paths)."""

    acteurs: tuple[Lien, ...]
    outils: tuple[Lien, ...]
    annuaire: str
    catalogue: str


@dataclass(frozen=True, slots=True)
class TerritoireView:
    """``roles`` are who brings science there, ``autres`` how many more the directory has;
    ``departements`` are those of a region, ``membres`` what it is made of, under
    ``titre_membres``; ``voisins`` the territories around; ``comptes`` what the page holds, each
    with its number as a note; ``identite`` its figures; ``reseaux`` the networks of elsewhere to
    which its places belong; ``pres`` who could come; ``vide`` stands for its agenda."""

    roles: tuple[RoleView, ...] = ()
    autres: Lien | None = None
    departements: tuple[Lien, ...] = ()
    titre_membres: str = ""
    membres: tuple[Lien, ...] = ()
    voisins: tuple[Lien, ...] = ()
    comptes: tuple[Lien, ...] = ()
    identite: tuple[Fait, ...] = ()
    reseaux: tuple[Lien, ...] = ()
    pres: PresView | None = None
    vide: Vide | None = None
