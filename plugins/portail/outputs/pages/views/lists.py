"""Home, lists, service pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from portail.model.kinds import Kind
from portail.outputs.pages.views.cards import Bloc, Card
from portail.outputs.pages.views.donnees import FichierDonnees
from portail.outputs.pages.views.facettes import FacettesView
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.letters import Abonnement
from portail.outputs.pages.views.shared import Etiquette, Feuille, Lien, NavGroup, Pagination, Vide

__all__ = [
    "HomeView", "ListingView", "NotFoundView", "PlanView", "RedirectView", "ThemesView",
    "WithdrawnView",
]  # fmt: skip

MODELE = Card(
    "", "/", "", "", "Titre", "", "", None, ("Détail",), (Etiquette("État", "etat"),), None, "",
    precision="Genre",
)  # fmt: skip
"""A content that says nothing: what a script draws takes its markup from it."""
MODELE_DATE = replace(MODELE, feuille=Feuille(date(2000, 1, 1), avant="jusqu’au"))
"""The same, of what has a leaf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView(PageView):
    """A page of a list. ``nombre`` counts all its contents; ``voisins`` are other views of it
    (archives…), ``presentations`` other ways to show the agenda; ``index`` leads to its groups,
    letters or kinds (no address: an empty one); ``vide`` says what to do when there is nothing;
    ``donnees`` are the files that hold all its contents, none to leave them out; ``facettes`` by
    what it is narrowed; ``carte`` shows where they are, ``numeros`` their points by reference;
    ``boutons`` lead to what one does here."""

    chapo: str
    kind: str
    blocs: tuple[Bloc, ...]
    nombre: str
    pagination: Pagination
    voisins: tuple[Lien, ...] = ()
    vide: Vide | None = None
    theme: str = ""
    index: tuple[Lien, ...] = ()
    presentations: tuple[Lien, ...] = ()
    donnees: tuple[FichierDonnees, ...] = ()
    facettes: FacettesView | None = None
    carte: MapView | None = None
    numeros: Mapping[str, int] = field(default_factory=dict)
    boutons: tuple[Lien, ...] = ()

    @property
    def modele(self) -> Card:
        """What a script takes the markup of a line from: it says nothing."""
        return MODELE_DATE if self.kind == Kind.ANNONCE.value else MODELE


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(PageView):
    """The home page: ``une`` is put forward, ``chiffres`` the line of figures, ``raccourcis`` lead
    to days of the agenda. A block without cards is not drawn; ``vide`` says what to do when the
    portal holds nothing; ``abonnement`` is how one subscribes to the letter."""

    une: tuple[Card, ...]
    agenda: Bloc
    en_ce_moment: Bloc
    carte: MapView | None
    articles: Bloc
    dossiers: Bloc
    annonces: Bloc
    nouveautes: Bloc
    chiffres: tuple[Lien, ...]
    raccourcis: tuple[Lien, ...] = ()
    vide: Vide | None = None
    abonnement: Abonnement | None = None

    @property
    def blocs(self) -> tuple[Bloc, ...]:
        """All its blocks."""
        events = (self.agenda, self.en_ce_moment)
        return (*events, self.articles, self.dossiers, self.annonces, self.nouveautes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesView(PageView):
    """All themes: (code, link whose note is the count)."""

    themes: tuple[tuple[str, Lien], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView(PageView):
    """The site plan: groups of links."""

    groupes: tuple[NavGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(PageView):
    """The 404 page: ``issues`` are ways out, ``plan`` the site plan, where its script looks,
    ``empreinte`` its drawing."""

    issues: tuple[Lien, ...]
    plan: str
    empreinte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView(PageView):
    """A page that only leads to ``cible`` (site path)."""

    cible: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnView(PageView):
    """The page of a content taken back: ``jour`` when it was, ``motif`` why if that is said,
    ``issues`` where to look instead."""

    jour: str
    motif: str
    issues: tuple[Lien, ...]
