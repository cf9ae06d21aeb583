"""The toolbox: who can help, what can be borrowed, who funds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien

__all__ = ["BoiteView", "FinancementView", "RayonView", "RoleBoite"]


@dataclass(frozen=True, slots=True)
class RayonView:
    """A part of the toolbox: its links, where all of it is (``tout``), what is said below its
    title."""

    titre: str
    ancre: str
    liens: tuple[Lien, ...]
    tout: Lien | None = None
    chapo: str = ""


@dataclass(frozen=True, slots=True)
class RoleBoite:
    """Those who play a role: what it is, some of them, all of them."""

    titre: str
    definition: str
    acteurs: tuple[Lien, ...]
    tout: Lien


@dataclass(frozen=True, slots=True)
class FinancementView:
    """Who funds what: ``echeance`` the last day to ask, ``clos`` whether it is over on the day of
    the build; ``qui`` funds, ``pour`` whom, ``montant`` in words."""

    lien: Lien
    qui: Lien | None
    pour: str
    montant: str
    echeance: date | None = None
    clos: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoiteView(PageView):
    """``pres`` leads from a commune to who is around it; ``acteurs`` and ``outils`` are the lists
    that are sorted around the commune typed, ``communes`` what completes it, ``themes`` (code,
    label) what both may be narrowed to."""

    chapo: str
    sommaire: tuple[Lien, ...]
    pres: Lien | None
    acteurs: str
    outils: str
    communes: str
    themes: tuple[tuple[str, str], ...]
    roles: tuple[RoleBoite, ...]
    emprunter: RayonView | None
    financements: tuple[FinancementView, ...]
    lire: RayonView | None
    reseaux: RayonView | None
    temps_forts: RayonView | None
