"""Views of the pages of contents."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from portail.body.document import Heading
from portail.model.entry import Entry
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.programme import FratrieView, GrilleView, ProgrammeView, TempsView
from portail.outputs.pages.views.shared import (
    Etiquette,
    Fait,
    Feuille,
    Lien,
    MapView,
    Message,
    PageView,
    Picture,
    Vide,
)
from portail.text.typography import SafeHtml


class FermetureView(Struct, frozen=True):
    """What is said of a closure until the end of ``fin``, its last day."""

    message: Message
    fin: date


class SemaineView(Struct, frozen=True):
    """Hours by name of day; ``titre``: when they hold, if not always; as a ``DateSpan``."""

    titre: str
    dates: str
    jours: tuple[tuple[str, str], ...]


class HorairesView(Struct, frozen=True):
    """Tables of weeks, sentences for the rest. In JSON for the script that knows the reader's
    clock: ``regles`` (``OpeningHours.compact``), first and last days of ``fermetures`` and
    ``vacances``."""

    semaines: tuple[SemaineView, ...]
    phrases: tuple[str, ...]
    regles: str
    fermetures: str = ""
    vacances: str = ""


class LieuView(Struct, frozen=True):
    """``accueil`` are rows for groups and partners, ``manque`` what the sheet does not say, in
    words, ``verifiee`` when it was last checked."""

    offres: tuple[str, ...] = ()
    fermetures: tuple[FermetureView, ...] = ()
    horaires: HorairesView | None = None
    accueil: tuple[Fait, ...] = ()
    manque: str = ""
    verifiee: str = ""


class Case(Struct, frozen=True):
    """``largeur`` weeks of the strip from ``debut`` (1: the first shown). ``sorte`` is ``libre``,
    ``fait``, ``ici``, ``avenir``, or ``""`` for a month; ``numero`` the stop, 0 for none;
    ``demande`` how to ask."""

    titre: str
    dates: str
    debut: int
    largeur: int
    sorte: str = ""
    numero: int = 0
    demande: Lien | None = None


class Piste(Struct, frozen=True):
    """A copy of the tool, named when it has several."""

    titre: str
    cases: tuple[Case, ...]


class Frise(Struct, frozen=True):
    """Six months of loans, a column a week; the present week is always the same column."""

    mois: tuple[Case, ...]
    pistes: tuple[Piste, ...]


class EtapeView(Struct, frozen=True):
    """A stop: who borrows, when; ``etat`` is ``fait``, ``ici`` or ``avenir``; its number."""

    qui: Lien
    dates: str
    etat: str
    numero: int


class DemandeView(Struct, frozen=True):
    """For the script that answers: copies, days before one asks, loans not over, « 1 2021-09-13
    2021-10-15 » (copy, 0 for unknown, first and last day)."""

    exemplaires: int
    delai: int
    prets: tuple[str, ...]


class OutilView(Struct, frozen=True):
    """A tool that is lent: where its copies are (dates as notes), then go; ``avant``: how many
    stops came before ``etapes``; ``a_demander``: some of ``transport`` is not told; ``publique``:
    one may see it."""

    ou: tuple[Lien, ...] = ()
    ensuite: tuple[Lien, ...] = ()
    frise: Frise | None = None
    etapes: tuple[EtapeView, ...] = ()
    avant: int = 0
    carte: MapView | None = None
    transport: tuple[Fait, ...] = ()
    a_demander: bool = False
    preteur: Lien | None = None
    publique: bool = False
    calendrier: str = ""
    demande: DemandeView | None = None


class Citation(Struct, frozen=True):
    """How to cite a content: a sentence in French, and a BibTeX record."""

    phrase: str
    bibtex: str


class Lecture(Struct, frozen=True):
    """Around the text of a content. ``auteurs`` are those who have a sheet, ``recueils`` what
    gathers it; ``courriel`` gives the page to someone, ``signaler`` tells of a mistake;
    ``modifier``, ``reconduire`` and ``retour`` fill the form, with it, its next edition, what it
    was like; ``corriger`` opens its file on the forge, ``texte`` is the Markdown that one may
    publish again as ``reprise`` says."""

    auteurs: tuple[Lien, ...] = ()
    recueils: tuple[Lien, ...] = ()
    citation: Citation | None = None
    courriel: str = ""
    signaler: str = ""
    modifier: str = ""
    reconduire: str = ""
    retour: str = ""
    corriger: str = ""
    texte: str = ""
    reprise: str = ""


class Acteur(Struct, frozen=True):
    """A lieu or structure (``note``: what and where), its number on the map, 0 for none."""

    lien: Lien
    numero: int = 0


class RoleView(Struct, frozen=True):
    """Those who play one role; ``definition`` says in a few words what they do."""

    titre: str
    definition: str
    acteurs: tuple[Acteur, ...]


class PresView(Struct, frozen=True):
    """Who could come, what can be borrowed, with distances as notes; where all of them are."""

    acteurs: tuple[Lien, ...]
    outils: tuple[Lien, ...]
    annuaire: str
    catalogue: str


class TerritoireView(Struct, frozen=True):
    """``autres``: how many more the directory has; ``membres``: what it is made of; ``comptes``:
    what the page holds (numbers as notes), without ``exemples``; ``reseaux``: networks of
    elsewhere; ``vide`` stands for its agenda."""

    roles: tuple[RoleView, ...] = ()
    autres: Lien | None = None
    departements: tuple[Lien, ...] = ()
    titre_membres: str = ""
    membres: tuple[Lien, ...] = ()
    voisins: tuple[Lien, ...] = ()
    comptes: tuple[Lien, ...] = ()
    exemples: str = ""
    identite: tuple[Fait, ...] = ()
    reseaux: tuple[Lien, ...] = ()
    pres: PresView | None = None
    vide: Vide | None = None


class SeanceView(Struct, frozen=True):
    """An occurrence as a French phrase, with its bounds (ISO 8601); ``barree``: it is off."""

    phrase: str
    debut_iso: str
    fin_iso: str
    etiquettes: tuple[Etiquette, ...]
    barree: bool = False
    note: str = ""


class DateView(Struct, frozen=True):
    """A date of an event: one séance that ``phrase`` tells wholly, or several of one day."""

    feuille: Feuille
    phrase: str
    passee: bool
    seances: tuple[SeanceView, ...]
    fin: date | None = None


class EntryView(PageView, frozen=True, kw_only=True):
    """The page of one content. ``entry`` is the model itself: front-matter keys are template
    variables. ``corps`` is the checked body, the only markup; ``tableaux`` are titled lists of
    rows. Of an event: ``premiers`` open the box, ``quand`` is the séance to tell first,
    ``contexte`` what it belongs to, ``fratrie`` its rank there, ``autour`` what is near. ``apres``
    is said instead of ``message`` once it is over, ``vide`` where nothing is published yet."""

    entry: Entry
    kind: str
    surtitre: str
    theme: str
    themes: tuple[Lien, ...]
    territoires: tuple[Lien, ...]
    signature: tuple[Lien, ...]
    publie: date | None
    modifie: date | None
    minutes: int
    etiquettes: tuple[Etiquette, ...]
    image: Picture | None
    corps: SafeHtml
    sommaire: tuple[Heading, ...]
    faits: tuple[Fait, ...]
    boutons: tuple[Lien, ...]
    feuille: Feuille | None
    tableaux: tuple[tuple[str, tuple[Fait, ...]], ...]
    blocs: tuple[Bloc, ...]
    licence: Lien
    fichier_url: str
    message: Message | None
    apres: Message | None = None
    fin: date | None = None
    suite: tuple[date, ...] = ()
    carte: MapView | None = None
    lecture: Lecture = field(default_factory=Lecture)
    empreinte: str = ""
    profonde: str = ""
    chiffre: tuple[str, str] | None = None
    lieu: LieuView | None = None
    outil: OutilView | None = None
    dates: tuple[DateView, ...] = ()
    territoire: TerritoireView | None = None
    ics: str = ""
    premiers: tuple[Fait, ...] = ()
    quand: SeanceView | None = None
    periode: str = ""
    contexte: tuple[Lien, ...] = ()
    programmes: tuple[ProgrammeView, ...] = ()
    fratrie: FratrieView | None = None
    autour: Bloc | None = None
    acteurs: tuple[Lien, ...] = ()
    grille: GrilleView | None = None
    editions: tuple[Lien, ...] = ()
    etapes: tuple[TempsView, ...] = ()
    vide: Vide | None = None
