"""Views of dates, and of the programmes of what gathers events."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.features.services.agenda.views import RendezVousView
from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import Card


class SeanceView(Struct, frozen=True):
    """An occurrence as a French phrase, with its bounds (ISO 8601); ``barree``: it is off."""

    phrase: str
    debut_iso: str
    fin_iso: str
    etiquettes: tuple[shared.Etiquette, ...]
    barree: bool = False
    note: str = ""


class DateView(Struct, frozen=True):
    """A date of an event: one séance that ``phrase`` tells wholly, or several of one day."""

    feuille: shared.Feuille
    phrase: str
    passee: bool
    seances: tuple[SeanceView, ...]
    fin: date | None = None


class GroupeView(Struct, frozen=True):
    """The events of a day (``feuille``), of a territory (``url``: its page), or all of them."""

    titre: str
    lignes: tuple[RendezVousView, ...]
    feuille: shared.Feuille | None = None
    url: str = ""


class ProgrammeView(Struct, frozen=True):
    """``forme`` is ``jours``, ``etapes`` (one numbered group) or ``cartes``; ``distances`` are of
    steps.
    """

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
