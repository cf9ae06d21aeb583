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

# What only the page of a place shows.


class FermetureView(Struct, frozen=True):
    """What is said of a closure until the end of ``fin``, its last day."""

    message: Message
    fin: date


class SemaineView(Struct, frozen=True):
    """The hours of each day of a week, by its name; ``titre`` is when they hold, ``""`` when there
    is no other week; ``dates`` first and last days of the year, as ``DateSpan``, for the script."""

    titre: str
    dates: str
    jours: tuple[tuple[str, str], ...]


class HorairesView(Struct, frozen=True):
    """Opening hours: tables of weeks, sentences for the rest. For the script that knows the
    reader's clock: ``regles`` as ``OpeningHours.compact``, ``fermetures`` and ``vacances`` as
    first and last days (ISO), all as JSON; ``""`` when there are none."""

    semaines: tuple[SemaineView, ...]
    phrases: tuple[str, ...]
    regles: str
    fermetures: str = ""
    vacances: str = ""


class LieuView(Struct, frozen=True):
    """``offres`` are what it brings to others, in a few words; ``accueil`` rows for who comes in a
    group, hires a room or works with it; ``manque`` what visitors look for and its sheet does not
    say, ``""`` when it says all; ``verifiee`` when it was last checked."""

    offres: tuple[str, ...] = ()
    fermetures: tuple[FermetureView, ...] = ()
    horaires: HorairesView | None = None
    accueil: tuple[Fait, ...] = ()
    manque: str = ""
    verifiee: str = ""


# What only the page of a resource that is lent shows.


class Case(Struct, frozen=True):
    """A piece of the strip: ``largeur`` weeks from the week ``debut`` (1: the first one shown).
    ``sorte`` is ``libre``, ``fait``, ``ici`` (under way) or ``avenir``; empty for a month.
    ``numero`` is that of the stop, 0 for none; ``demande`` how to ask for a free one."""

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
    """Six months of loans, a column a week. The present week is always the same column: it does
    not stand in the view."""

    mois: tuple[Case, ...]
    pistes: tuple[Piste, ...]


class EtapeView(Struct, frozen=True):
    """A stop: who borrows, when; ``etat`` is ``fait``, ``ici`` or ``avenir``; its number."""

    qui: Lien
    dates: str
    etat: str
    numero: int


class DemandeView(Struct, frozen=True):
    """What a script needs to say whether the tool is free between two days: how many copies there
    are, how many days before one asks, and the loans that are not over, « 1 2021-09-13 2021-10-15 »
    (copy, 0 for an unknown one, first and last day)."""

    exemplaires: int
    delai: int
    prets: tuple[str, ...]


class OutilView(Struct, frozen=True):
    """A tool that is lent: where its copies are today (their dates as notes), where they go next,
    its strip, its stops in order (``avant``: how many more there were before them) and their map,
    what is known of moving it, and whether the rest is to be asked. ``publique``: one may go and
    see it where it stays. ``calendrier`` is the address of the calendar of its loans."""

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


# What a reader may want of a text besides reading it.


class Citation(Struct, frozen=True):
    """How to cite a content: a sentence in French, and a BibTeX record."""

    phrase: str
    bibtex: str


class Lecture(Struct, frozen=True):
    """Around the text of a content; what does not exist is empty.

    ``auteurs`` are those who signed and have a sheet (what they are as a note), ``recueils`` the
    dossiers then communities that gather the content. Addresses: ``courriel`` begins a message
    that gives the page to someone, ``signaler`` tells the editors of a mistake in it, ``modifier``
    (site path) fills the form with it, ``reconduire`` with the next edition of an event that is
    over, ``retour`` with what its organiser has still to tell of it, ``corriger`` opens its file on
    the forge when its kind has no form, ``texte`` is the Markdown (site path) of what anyone may
    publish again, ``reprise`` how.
    """

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


# What only the page of a territory shows.


class Acteur(Struct, frozen=True):
    """A lieu or structure, what and where it is (``lien.note``), its number on the map (0: the map
    does not show it)."""

    lien: Lien
    numero: int = 0


class RoleView(Struct, frozen=True):
    """Those who play one role; ``definition`` says in a few words what they do."""

    titre: str
    definition: str
    acteurs: tuple[Acteur, ...]


class PresView(Struct, frozen=True):
    """Who could come and what can be borrowed, the nearest first, each with how far it is as a
    note; where all of them are (site paths)."""

    acteurs: tuple[Lien, ...]
    outils: tuple[Lien, ...]
    annuaire: str
    catalogue: str


class TerritoireView(Struct, frozen=True):
    """``roles`` are who brings science there, ``autres`` how many more the directory has;
    ``departements`` are those of a region, ``membres`` what it is made of, under
    ``titre_membres``; ``voisins`` the territories around; ``comptes`` what the page holds, each
    with its number as a note, ``exemples`` what that leaves out; ``identite`` its figures;
    ``reseaux`` the networks of elsewhere to which its places belong; ``pres`` who could come;
    ``vide`` stands for its agenda."""

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
    """One occurrence of an event, as a French phrase, with machine-readable bounds (ISO 8601);
    ``barree`` when it will not take place as written."""

    phrase: str
    debut_iso: str
    fin_iso: str
    etiquettes: tuple[Etiquette, ...]
    barree: bool = False
    note: str = ""


class DateView(Struct, frozen=True):
    """A date of an event: one séance that ``phrase`` tells wholly, or several of one day; ``fin``
    is its last day."""

    feuille: Feuille
    phrase: str
    passee: bool
    seances: tuple[SeanceView, ...]
    fin: date | None = None


class EntryView(PageView, frozen=True, kw_only=True):
    """The page of one content. ``entry`` is the model itself: front-matter keys are template
    variables (``entry.resume_falc``, ``entry.references``…). ``corps`` is the checked body, the
    only markup; ``faits`` feed the practical box; ``blocs`` are related contents; ``tableaux``
    titled lists of rows (key figures, steps, loans). ``fichier_url`` is the file on the forge.
    Of an event: ``ics`` is its file for a calendar, ``premiers`` open the box, ``quand`` the séance
    to tell first, ``dates`` are all, ``periode`` holds them, ``contexte`` is what it belongs to,
    ``fratrie`` its rank there, ``autour`` what is near.
    ``programmes`` tell what it gathers, ``acteurs`` who takes part, ``editions`` its years,
    ``grille`` these side by side, ``vide`` what stands where nothing is published yet. ``fin`` and
    ``suite`` are those of its card, ``apres`` what is said instead of ``message`` once it is over.
    """

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
