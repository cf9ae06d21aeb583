"""Views of the pages of an edition, and of its programmes."""

from __future__ import annotations

from msgspec import Struct

from portail.features.bilans.page import Cle, Mesure
from portail.outputs.pages.views import shared
from portail.outputs.pages.views.programme import GroupeView, ProgrammeView, TempsView


class QuandView(Struct, frozen=True):
    """« Sam. 2 et dim. 3 oct., 10 h – 18 h », the first day (ISO 8601); ``barre``: it is off."""

    phrase: str
    iso: str
    etiquettes: tuple[shared.Etiquette, ...] = ()
    barre: bool = False


class LigneProgramme(Struct, frozen=True):
    """An event of a programme: its times, format, place, what holds it; levels of classes."""

    titre: str
    url: str
    theme: str
    quand: tuple[QuandView, ...]
    details: tuple[str, ...]
    niveaux: tuple[str, ...] = ()
    annule: bool = False


class DepartementView(Struct, frozen=True):
    """A département of a programme: its events by commune; ``vide`` where there is none."""

    nom: str
    ancre: str
    nombre: int
    communes: tuple[tuple[str, tuple[LigneProgramme, ...]], ...] = ()
    vide: shared.Vide | None = None


class _OfEdition(shared.PageView, frozen=True, kw_only=True):
    """What the pages of one edition share; ``jours`` in words, ``onglets`` its pages."""

    theme: str
    jours: str
    onglets: tuple[shared.Lien, ...]
    imprimes: tuple[shared.Imprime, ...] = ()


class EditionView(_OfEdition, frozen=True, kw_only=True):
    """An edition: ``publics`` are its programmes, counted by département; ``etapes`` those of its
    cycle; once it is over, a bilan and its ``fichier``, ``invente`` when it is of examples,
    ``attendus`` the events still to be told of."""

    chapo: str
    nombre: str
    boutons: tuple[shared.Lien, ...]
    publics: tuple[tuple[shared.Lien, tuple[shared.Lien, ...]], ...]
    programmes: tuple[ProgrammeView, ...]
    chiffres: tuple[shared.Fait, ...]
    participer: str
    autres: tuple[shared.Lien, ...]
    vide: shared.Vide | None = None
    etapes: tuple[TempsView, ...] = ()
    phrases: tuple[str, ...] = ()
    cles: tuple[Cle, ...] = ()
    mesures: tuple[Mesure, ...] = ()
    methode: tuple[str, ...] = ()
    fichier: shared.Lien | None = None
    invente: bool = False
    attendus: tuple[shared.Lien, ...] = ()


class ProgrammeEditionView(_OfEdition, frozen=True, kw_only=True):
    """The programme of an edition, in three orders; ``ailleurs``: where else one looks."""

    surtitre: str
    nombre: str
    departements: tuple[DepartementView, ...]
    par_jour: tuple[GroupeView, ...]
    par_format: tuple[GroupeView, ...]
    ailleurs: tuple[shared.Lien, ...] = ()
