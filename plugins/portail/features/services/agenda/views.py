"""Views of weeks, months and years of the agenda."""

from __future__ import annotations

from datetime import date
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import MODELE, Bloc, Card, ListingView


class JourSemaine(Struct, frozen=True):
    """A day: the anchor that the ribbon leads to, how many events take place, what is shown."""

    jour: date
    ancre: str
    nombre: int
    rendez_vous: tuple[RendezVousView, ...]


class Bandeau(Struct, frozen=True):
    """What lasts and has a day of a week: where, until when."""

    titre: str
    url: str
    theme: str
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


class LigneMois(Struct, frozen=True):
    """A title of a day: ``etat`` says in brackets what it changes; ``annule`` is struck."""

    titre: str
    url: str
    theme: str
    etat: str = ""
    annule: bool = False


class Filet(Struct, frozen=True):
    """A bar that begins at a day, or at a Monday that it runs through: its rank from 1, so that it
    goes on in line; its name; how many days of that week it covers."""

    rang: int
    titre: str
    jours: int


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
    annee: int
    mois: tuple[MoisView, ...]


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


class LigneAgenda(Struct, frozen=True):
    """An event on one day: hours in words and for machines, states of that day, its card without
    date; ``digest`` lets several pages share one drawing.
    """

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
        return tuple(chain.from_iterable(groupe.lignes for groupe in self.groupes))


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
# A day that says nothing: what a script draws takes its markup from it.
MODELE_JOUR = JourAgenda(
    _JOUR,
    "Jour",
    "mois",
    (GroupeAgenda("", (LigneAgenda(_CARTE, "Heure", "suite", _JOUR.isoformat(), (_ETAT,)),)),),
)
# The same, of what lasts.
MODELE_DUREE = Duree(_CARTE, "Dates", 0, _JOUR)


class AgendaView(ListingView, frozen=True, kw_only=True):
    """A page of the agenda: ``durees`` are bars, ``aussi`` what else lasts; a ``grille`` is bars
    alone; ``reste`` leads to what comes later.
    """

    jours: tuple[JourAgenda, ...]
    durees: tuple[Duree, ...]
    aussi: Bloc
    tous: shared.Lien | None = None
    grille: bool = False
    reste: shared.Lien | None = None
    affiche: str = ""
    modele_jour: JourAgenda = MODELE_JOUR
    modele_duree: Duree = MODELE_DUREE
