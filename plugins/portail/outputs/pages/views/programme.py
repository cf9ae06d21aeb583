"""Views of programmes: editions, weeks, months."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.outputs.pages.bilans import Cle, Mesure
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.views.shared import (
    Etiquette,
    Fait,
    Feuille,
    Imprime,
    Lien,
    MapView,
    PageView,
    Vide,
)

# A week of the agenda.


class RendezVousView(Struct, frozen=True):
    """An event on one day: ``heures`` in words, the first also as ISO 8601; ``details`` say where
    and how; ``annule`` is struck."""

    titre: str
    url: str
    theme: str
    heures: str
    iso: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool


class JourSemaine(Struct, frozen=True):
    """A day: the anchor that the ribbon leads to, how many events take place, what is shown."""

    jour: date
    ancre: str
    nombre: int
    rendez_vous: tuple[RendezVousView, ...]


class Bandeau(Struct, frozen=True):
    """What lasts, as a bar over the days of the week: from the ``debut``-th (1 to 7), during
    ``jours`` days; ``avant`` it began before the week, ``apres`` it goes on after."""

    titre: str
    url: str
    theme: str
    debut: int
    jours: int
    avant: bool
    apres: bool
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]


class PeriodView(PageView, frozen=True, kw_only=True):
    """A period of the agenda. ``precedente`` and ``suivante`` are the nearest with a page,
    ``presentations`` the ways to show the agenda; ``vide`` stands where there is no rendez-vous;
    ``affiche`` is its poster."""

    nombre: str
    precedente: Lien | None
    suivante: Lien | None
    presentations: tuple[Lien, ...]
    vide: Vide | None = None
    affiche: str = ""


class WeekView(PeriodView, frozen=True, kw_only=True):
    """A week: its days in words, its name in addresses, what lasts, its days."""

    dates: str
    slug: str
    bandeaux: tuple[Bandeau, ...]
    jours: tuple[JourSemaine, ...]


class GroupeView(Struct, frozen=True):
    """The events of a day (``feuille``), of a territory (``url``: its page), or all of them."""

    titre: str
    lignes: tuple[RendezVousView, ...]
    feuille: Feuille | None = None
    url: str = ""


_LARGE = 5
"""Figures of a table that are shown large; with fewer, none is."""


class GrilleView(Struct, frozen=True):
    """A table: its ``colonnes`` but the first, ``lignes`` as (label, values), its ``sources``."""

    titre: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...] = ()

    @property
    def grands(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The first column that holds figures, and a few of them, to be shown large."""
        for rank, name in enumerate(self.colonnes):
            told = ((label, values[rank]) for label, values in self.lignes)
            short = tuple((label, text) for label, text in told if text[:1].isdigit())
            if len(short) >= _LARGE:
                return name, short[:_LARGE]
        return "", ()


class ProgrammeView(Struct, frozen=True):
    """A titled programme. ``forme`` is ``jours``, ``etapes`` (one group, numbered), or ``cartes``:
    the events that gather others, which come first. Of steps: ``carte`` is their plan,
    ``distances`` how far each is from the one before (``""``: not known)."""

    titre: str
    groupes: tuple[GroupeView, ...]
    forme: str = "jours"
    cartes: tuple[Card, ...] = ()
    carte: MapView | None = None
    distances: tuple[str, ...] = ()


class FratrieView(Struct, frozen=True):
    """A step among the steps of its parcours: « Étape 2 sur 3 », the one before, the next."""

    titre: str
    precedente: Lien | None
    suivante: Lien | None


# One edition of a yearly rendezvous, and its programmes.


class QuandView(Struct, frozen=True):
    """When, in short: « Sam. 2 et dim. 3 oct., 10 h – 18 h », the first day for machines (ISO
    8601), its state; ``barre`` when it will not take place as written."""

    phrase: str
    iso: str
    etiquettes: tuple[Etiquette, ...] = ()
    barre: bool = False


class LigneProgramme(Struct, frozen=True):
    """An event of a programme: all its times, ``details`` (format, place, what holds it),
    ``niveaux`` what a class must know."""

    titre: str
    url: str
    theme: str
    quand: tuple[QuandView, ...]
    details: tuple[str, ...]
    niveaux: tuple[str, ...] = ()
    annule: bool = False


