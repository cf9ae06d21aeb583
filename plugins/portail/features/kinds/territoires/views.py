"""Views of the pages of territories."""

from __future__ import annotations

from msgspec import Struct

from portail.outputs.pages.views import shared


class Acteur(Struct, frozen=True):
    """A lieu or structure (``note``: what and where), its number on the map, 0 for none."""

    lien: shared.Lien
    numero: int = 0


class RoleView(Struct, frozen=True):
    """Those who play one role; ``definition`` says in a few words what they do."""

    titre: str
    definition: str
    acteurs: tuple[Acteur, ...]


class PresView(Struct, frozen=True):
    """Who could come, what can be borrowed, with distances as notes; where all of them are."""

    acteurs: tuple[shared.Lien, ...]
    outils: tuple[shared.Lien, ...]
    annuaire: str
    catalogue: str


class TerritoireView(Struct, frozen=True):
    """``autres``: how many more the directory has; ``membres``: what it is made of; ``comptes``:
    what the page holds (numbers as notes); ``reseaux``: networks of elsewhere; ``vide`` stands for
    its agenda."""

    roles: tuple[RoleView, ...] = ()
    autres: shared.Lien | None = None
    departements: tuple[shared.Lien, ...] = ()
    titre_membres: str = ""
    membres: tuple[shared.Lien, ...] = ()
    voisins: tuple[shared.Lien, ...] = ()
    comptes: tuple[shared.Lien, ...] = ()
    identite: tuple[shared.Fait, ...] = ()
    reseaux: tuple[shared.Lien, ...] = ()
    pres: PresView | None = None
    vide: shared.Vide | None = None
