"""What is made to be printed on one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.drawing.empreinte import Empreinte
from portail.drawing.qr import Qr
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Etiquette, Lien

__all__ = [
    "AfficheView", "AffichesView", "DureeAffiche", "JourAffiche", "LigneAffiche",
    "PapierView", "RangAffiches",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LigneAffiche:
    """An event on one day of a poster; ``annule`` is struck."""

    titre: str
    url: str
    heures: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool


@dataclass(frozen=True, slots=True)
class JourAffiche:
    """A row of a poster: a day, its name, its events in the order of time."""

    jour: date
    nom: str
    lignes: tuple[LigneAffiche, ...]


@dataclass(frozen=True, slots=True)
class DureeAffiche:
    """What lasts: what follows its title, in words."""

    titre: str
    url: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PapierView(PageView):
    """A sheet A4. ``retour`` is the page that it comes from, ``arret`` the day of the build in
    words; ``qr`` leads to what is up to date, at ``adresse`` (without protocol): nothing when the
    site has no address. ``taille`` of letters: ``ample``, ``""`` or ``serre``."""

    retour: Lien
    arret: str
    adresse: str
    qr: Qr | None
    taille: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfficheView(PapierView):
    """A poster. ``accroche`` is its great title, ``ou`` and ``quand`` whose days it tells;
    ``reste`` more are on line only; it is over after ``fin``. ``autres`` are the other posters of
    the same place (the present one without address), ``plutot`` the one to print instead of it."""

    accroche: str
    ou: str
    quand: str
    fin: date
    jours: tuple[JourAffiche, ...]
    durees: tuple[DureeAffiche, ...]
    reste: int
    dessin: Empreinte
    autres: tuple[Lien, ...]
    plutot: Lien | None


@dataclass(frozen=True, slots=True)
class RangAffiches:
    """The posters of one place: its page, then one link a period."""

    lieu: Lien
    affiches: tuple[Lien, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AffichesView(PageView):
    """Where town halls and libraries choose a poster: titled groups of places."""

    groupes: tuple[tuple[str, tuple[RangAffiches, ...]], ...]
