"""Views of home, lists, cards, facets, agenda, service pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from portail.drawings import NEAR
from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.outputs.pages.views.services import Abonnement
from portail.outputs.pages.views.shared import (
    Etiquette,
    Feuille,
    Imprime,
    Lien,
    MapView,
    NavGroup,
    PageView,
    Pagination,
    Picture,
    Vide,
    by_digest,
)
from portail.site.urls import DEEP, NUMBER, grounded, moved

# How contents show in lists.


class Card(Struct, frozen=True):
    """How a content shows in lists. ``surtitre`` says its sort, else its kind; ``precision``, for
    lists of one kind, its sort, else its theme; ``sorte`` its sort alone; ``theme`` is the code of
    its first theme or ``""``; ``details`` are short phrases (« Samedi 9 octobre 2021, 14 h »);
    ``empreinte`` is the address of the drawing of a content without picture, ``""`` when it has
    one; ``chiffre`` a figure set over it, and what it counts; ``ancien`` the day that was first
    announced for what has moved since. ``fin`` is the last day of what is not over yet, ``suite``
    the day that it tells, then those that follow."""

    ref: str
    url: str
    kind: str
    surtitre: str
    titre: str
    resume: str
    theme: str
    feuille: Feuille | None
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    image: Picture | None
    digest: str
    empreinte: str = ""
    precision: str = ""
    ancien: str = ""
    fin: date | None = None
    suite: tuple[date, ...] = ()
    sorte: str = ""
    chiffre: tuple[str, str] | None = None

    @property
    def profonde(self) -> str:
        """The drawing at the full colour of its theme, for what is shown large."""
        return self.empreinte and grounded(self.empreinte, NUMBER if self.chiffre else DEEP)

    @property
    def tus(self) -> int:
        """How many of its details, from the first, go unsaid beside its leaf, which says them."""
        return int(bool(self.feuille and self.feuille.dite and self.feuille.avant))

    def retold(self, **changes: Any) -> Card:
        """The same told otherwise, under a digest of its own, which rests on what changes."""
        digest = self.digest and digest_bytes(repr((self.digest, changes)).encode())
        return replace(self, **changes, digest=digest)


_PICTURED = ("cartes", "vedette", "dossier")
"""Forms of a list that show pictures."""


def varied(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """A list in which neighbours never show the same drawing: the later one shows the next of its
    family, or its own on the other ground when it says something. One that has a number stays."""
    shown: list[Card] = []
    for card in cards:
        near, new = [one.empreinte for one in shown[-NEAR:]], card.empreinte
        if new in near and new and not card.chiffre:
            tries = [moved(new, step) for step in range(1, NEAR + 1)]
            others = [one for one in (*tries, new) if one != near[-1]]
            new = next((one for one in tries if one not in near), others[0])
        if new != card.empreinte:
            card = card.retold(empreinte=new)
        shown.append(card)
    return tuple(shown)


class Bloc(Struct, frozen=True):
    """A titled list of cards, and where all of them are (``url`` or ``""``, named by ``lien``).

    ``forme`` is ``cartes`` (grid), ``vedette`` (grid, the first one large), ``lignes`` (agenda
    lines), ``finies`` (lines under a title that says they are over), ``simples`` (title and one
    line, the card's note if it has one), ``repertoire`` (the same beside a letter) or ``dossier``
    (numbered). ``ancre`` is where an index leads, ``code`` names it for templates that give it a
    place of its own, ``affiche`` is the poster that tells it. What is over on the reader's day
    leaves a list of what is ``avenir``, whose last cards, as many as ``reserve``, wait to take its
    place; elsewhere it is said to be over. ``fins`` are the last days of cards that stand here for
    a time that is not their own; of a ``repertoire``, those of its notes."""

    titre: str
    cartes: tuple[Card, ...]
    url: str = ""
    forme: str = "cartes"
    notes: tuple[str, ...] = ()
    lien: str = "Tout voir"
    ancre: str = ""
    code: str = ""
    affiche: str = ""
    avenir: bool = False
    reserve: int = 0
    fins: tuple[date | None, ...] = ()

    def __post_init__(self) -> None:
        if self.forme in _PICTURED:
            force_setattr(self, "cartes", varied(self.cartes))


# By what a list is narrowed: the one facet component of the portal.


class ValeurView(Struct, frozen=True):
    """A value of a facet: its code in addresses, its static page (``""``: none, a script alone
    offers it), how many contents have it (``None``: not told), the theme whose colour marks it;
    ``choisie``: the page's own."""

    code: str
    texte: str
    url: str = ""
    nombre: int | None = None
    theme: str = ""
    choisie: bool = False


class FacetteView(Struct, frozen=True):
    """A facet: its key in addresses, its title, its values; ``bascule`` is a switch with one
    value, ``ouverte`` shows its values at once, of ``unique`` one value at most is chosen."""

    cle: str
    titre: str
    valeurs: tuple[ValeurView, ...]
    bascule: bool = False
    ouverte: bool = False
    unique: bool = False


class FacettesView(Struct, frozen=True):
    """The facets of a list at ``liste``, narrowed by a script from the data at ``donnees``.

    ``etat`` is what the page itself already narrows, as a query (``theme=numerique``);
    ``raccourcis`` are ready-made choices, links whose ``note`` is their query; ``communes`` is the
    address of the communes among which « près de chez moi » completes, ``""`` without it;
    ``lieux`` that of the data of what there is to see around, ``reseau`` of what neighbours
    announce there.
    """

    liste: str
    donnees: str
    facettes: tuple[FacetteView, ...]
    etat: str = ""
    raccourcis: tuple[Lien, ...] = ()
    communes: str = ""
    lieux: str = ""
    reseau: str = ""


_STATE = Etiquette("État", "etat")
MODELE = Card("", "/", "", "", "Titre", "", "", None, ("Détail",), (_STATE,), None, "", "", "Genre")
"""A content that says nothing: what a script draws takes its markup from it."""
MODELE_DATE = replace(
    MODELE,
    feuille=Feuille(date(2000, 1, 1), avant="jusqu’au", dite=True),
    details=("Jour", "Détail"),
)
"""The same, of what has a leaf, which says the first detail."""


class ListingView(PageView, frozen=True, kw_only=True):
    """A page of a list. ``nombre`` counts all its contents; ``voisins`` are other views of it
    (archives…), ``presentations`` other ways to show the agenda; ``index`` leads to its groups,
    letters or kinds (no address: an empty one); ``vide`` says what to do when there is nothing;
    ``facettes`` by what it is narrowed; ``carte`` shows where they are, ``numeros`` their points by
    reference; ``boutons`` lead to what one does here."""

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
    facettes: FacettesView | None = None
    carte: MapView | None = None
    numeros: Mapping[str, int] = field(default_factory=dict)
    boutons: tuple[Lien, ...] = ()
    imprimes: tuple[Imprime, ...] = ()

    @property
    def modele(self) -> Card:
        """What a script takes the markup of a line from: it says nothing."""
        return MODELE_DATE if self.kind == Kind.ANNONCE.value else MODELE


class HomeView(PageView, frozen=True, kw_only=True):
    """The home page: ``une`` is put forward, ``chiffres`` the line of figures, ``raccourcis`` lead
    to days of the agenda; ``exemples`` says what the figures leave out. A block without cards is
    not drawn; ``vide`` says what to do when the portal holds nothing; ``abonnement`` is how one
    subscribes to the letter, ``chiffre`` the figure of its last issue (what is counted, the issue,
    the value); ``communes`` is the address of those that « près de chez vous » completes, ``""``
    without an agenda to lead to."""

    une: tuple[Card, ...]
    agenda: Bloc
    en_ce_moment: Bloc
    carte: MapView | None
    articles: Bloc
    dossiers: Bloc
    annonces: Bloc
    nouveautes: Bloc
    chiffres: tuple[Lien, ...]
    exemples: str = ""
    raccourcis: tuple[Lien, ...] = ()
    vide: Vide | None = None
    abonnement: Abonnement | None = None
    chiffre: Lien | None = None
    communes: str = ""

    @property
    def blocs(self) -> tuple[Bloc, ...]:
        """All its blocks."""
        events = (self.agenda, self.en_ce_moment)
        return (*events, self.articles, self.dossiers, self.annonces, self.nouveautes)


class ThemesView(PageView, frozen=True, kw_only=True):
    """All themes: (code, link whose note is the count, drawing or ``""``)."""

    themes: tuple[tuple[str, Lien, str], ...]


class PlanView(PageView, frozen=True, kw_only=True):
    """The site plan: groups of links."""

    groupes: tuple[NavGroup, ...]


class NotFoundView(PageView, frozen=True, kw_only=True):
    """The 404 page: ``issues`` are ways out, ``plan`` the site plan, where its script looks,
    ``empreinte`` its drawing."""

    issues: tuple[Lien, ...]
    plan: str
    empreinte: str


class RedirectView(PageView, frozen=True, kw_only=True):
    """A page that only leads to ``cible`` (site path)."""

    cible: str


class WithdrawnView(PageView, frozen=True, kw_only=True):
    """The page of a content taken back: ``jour`` when it was, ``motif`` why if that is said,
    ``issues`` where to look instead."""

    jour: str
    motif: str
    issues: tuple[Lien, ...]


# The agenda as a list: what lasts, then day after day.


@by_digest
class LigneAgenda(Struct, frozen=True):
    """An event on one day: ``heure`` (« 14 h », ``""`` when it is not known), ``suite`` what
    follows it (« – 16 h ») or says so (« heure à confirmer »), ``iso`` the same for machines,
    ``etiquettes`` its states on that day.

    Its card holds what a line shows and nothing else: neither the date nor the state, which are
    those of the next occurrence and change with the day. ``digest`` is that of the rest: several
    pages show it, drawn once; ``""``: drawn each time."""

    carte: Card
    heure: str
    suite: str
    iso: str
    etiquettes: tuple[Etiquette, ...]
    digest: str = ""


class GroupeAgenda(Struct, frozen=True):
    """Lines of a day under a title (a territory), ``""`` for none."""

    titre: str
    lignes: tuple[LigneAgenda, ...]


class JourAgenda(Struct, frozen=True):
    """A day, its name and its month in words (with its year when it is another), its lines;
    ``vide`` says so where it has none and is looked for."""

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
    """What lasts: its days in words, how far it is on the day of the build, in hundredths,
    ``None`` before it begins; its last day."""

    carte: Card
    dates: str
    ecoule: int | None
    fin: date | None = None


_JOUR = date(2000, 1, 1)
_ETAT = Etiquette("État", "etat", forte=True)
_CARTE = replace(
    MODELE, url="/agenda/", feuille=Feuille(_JOUR), details=("Quand", "Où"), etiquettes=(_ETAT,)
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
