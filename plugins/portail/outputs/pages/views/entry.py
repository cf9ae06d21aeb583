"""Views of the pages of contents."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from portail.body.document import Heading
from portail.model.entry import Entry
from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import Bloc, LoanStrip
from portail.outputs.pages.views.programme import FratrieView, GrilleView, ProgrammeView
from portail.text.typography import SafeHtml


class FermetureView(Struct, frozen=True):
    """What is said of a closure until the end of ``fin``, its last day."""

    message: shared.Message
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
    """``accueil`` are rows for groups and partners; ``manque``, ``verifiee`` are said in words."""

    offres: tuple[str, ...] = ()
    fermetures: tuple[FermetureView, ...] = ()
    horaires: HorairesView | None = None
    accueil: tuple[shared.Fait, ...] = ()
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
    demande: shared.Lien | None = None


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

    qui: shared.Lien
    dates: str
    etat: str
    numero: int


class DemandeView(Struct, frozen=True):
    """For the script that answers: « 1 2021-09-13 2021-10-15 » is a copy (0: unknown) and a
    loan."""

    exemplaires: int
    delai: int
    prets: tuple[str, ...]


class OutilView(Struct, frozen=True):
    """A tool that is lent: where its copies are (dates as notes), then go; ``avant``: how many
    stops came before ``etapes``; ``a_demander``: some of ``transport`` is not told; ``publique``:
    one may see it."""

    ou: tuple[shared.Lien, ...] = ()
    ensuite: tuple[shared.Lien, ...] = ()
    frise: Frise | None = None
    etapes: tuple[EtapeView, ...] = ()
    avant: int = 0
    carte: shared.MapView | None = None
    transport: tuple[shared.Fait, ...] = ()
    a_demander: bool = False
    preteur: shared.Lien | None = None
    publique: bool = False
    demande: DemandeView | None = None
    mois: LoanStrip | None = None


class Citation(Struct, frozen=True):
    """How to cite a content: a sentence in French; a BibTeX record, if somebody signed it."""

    phrase: str
    bibtex: str


class Lecture(Struct, frozen=True):
    """Around the text of a content. ``auteurs`` are those who have a sheet, ``recueils`` what
    gathers it; ``courriel`` gives the page to someone, ``signaler`` tells of a mistake;
    ``modifier``, ``annuler``, ``reconduire`` and ``retour`` fill the form, with it, its state
    alone, its next edition, what it was like; ``corriger`` opens its file on the forge,
    ``texte`` is the Markdown that one may publish again as ``reprise`` says."""

    auteurs: tuple[shared.Lien, ...] = ()
    recueils: tuple[shared.Lien, ...] = ()
    citation: Citation | None = None
    courriel: str = ""
    signaler: str = ""
    modifier: str = ""
    annuler: str = ""
    reconduire: str = ""
    retour: str = ""
    corriger: str = ""
    texte: str = ""
    reprise: str = ""


class Acteur(Struct, frozen=True):
    """A lieu or structure (``note``: what and where), its number on the map, 0 for none."""

    lien: shared.Lien
    numero: int = 0


class RoleView(Struct, frozen=True):
    """Those who play one role; ``definition`` says in a few words what they do."""

    titre: str
    definition: str
    acteurs: tuple[Acteur, ...]


class PresView(Struct, frozen=True):
    """Who could come, what can be borrowed, with distances as notes; where all of them are."""

    acteurs: tuple[shared.Lien, ...]
    outils: tuple[shared.Lien, ...]
    annuaire: str
    catalogue: str


class TerritoireView(Struct, frozen=True):
    """``autres``: how many more the directory has; ``membres``: what it is made of; ``comptes``:
    what the page holds (numbers as notes), without ``exemples``; ``reseaux``: networks of
    elsewhere; ``vide`` stands for its agenda."""

    roles: tuple[RoleView, ...] = ()
    autres: shared.Lien | None = None
    departements: tuple[shared.Lien, ...] = ()
    titre_membres: str = ""
    membres: tuple[shared.Lien, ...] = ()
    voisins: tuple[shared.Lien, ...] = ()
    comptes: tuple[shared.Lien, ...] = ()
    exemples: str = ""
    identite: tuple[shared.Fait, ...] = ()
    reseaux: tuple[shared.Lien, ...] = ()
    pres: PresView | None = None
    vide: shared.Vide | None = None


class EditionMontreeView(Struct, frozen=True):
    """What the page of a yearly rendezvous shows of a year: ``lieux``, the départements of its
    programme with how many events each has; ``publics``, the programmes for everyone, for classes;
    ``chiffres`` told of it; what is ``imprimes``. ``filtre`` is the query by which the agenda lists
    it around a commune, ``communes`` those that complete it (``""``: it is not asked)."""

    lieux: tuple[shared.Lien, ...] = ()
    publics: tuple[shared.Lien, ...] = ()
    chiffres: tuple[shared.Fait, ...] = ()
    imprimes: tuple[shared.Imprime, ...] = ()
    filtre: str = ""
    communes: str = ""


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


class EntryView(shared.PageView, frozen=True, kw_only=True):
    """The page of one content. ``entry`` is the model itself: front-matter keys are template
    variables. ``corps`` is the checked body, the only markup; ``tableaux`` are titled lists of
    rows; ``replis`` are facts of the box that small screens fold. Of an event: ``premiers`` open
    the box, ``quand`` is the séance to tell first, ``contexte`` what it belongs to, ``fratrie`` its
    rank there, ``autour`` what is near. ``apres`` is said instead of ``message`` once it is over,
    ``vide`` where nothing is published yet."""

    entry: Entry
    kind: str
    surtitre: str
    theme: str
    themes: tuple[shared.Lien, ...]
    territoires: tuple[shared.Lien, ...]
    signature: tuple[shared.Lien, ...]
    publie: date | None
    modifie: date | None
    minutes: int
    etiquettes: tuple[shared.Etiquette, ...]
    image: shared.Picture | None
    corps: SafeHtml
    sommaire: tuple[Heading, ...]
    faits: tuple[shared.Fait, ...]
    boutons: tuple[shared.Lien, ...]
    feuille: shared.Feuille | None
    tableaux: tuple[tuple[str, tuple[shared.Fait, ...]], ...]
    blocs: tuple[Bloc, ...]
    licence: shared.Lien
    fichier_url: str
    message: shared.Message | None
    apres: shared.Message | None = None
    fin: date | None = None
    suite: tuple[date, ...] = ()
    carte: shared.MapView | None = None
    lecture: Lecture = field(default_factory=Lecture)
    empreinte: str = ""
    profonde: str = ""
    chiffre: tuple[str, str] | None = None
    lieu: LieuView | None = None
    outil: OutilView | None = None
    dates: tuple[DateView, ...] = ()
    territoire: TerritoireView | None = None
    ics: str = ""
    premiers: tuple[shared.Fait, ...] = ()
    replis: tuple[shared.Fait, ...] = ()
    quand: SeanceView | None = None
    periode: str = ""
    contexte: tuple[shared.Lien, ...] = ()
    programmes: tuple[ProgrammeView, ...] = ()
    fratrie: FratrieView | None = None
    autour: Bloc | None = None
    acteurs: tuple[shared.Lien, ...] = ()
    grille: GrilleView | None = None
    editions: tuple[shared.Lien, ...] = ()
    edition: EditionMontreeView | None = None
    vide: shared.Vide | None = None
