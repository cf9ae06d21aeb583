"""A week of the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Etiquette, Lien, Vide

__all__ = ["Bandeau", "JourSemaine", "RendezVousView", "WeekView"]


@dataclass(frozen=True, slots=True)
class RendezVousView:
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


@dataclass(frozen=True, slots=True)
class JourSemaine:
    """A day: the anchor that the ribbon leads to, how many events take place, what is shown."""

    jour: date
    ancre: str
    nombre: int
    rendez_vous: tuple[RendezVousView, ...]


@dataclass(frozen=True, slots=True)
class Bandeau:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView(PageView):
    """A week. ``dates`` are its days in words, ``slug`` its name in addresses; ``precedente`` and
    ``suivante`` the nearest weeks with a page (``note``: their days); ``presentations`` the ways
    to show the agenda; ``vide`` what stands in a week without rendez-vous; ``affiche``
    its poster, ``calendrier`` that of the whole agenda."""

    dates: str
    slug: str
    nombre: str
    precedente: Lien | None
    suivante: Lien | None
    presentations: tuple[Lien, ...]
    bandeaux: tuple[Bandeau, ...]
    jours: tuple[JourSemaine, ...]
    vide: Vide | None = None
    affiche: str = ""
    calendrier: str = ""