class DepartementView(Struct, frozen=True):
    """A département of a programme: its anchor, how many events, these by commune; ``vide`` what
    stands where there is none."""

    nom: str
    ancre: str
    nombre: int
    communes: tuple[tuple[str, tuple[LigneProgramme, ...]], ...] = ()
    vide: Vide | None = None


class _OfEdition(PageView, frozen=True, kw_only=True):
    """What the pages of one edition share. ``jours`` are its days in words, ``onglets`` its
    pages."""

    theme: str
    jours: str
    onglets: tuple[Lien, ...]
    imprimes: tuple[Imprime, ...] = ()


class TempsView(Struct, frozen=True):
    """A step of an edition: what, when in words, where it is told (``lien.note`` says how far it
    is); ``etat`` is ``passe``, ``present`` or ``futur``."""

    lien: Lien
    quand: str
    etat: str


class EditionView(_OfEdition, frozen=True, kw_only=True):
    """An edition. ``programmes`` are those for everyone and for schools, counted by département;
    ``chiffres`` its figures, ``autres`` the other editions, the next one first. ``etapes`` are
    those of its cycle; ``phrases``, ``cles``, ``mesures`` and ``methode`` tell what is counted once
    it is over (``bilans``), ``invente`` when it is of
    examples; ``attendus`` are events whose organiser has still to tell of them, each
    to the form that asks it."""

    chapo: str
    nombre: str
    boutons: tuple[Lien, ...]
    publics: tuple[tuple[Lien, tuple[Lien, ...]], ...]
    programmes: tuple[ProgrammeView, ...]
    chiffres: tuple[Fait, ...]
    participer: str
    autres: tuple[Lien, ...]
    vide: Vide | None = None
    etapes: tuple[TempsView, ...] = ()
    phrases: tuple[str, ...] = ()
    cles: tuple[Cle, ...] = ()
    mesures: tuple[Mesure, ...] = ()
    methode: tuple[str, ...] = ()
    invente: bool = False
    attendus: tuple[Lien, ...] = ()


class ProgrammeEditionView(_OfEdition, frozen=True, kw_only=True):
    """The programme of an edition, which ``surtitre`` names, for some public: by département and
    commune, then by day, then by format; ``ailleurs`` is where else they look."""

    surtitre: str
    nombre: str
    departements: tuple[DepartementView, ...]
    par_jour: tuple[GroupeView, ...]
    par_format: tuple[GroupeView, ...]
    ailleurs: tuple[Lien, ...] = ()


# A month and a year of the agenda.


class LigneMois(Struct, frozen=True):
    """A title of a day: ``etat`` says in brackets what it changes (« complet »); ``annule`` is
    struck."""

    titre: str
    url: str
    theme: str
    etat: str = ""
    annule: bool = False


class Filet(Struct, frozen=True):
    """What a rule at the foot of a day stands for: its rank from 1, so that it goes on in line,
    and its theme."""

    rang: int
    theme: str


class JourMois(Struct, frozen=True):
    """A day of the grid: ``hors`` it belongs to another month, ``vacances`` no school; how many
    events take place, its first titles, how many ``autres`` its week page (``url``) tells."""

    jour: date
    url: str
    hors: bool
    vacances: bool
    nombre: int
    lignes: tuple[LigneMois, ...]
    autres: int
    filets: tuple[Filet, ...]


class Repere(Struct, frozen=True):
    """A line of the legend: a highlight (``rang`` is that of its rule, 0 beyond those that are
    drawn), or school holidays without address."""

    texte: str
    dates: str
    url: str = ""
    theme: str = ""
    rang: int = 0


class MonthView(PeriodView, frozen=True, kw_only=True):
    """A month: ``jours`` fill whole weeks, Monday first; ``semaines`` are its weeks (``note``:
    their days and count), ``durables`` what lasts."""

    jours: tuple[JourMois, ...]
    temps_forts: tuple[Repere, ...]
    vacances: tuple[Repere, ...]
    durables: Bloc
    semaines: tuple[Lien, ...]


class MoisView(Struct, frozen=True):
    """A month of a year: its page (``""`` for none), how many events take place, the same in
    hundredths of the busiest month, its highlights."""

    nom: str
    url: str
    nombre: int
    part: int
    temps_forts: tuple[Lien, ...]


class YearView(PeriodView, frozen=True, kw_only=True):
    """A year: its twelve months."""

    annee: int
    mois: tuple[MoisView, ...]
