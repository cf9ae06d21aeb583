"""One edition of a yearly rendezvous, and its programmes."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.programme import GroupeView, ProgrammeView
from portail.outputs.pages.views.shared import Etiquette, Fait, Lien, Vide

__all__ = [
    "DepartementView", "EditionView", "LigneProgramme", "ProgrammeEditionView", "QuandView",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuandView:
    """When, in short: « Sam. 2 et dim. 3 oct., 10 h – 18 h », the first day for machines (ISO
    8601), its state; ``barre`` when it will not take place as written."""

    phrase: str
    iso: str
    etiquettes: tuple[Etiquette, ...] = ()
    barre: bool = False


@dataclass(frozen=True, slots=True)
class LigneProgramme:
    """An event of a programme: all its times, ``details`` (format, place, what holds it),
    ``niveaux`` what a class must know."""

    titre: str
    url: str
    theme: str
    quand: tuple[QuandView, ...]
    details: tuple[str, ...]
    niveaux: tuple[str, ...] = ()
    annule: bool = False


@dataclass(frozen=True, slots=True)
class DepartementView:
    """A département of a programme: its anchor, how many events, these by commune; ``vide`` what
    stands where there is none."""

    nom: str
    ancre: str
    nombre: int
    communes: tuple[tuple[str, tuple[LigneProgramme, ...]], ...] = ()
    vide: Vide | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfEdition(PageView):
    """What the pages of one edition share. ``jours`` are its days in words, ``onglets`` its
    pages."""

    theme: str
    jours: str
    onglets: tuple[Lien, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView(_OfEdition):
    """An edition. ``programmes`` are those for everyone and for schools, counted by département;
    ``chiffres`` its figures, ``autres`` the other editions, the next one first."""

    chapo: str
    nombre: str
    boutons: tuple[Lien, ...]
    publics: tuple[tuple[Lien, tuple[Lien, ...]], ...]
    programmes: tuple[ProgrammeView, ...]
    chiffres: tuple[Fait, ...]
    participer: str
    autres: tuple[Lien, ...]
    vide: Vide | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEditionView(_OfEdition):
    """The programme of an edition, which ``surtitre`` names, for some public: by département and
    commune, then by day, then by format."""

    surtitre: str
    nombre: str
    departements: tuple[DepartementView, ...]
    par_jour: tuple[GroupeView, ...]
    par_format: tuple[GroupeView, ...]
