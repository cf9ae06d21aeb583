"""The agenda as a list: what lasts, then day after day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.outputs.pages.views.cards import Bloc, Card
from portail.outputs.pages.views.lists import ListingView
from portail.outputs.pages.views.shared import Etiquette

__all__ = ["AgendaView", "Duree", "JourAgenda", "LigneAgenda"]


@dataclass(frozen=True, slots=True)
class LigneAgenda:
    """An event on one day: ``heure`` (« 14 h », « Horaire »), ``suite`` in small (« – 16 h »,
    « à confirmer »), ``iso`` the same for machines, ``etiquettes`` its states on that day."""

    carte: Card
    heure: str
    suite: str
    iso: str
    etiquettes: tuple[Etiquette, ...]

    @property
    def shown(self) -> tuple[object, ...]:
        """All it shows, as plain values whose ``repr`` is exact."""
        return (self.carte.digest, self.heure, self.suite, self.iso, self.etiquettes)


@dataclass(frozen=True, slots=True)
class JourAgenda:
    """A day, its name and its month in words (with its year when it is another), its lines."""

    jour: date
    nom: str
    mois: str
    lignes: tuple[LigneAgenda, ...]


@dataclass(frozen=True, slots=True)
class Duree:
    """What lasts: its days in words, how far it is on the day of the build, in hundredths;
    ``None`` before it begins."""

    carte: Card
    dates: str
    ecoule: int | None

    @property
    def shown(self) -> tuple[object, ...]:
        """All it shows, as plain values whose ``repr`` is exact."""
        return (self.carte.digest, self.dates, self.ecoule)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView(ListingView):
    """A page of the agenda: ``durees`` are drawn as bars, ``aussi`` what else lasts."""

    jours: tuple[JourAgenda, ...]
    durees: tuple[Duree, ...]
    aussi: Bloc
