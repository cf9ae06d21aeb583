"""Views of the agenda of several portals."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.lists import Duree, JourAgenda
from portail.outputs.pages.views.shared import Lien, MapView, Vide


@dataclass(frozen=True, slots=True)
class PortailReseau:
    """One of the portals: ``site`` leads to its home; ``copie`` says the day of what we know of it,
    ``nombre`` how much is shown of it, ``alerte`` what keeps it from being of today."""

    site: Lien
    nombre: str
    copie: str = ""
    alerte: str = ""


@dataclass(frozen=True, slots=True)
class SemaineReseau:
    """A week: its days that have something; ``restes`` are the agendas that have more of it."""

    titre: str
    dates: str
    ancre: str
    jours: tuple[JourAgenda, ...]
    restes: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReseauView(PageView):
    """The agenda of several portals, or what it is narrowed to; ``choix`` are its pages, by title:
    this one, each portal, each format."""

    chapo: str
    portails: tuple[PortailReseau, ...]
    choix: tuple[tuple[str, tuple[Lien, ...]], ...]
    semaines: tuple[SemaineReseau, ...]
    durees: tuple[Duree, ...]
    carte: MapView | None = None
    vide: Vide | None = None
