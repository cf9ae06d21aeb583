"""Views of open data, of the newsletter, of a newsletter of one's own."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.model.issue import Group, Issue, Line, Link, Section
from portail.outputs.pages.views.shared import Lien, PageView
from portail.text.typography import SafeHtml


class FichierDonnees(Struct, frozen=True):
    """A file: its format (« CSV »), its address, what it holds when that is not all of its set
    (``precision``), the address of its JSON Schema (empty: none)."""

    format: str
    url: str
    precision: str = ""
    schema: str = ""


class JeuDonnees(Struct, frozen=True):
    """The files that tell the same contents: title, anchor, sentence, how many records it has, the
    page of its fields (empty: none)."""

    titre: str
    ancre: str
    description: str
    nombre: str
    fichiers: tuple[FichierDonnees, ...]
    dictionnaire: str = ""


class DonneesView(PageView, frozen=True, kw_only=True):
    """What one may take and reuse. ``index`` is the address of the file that lists the others,
    ``licence`` the name and the address of the licence, ``attribution`` the sentence to copy,
    ``mentions`` the page that cites the data of others, ``changements`` the file of what is new,
    ``exemple`` a command, ``suites`` other ways to follow; what is empty is not told."""

    jeux: tuple[JeuDonnees, ...]
    index: str
    licence: Lien
    attribution: str
    dictionnaire: str
    mentions: str = ""
    changements: str = ""
    exemple: str = ""
    suites: tuple[Lien, ...] = ()


class ChampDonnees(Struct, frozen=True):
    """One field: its key, its name, what it says; ``valeur`` what its value is, in French words
    that end with ``lien``, to the anchor of a list of codes or of a table of fields, if any; an
    example as JSON writes it."""

    cle: str
    libelle: str
    description: str
    valeur: str
    lien: Lien | None = None
    exemple: str = ""
    obligatoire: bool = False


class TableChamps(Struct, frozen=True):
    """Fields of one group: its path in the record, ``""`` for the record itself."""

    chemin: str
    ancre: str
    champs: tuple[ChampDonnees, ...]


class SectionDictionnaire(Struct, frozen=True):
    """Tables under one title, and a sentence that says what they are."""

    titre: str
    ancre: str
    phrase: str
    tables: tuple[TableChamps, ...]


class ListeValeurs(Struct, frozen=True):
    """A controlled list: (code, French label) of each value."""

    nom: str
    ancre: str
    valeurs: tuple[tuple[str, str], ...]


class DictionnaireView(PageView, frozen=True, kw_only=True):
    """The fields of what all records have, or of one kind: ``jeu`` its files, ``sections`` its
    fields, ``listes`` the values of its codes, ``pages`` the other pages of the dictionary."""

    chapo: str
    sections: tuple[SectionDictionnaire, ...]
    listes: tuple[ListeValeurs, ...] = ()
    pages: tuple[Lien, ...] = ()
    jeu: JeuDonnees | None = None


# Pages of the letter: its archive, an issue, how one leaves.


class Abonnement(Struct, frozen=True):
    """How one subscribes. ``action`` is the address that the form posts to, ``champ`` the name of
    the field that says the list, ``listes`` the editions offered (value, name), ``choisie`` the
    value of the first choice, ``fixes`` the fields that nobody sees (name, value). Without
    ``action`` one writes: ``courriels`` are messages ready to send, one for each edition."""

    action: str = ""
    champ: str = ""
    listes: tuple[tuple[str, str], ...] = ()
    choisie: str = ""
    fixes: tuple[tuple[str, str], ...] = ()
    courriels: tuple[Lien, ...] = ()


class NumeroListe(Struct, frozen=True):
    """An issue in a list: its page, its Thursday, its subject, a sentence, « Semaine 38 »;
    ``titres`` are those of what it tells first."""

    url: str
    jour: date
    titre: str
    chapo: str
    semaine: str
    titres: tuple[str, ...] = ()


class LettresView(PageView, frozen=True, kw_only=True):
    """The issues of one edition in one year. ``entete`` says both; ``edition`` is its name, ``""``
    for that of the whole region; ``editions`` lead to the others, ``annees`` to the other years.
    ``dernier`` is the last issue, on the first page, ``prochain`` the one in preparation; ``annee``
    is 0 while none was sent. ``ma_lettre`` is where one composes one's own, ``""`` for nowhere."""

    entete: str
    chapo: str
    edition: str
    editions: tuple[Lien, ...]
    dernier: NumeroListe | None
    prochain: Lien | None
    annee: int
    numeros: tuple[NumeroListe, ...]
    annees: tuple[Lien, ...]
    abonnement: Abonnement | None
    ma_lettre: str = ""


