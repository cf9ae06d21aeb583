"""The programme of what gathers several events: by day and hour, step by step, by territory."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.cards import Card
from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.shared import Feuille, Lien
from portail.outputs.pages.views.week import RendezVousView

__all__ = ["FratrieView", "GrilleView", "GroupeView", "ProgrammeView"]


@dataclass(frozen=True, slots=True)
class GroupeView:
    """The events of a day (``feuille``), of a territory (``url``: its page), or all of them."""

    titre: str
    lignes: tuple[RendezVousView, ...]
    feuille: Feuille | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class GrilleView:
    """A table: its ``colonnes`` but the first, ``lignes`` as (label, values), its ``sources``."""

    titre: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A titled programme. ``forme`` is ``jours``, ``etapes`` (one group, numbered), or ``cartes``:
    the events that gather others, which come first. Of steps: ``carte`` is their plan,
    ``distances`` how far each is from the one before (``""``: not known)."""

    titre: str
    groupes: tuple[GroupeView, ...]
    forme: str = "jours"
    cartes: tuple[Card, ...] = ()
    carte: MapView | None = None
    distances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FratrieView:
    """A step among the steps of its parcours: « Étape 2 sur 3 », the one before, the next."""

    titre: str
    precedente: Lien | None
    suivante: Lien | None
