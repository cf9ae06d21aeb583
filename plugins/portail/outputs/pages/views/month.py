"""A month and a year of the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.outputs.pages.views.cards import Bloc
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien, Vide

__all__ = ["Filet", "JourMois", "LigneMois", "MoisView", "MonthView", "Repere", "YearView"]


@dataclass(frozen=True, slots=True)
class LigneMois:
    """A title of a day: ``etat`` says in brackets what it changes (« complet »); ``annule`` is
    struck."""

    titre: str
    url: str
    theme: str
    etat: str = ""
    annule: bool = False


@dataclass(frozen=True, slots=True)
class Filet:
    """What a rule at the foot of a day stands for: its rank from 1, so that it goes on in line,
    and its theme."""

    rang: int
    theme: str


@dataclass(frozen=True, slots=True)
class JourMois:
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


@dataclass(frozen=True, slots=True)
class Repere:
    """A line of the legend: a highlight (``rang`` is that of its rule, 0 beyond those that are
    drawn), or school holidays without address."""

    texte: str
    dates: str
    url: str = ""
    theme: str = ""
    rang: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView(PageView):
    """A month: ``jours`` fill whole weeks, Monday first. ``precedente`` and ``suivante`` are the
    nearest months with a page, ``semaines`` its weeks (``note``: their days and count);
    ``durables`` what lasts; ``vide`` what stands in a month without rendez-vous; ``affiche`` its
    poster, ``calendrier`` that of the whole agenda."""

    nombre: str
    precedente: Lien | None
    suivante: Lien | None
    presentations: tuple[Lien, ...]
    jours: tuple[JourMois, ...]
    temps_forts: tuple[Repere, ...]
    vacances: tuple[Repere, ...]
    durables: Bloc
    semaines: tuple[Lien, ...]
    vide: Vide | None = None
    affiche: str = ""
    calendrier: str = ""


@dataclass(frozen=True, slots=True)
class MoisView:
    """A month of a year: its page (``""`` for none), how many events take place, the same in
    hundredths of the busiest month, its highlights."""

    nom: str
    url: str
    nombre: int
    part: int
    temps_forts: tuple[Lien, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView(PageView):
    """A year: its twelve months, and the nearest years with a page."""

    annee: int
    nombre: str
    precedente: Lien | None
    suivante: Lien | None
    presentations: tuple[Lien, ...]
    mois: tuple[MoisView, ...]
