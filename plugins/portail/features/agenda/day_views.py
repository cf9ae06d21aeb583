"""Views of a page of the agenda: days and their lines, what lasts."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import MODELE, Bloc, Card, ListingView


class LigneAgenda(Struct, frozen=True):
    """An event on one day: « 14 h » (``""``: not known), what follows (« – 16 h », « heure à
    confirmer »), ``iso`` for machines, states of that day. Its card has neither the date nor the
    state of the next occurrence. ``digest``: a line of several pages is drawn once, unless
    ``""``."""

    carte: Card
    heure: str
    suite: str
    iso: str
    etiquettes: tuple[shared.Etiquette, ...]
    digest: str = ""


class GroupeAgenda(Struct, frozen=True):
    """Lines of a day under a title (a territory), ``""`` for none."""

    titre: str
    lignes: tuple[LigneAgenda, ...]


class JourAgenda(Struct, frozen=True):
    """A day and its month in words, its lines; ``vide`` says that it has none."""

    jour: date
    nom: str
    mois: str
    groupes: tuple[GroupeAgenda, ...]
    vide: str = ""

    @property
    def lignes(self) -> tuple[LigneAgenda, ...]:
        """All its lines."""
        return tuple(ligne for groupe in self.groupes for ligne in groupe.lignes)


class Duree(Struct, frozen=True):
    """What lasts; ``ecoule``: in hundredths, on the day of the build, ``None`` before it begins."""

    carte: Card
    dates: str
    ecoule: int | None
    fin: date | None = None


_JOUR = date(2000, 1, 1)
_ETAT = shared.Etiquette("État", "etat", forte=True)
_CARTE = replace(
    MODELE,
    url="/agenda/",
    feuille=shared.Feuille(_JOUR),
    details=("Quand", "Où"),
    etiquettes=(_ETAT,),
)
MODELE_JOUR = JourAgenda(
    _JOUR,
    "Jour",
    "mois",
    (GroupeAgenda("", (LigneAgenda(_CARTE, "Heure", "suite", _JOUR.isoformat(), (_ETAT,)),)),),
)
"""A day that says nothing: what a script draws takes its markup from it."""
MODELE_DUREE = Duree(_CARTE, "Dates", 0, _JOUR)
"""The same, of what lasts."""


class AgendaView(ListingView, frozen=True, kw_only=True):
    """A page of the agenda: ``durees`` are bars, ``aussi`` what else lasts, ``tous`` where all that
    lasts is; a ``grille`` is bars alone; a ``modele_…`` says nothing, for scripts."""

    jours: tuple[JourAgenda, ...]
    durees: tuple[Duree, ...]
    aussi: Bloc
    tous: shared.Lien | None = None
    grille: bool = False
    affiche: str = ""
    modele_jour: JourAgenda = MODELE_JOUR
    modele_duree: Duree = MODELE_DUREE