class LettreView(PageView, frozen=True, kw_only=True):
    """An issue: ``numero`` is what it tells, without the links to what is no more, ``mot`` the
    editor's word. ``envoye`` once it has gone out. ``formes`` are its mail and its text, when they
    are made; ``editions`` the other editions of that week, ``archive`` all issues."""

    numero: Issue
    mot: SafeHtml
    semaine: str
    envoye: bool
    formes: tuple[Lien, ...]
    editions: tuple[Lien, ...]
    precedent: Lien | None
    suivant: Lien | None
    archive: Lien
    inscription: str
    ma_lettre: str = ""


class DesabonnementView(PageView, frozen=True, kw_only=True):
    """How one leaves: ``page`` is where, ``listes`` the page of each edition, or a message ready to
    send; ``courriel`` the address of the editors."""

    page: str
    listes: tuple[Lien, ...]
    courriel: str


# The page where one composes a letter of one's own.

_LINK = Link(texte="Tout", url="/")
_LINES = (
    Line(
        ref="",
        url="/",
        titre="Titre",
        nature="Nature",
        texte="Texte",
        details="Détails",
        jour=date(2027, 9, 30),
        etiquette="État",
    ),
)
_MODELS = (
    Section(cle="une", titre="Nouvelles", groupes=(Group(lignes=_LINES),), lien=_LINK),
    Section(
        cle="week-end",
        titre="Rendez-vous",
        groupes=(Group(lignes=_LINES), Group(titre="Groupe", lignes=_LINES)),
        lien=_LINK,
    ),
)


class ChoixLettre(Struct, frozen=True):
    """A value that one may choose: its code in addresses, its name; ``suivre`` are its agenda, its
    calendar, its feed, those that exist, whose ``note`` says which (``agenda``, ``ics``, ``flux``);
    ``theme`` its code when it has a colour."""

    code: str
    texte: str
    suivre: tuple[Lien, ...] = ()
    theme: str = ""


class GroupeChoix(Struct, frozen=True):
    """The values of one facet: its key (``departement``), its title."""

    cle: str
    titre: str
    choix: tuple[ChoixLettre, ...]


class MaLettreView(PageView, frozen=True, kw_only=True):
    """What one chooses among, before a script composes anything.

    ``jour`` is the Thursday of the letter, ``semaine`` its week (« semaine 39 »); ``donnees`` the
    site path of what it is composed of, ``agenda`` that of the list of events, whose filters take
    the same codes; ``groupes`` are the facets that have values, ``editions`` the letters that are
    ready.
    """

    jour: date
    semaine: str
    donnees: str
    agenda: str
    groupes: tuple[GroupeChoix, ...]
    editions: tuple[Lien, ...]

    def _of(self, *keys: str) -> tuple[GroupeChoix, ...]:
        return tuple(one for one in self.groupes if one.cle in keys)

    @property
    def territoires(self) -> tuple[GroupeChoix, ...]:
        """Départements and EPCI."""
        return self._of("departement", "epci")

    @property
    def themes(self) -> tuple[GroupeChoix, ...]:
        """Themes: one group, or none."""
        return self._of("theme")

    @property
    def publics(self) -> tuple[GroupeChoix, ...]:
        """Publics: one group, or none."""
        return self._of("public")

    @property
    def modeles(self) -> tuple[Section, Section]:
        """What the script draws sections from: one of summaries, one of lines, with all that a
        line and a group may have."""
        return _MODELS
