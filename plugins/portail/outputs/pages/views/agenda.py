"""The agenda as a list: what lasts, then day after day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.outputs.pages.views.cards import Bloc, Card
from portail.outputs.pages.views.lists import ListingView
from portail.outputs.pages.views.shared import Etiquette, Feuille, Lien, by_digest

__all__ = [
    "MODELE_DUREE", "MODELE_JOUR", "AgendaView", "Duree", "GroupeAgenda", "JourAgenda",
    "LigneAgenda",
]  # fmt: skip


@by_digest
@dataclass(frozen=True, slots=True)
class LigneAgenda:
    """An event on one day: ``heure`` (« 14 h », « Horaire »), ``suite`` in small (« – 16 h »,
    « à confirmer »), ``iso`` the same for machines, ``etiquettes`` its states on that day.

    Its card holds what a line shows and nothing else: neither the date nor the state, which are
    those of the next occurrence and change with the day. ``digest`` is that of the rest: several
    pages show it, drawn once; ``""``: drawn each time."""

    carte: Card
    heure: str
    suite: str
    iso: str
    etiquettes: tuple[Etiquette, ...]
    digest: str = ""


@dataclass(frozen=True, slots=True)
class GroupeAgenda:
    """Lines of a day under a title (a territory), ``""`` for none."""

    titre: str
    lignes: tuple[LigneAgenda, ...]


@dataclass(frozen=True, slots=True)
class JourAgenda:
    """A day, its name and its month in words (with its year when it is another), its lines."""

    jour: date
    nom: str
    mois: str
    groupes: tuple[GroupeAgenda, ...]

    @property
    def lignes(self) -> tuple[LigneAgenda, ...]:
        """All its lines."""
        return tuple(ligne for groupe in self.groupes for ligne in groupe.lignes)


@dataclass(frozen=True, slots=True)
class Duree:
    """What lasts: its days in words, how far it is on the day of the build, in hundredths,
    ``None`` before it begins; its last day."""

    carte: Card
    dates: str
    ecoule: int | None
    fin: date | None = None


_JOUR = date(2000, 1, 1)
_ETAT = Etiquette("État", "etat", forte=True)
_CARTE = Card(
    "", "/agenda/", "", "", "Titre", "", "", Feuille(_JOUR), ("Quand", "Où"), (_ETAT,), None, "",
    precision="Genre",
)  # fmt: skip
MODELE_JOUR = JourAgenda(
    _JOUR,
    "Jour",
    "mois",
    (GroupeAgenda("", (LigneAgenda(_CARTE, "Heure", "suite", _JOUR.isoformat(), (_ETAT,)),)),),
)
"""A day that says nothing: what a script draws takes its markup from it."""
MODELE_DUREE = Duree(_CARTE, "Dates", 0, _JOUR)
"""The same, of what lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView(ListingView):
    """A page of the agenda: ``durees`` are drawn as bars, ``aussi`` what else lasts, ``tous``
    where all that lasts is; a ``grille`` shows nothing but bars. ``affiche`` is the address of the
    poster of what it tells, ``""`` for none; the ``modele_…`` say nothing, and are the same on
    every page."""

    jours: tuple[JourAgenda, ...]
    durees: tuple[Duree, ...]
    aussi: Bloc
    tous: Lien | None = None
    grille: bool = False
    affiche: str = ""
    modele_jour: JourAgenda = MODELE_JOUR
    modele_duree: Duree = MODELE_DUREE
