"""Views of the programmes of what gathers events."""

from __future__ import annotations

from msgspec import Struct

from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import Card


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
            cells = ((label, values[rank]) for label, values in self.lignes)
            short = tuple((label, text) for label, text in cells if text[:1].isdigit())
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
