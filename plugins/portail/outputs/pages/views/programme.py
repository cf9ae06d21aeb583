"""Views of programmes: of what gathers events, of weeks, months and years."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import Bloc, Card


class RendezVousView(Struct, frozen=True):
    """An event on one day: ``heures`` in words, the first also as ISO 8601; where and how."""

    titre: str
    url: str
    theme: str
    heures: str
    iso: str
    details: tuple[str, ...]
    etiquettes: tuple[shared.Etiquette, ...]
    annule: bool


class JourSemaine(Struct, frozen=True):
    """A day: the anchor that the ribbon leads to, how many events take place, what is shown."""

    jour: date
    ancre: str
    nombre: int
    rendez_vous: tuple[RendezVousView, ...]


class Bandeau(Struct, frozen=True):
    """A bar from the ``debut``-th day of a week (1 to 7), begun ``avant`` or longer."""

    titre: str
    url: str
    theme: str
    debut: int
    jours: int
    avant: bool
    apres: bool
    details: tuple[str, ...]
    etiquettes: tuple[shared.Etiquette, ...]


class PeriodView(shared.PageView, frozen=True, kw_only=True):
    """A period of the agenda, between the nearest with a page; ``affiche`` is its poster."""

    nombre: str
    precedente: shared.Lien | None
    suivante: shared.Lien | None
    presentations: tuple[shared.Lien, ...]
    vide: shared.Vide | None = None
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
    feuille: shared.Feuille | None = None
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

    @property
    def pliee(self) -> bool:
        """Whether it is folded: the latest edition has nothing yet in most of its rows."""
        empty = sum(1 for _, values in self.lignes if not values[0])
        return 2 * empty > len(self.lignes)


class ProgrammeView(Struct, frozen=True):
    """``forme`` is ``jours``, ``etapes`` (one group, numbered) or ``cartes`` (what gathers others);
    of steps, ``distances`` are from the one before (``""``: not known)."""

    titre: str
    groupes: tuple[GroupeView, ...]
    forme: str = "jours"
    cartes: tuple[Card, ...] = ()
    carte: shared.MapView | None = None
    distances: tuple[str, ...] = ()


class FratrieView(Struct, frozen=True):
    """A step among the steps of its parcours: « Étape 2 sur 3 », the one before, the next."""

    titre: str
    precedente: shared.Lien | None
    suivante: shared.Lien | None


class TempsView(Struct, frozen=True):
    """A step of an edition, in words; ``etat`` is ``passe``, ``present`` or ``futur``."""

    lien: shared.Lien
    quand: str
    etat: str


class LigneMois(Struct, frozen=True):
    """A title of a day: ``etat`` says in brackets what it changes; ``annule`` is struck."""

    titre: str
    url: str
    theme: str
    etat: str = ""
    annule: bool = False


class Filet(Struct, frozen=True):
    """A rule at the foot of a day: its rank from 1, so that it goes on in line, and its theme."""

    rang: int
    theme: str


class JourMois(Struct, frozen=True):
    """A day of the grid; its week (``url``) tells the titles of ``autres`` more."""

    jour: date
    url: str
    hors: bool
    vacances: bool
    nombre: int
    lignes: tuple[LigneMois, ...]
    autres: int
    filets: tuple[Filet, ...]


class Repere(Struct, frozen=True):
    """A highlight (``rang`` of its rule, 0: not drawn), or school holidays."""

    texte: str
    dates: str
    url: str = ""
    theme: str = ""
    rang: int = 0


class MonthView(PeriodView, frozen=True, kw_only=True):
    """``jours`` fill whole weeks, Monday first; ``semaines`` have days and count as notes."""

    jours: tuple[JourMois, ...]
    temps_forts: tuple[Repere, ...]
    vacances: tuple[Repere, ...]
    durables: Bloc
    semaines: tuple[shared.Lien, ...]


class MoisView(Struct, frozen=True):
    """A month of a year: its page (``""``: none); ``part``: hundredths of the busiest month."""

    nom: str
    url: str
    nombre: int
    part: int
    temps_forts: tuple[shared.Lien, ...]


class YearView(PeriodView, frozen=True, kw_only=True):
    """A year: its twelve months."""

    annee: int
    mois: tuple[MoisView, ...]
