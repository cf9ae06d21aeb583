"""What only the page of a territory shows."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Lien

__all__ = ["Acteur", "RoleView", "TerritoireView"]


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
class TerritoireView:
    """``roles`` are who brings science there, ``autres`` how many more the directory has;
    ``departements`` are those of a region, ``membres`` what it is made of, under
    ``titre_membres``; ``voisins`` the territories around; ``comptes`` what the page holds, each
    with its number as a note."""

    roles: tuple[RoleView, ...] = ()
    autres: Lien | None = None
    departements: tuple[Lien, ...] = ()
    titre_membres: str = ""
    membres: tuple[Lien, ...] = ()
    voisins: tuple[Lien, ...] = ()
    comptes: tuple[Lien, ...] = ()
