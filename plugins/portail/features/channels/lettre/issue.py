"""One issue of the letter as published.

Pages, mails, feeds and texts are drawn from an ``Issue``, which sending writes for ever in
``content/newsletters/2021-s39.envoi.json`` (``Frozen``). Anyone may propose such a file: everything
in it is checked.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from portail.text.typography import after, then_in_region

FORMAT: Literal[1] = 1
"""Version of the frozen form: a change that would alter the bytes of a sent issue needs another."""

SectionKey: TypeAlias = Literal[
    "faire",
    "savoir",
    "prendre",
    "encore",
    "une",
    "week-end",
    "a-noter",
    "classes",
    "annonces",
    "appels",
    "nouveautes",
    "relire",
]
"""The first three hold the things that a letter tells, numbered as one list; « encore » the way to
the rest. Others are of former letters, which are drawn as they were sent."""
NUMBERED: tuple[SectionKey, ...] = ("faire", "savoir", "prendre")
PICTURED: tuple[SectionKey, ...] = (*NUMBERED, "une", "relire")
"""Sections whose first line has the picture of the mail, when they come first."""


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Link(_Stored):
    """A link: its words, a site path (``/agenda/week-end/``)."""

    texte: str
    url: str


class Line(_Stored):
    """One content that the letter tells.

    ``ref`` is its reference, ``url`` its site path; ``titre`` as written, ``*…*`` for italics;
    ``couleur`` the token of its theme (``guede``); ``texte`` its summary, plain, where it is told
    at length; ``etiquette`` when it is or until when (« Samedi, de 14 h à 17 h », « Inscription
    jusqu’au 4 octobre »); ``details`` what follows (« Amiens · Gratuit »); ``facile`` the site path
    of its text in easy French, which is written nowhere without one; ``raison`` why it is in the
    letter, for editors. ``jour``, the day of a leaf, and ``nature``, what it is, are of former
    letters.
    """

    ref: str
    url: str
    titre: str
    nature: str = ""
    couleur: str = "ardoise"
    texte: str = ""
    details: str = ""
    jour: date | None = None
    etiquette: str = ""
    facile: Annotated[str, Field(exclude_if=lambda address: not address)] = ""
    raison: str = ""


class Group(_Stored):
    """Lines under one heading (a département, « Annuaire »), ``""`` for none; when there are none,
    ``vide`` says so and ``liens`` are the ways out; else ``liens`` lead to the rest. All of them
    hold in one sentence after the heading where ``serre`` says so."""

    titre: str = ""
    lignes: tuple[Line, ...] = ()
    serre: bool = False
    vide: str = ""
    liens: tuple[Link, ...] = ()


class Section(_Stored):
    """A section: its key, its title, the link beside the title, its groups (at least one)."""

    cle: SectionKey
    titre: str
    groupes: tuple[Group, ...]
    lien: Link | None = None

    @property
    def lignes(self) -> tuple[Line, ...]:
        """All its lines."""
        return tuple(line for group in self.groupes for line in group.lignes)


class Erratum(_Stored):
    """What changed since it was announced: ``mot`` (« Annulé »), then, after the linked title,
    ``texte`` (« samedi 2 octobre, Médiathèque… Annoncée dans la lettre du 23 septembre, elle n’aura
    pas lieu. »). ``url`` is ``""`` when its page is no more; ``jour`` is the first of the days that
    it is about, if they are known."""

    ref: str
    titre: str
    mot: str
    texte: str
    url: str = ""
    jour: date | None = None

    @property
    def suite(self) -> str:
        """What follows the title in its line."""
        return f"{after(self.titre)}{self.texte}"


class Picture(_Stored):
    """The picture of the text that leads: what it shows (``""`` for an ornament), who made it and
    under which licence."""

    alt: str = ""
    credit: str = ""


class Answer(_Stored):
    """« La réponse »: what an article found, as plain text, with its title and its site path."""

    ref: str
    titre: str
    texte: str
    url: str


class Figure(_Stored):
    """« Le chiffre »: the figure as written (« 3 114 »), what it counts, where it comes from.

    ``ref`` names the content that says it, perhaps with the rank of the figure: ``lieux/x#2``."""

    ref: str
    valeur: str
    libelle: str
    source: Link


class RibbonDay(_Stored):
    """A day of the ribbon, from Thursday to Wednesday: how many rendez-vous, where they are."""

    jour: date
    nombre: int
    url: str


Block: TypeAlias = (
    tuple[Literal["errata", "changements"], tuple[Erratum, ...]]
    | tuple[Literal["section"], Section]
    | tuple[Literal["reponse"], Answer]
    | tuple[Literal["chiffre"], Figure]
)
"""A part of an issue and what it is."""


class Issue(_Stored):
    """One edition of one week.

    ``semaine`` is the week (``2021-s39``), ``edition`` the code of the edition and ``nom`` its
    name; ``jour`` the Thursday when it goes out. ``sujet`` is the subject, ``apercu`` what mail
    readers show after it; ``mot`` the editor's word, as HTML of paragraphs, lists and links with
    whole addresses, ``""`` for none. ``chapo`` is one sentence for lists of issues, which have the
    ``apercu`` otherwise. ``errata`` cannot wait, ``changements`` stand at the foot. ``image`` is
    the picture of what leads; without it, the mail has the drawing of its theme. ``ruban``,
    ``reponse`` and ``chiffre`` are of former letters.
    """

    semaine: str
    edition: str
    nom: str
    jour: date
    sujet: str
    apercu: str
    chapo: str = ""
    mot: str = ""
    ruban: tuple[RibbonDay, ...] = ()
    errata: tuple[Erratum, ...] = ()
    sections: tuple[Section, ...] = ()
    changements: Annotated[tuple[Erratum, ...], Field(exclude_if=lambda some: not some)] = ()
    image: Picture | None = None
    reponse: Answer | None = None
    chiffre: Figure | None = None
    contributeurs: tuple[str, ...] = ()

    @property
    def lignes(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(line for section in self.sections for line in section.lignes)

    @property
    def tete(self) -> Line | None:
        """The line that leads: the first one that is told at length, else the first."""
        first = self.sections[0] if self.sections else None
        lines = first.lignes if first and first.cle in PICTURED else ()
        long = (line for line in lines if line.texte and line.jour is None)
        return next(long, lines[0] if lines else None)

    @property
    def numeros(self) -> Mapping[str, int]:
        """The number of each thing, by its reference."""
        lines = (
            line for section in self.sections if section.cle in NUMBERED for line in section.lignes
        )
        return {line.ref: rank for rank, line in enumerate(lines, start=1)}

    @property
    def faciles(self) -> tuple[Line, ...]:
        """The lines of contents that are told in easy French too, each content once."""
        return tuple({line.ref: line for line in self.lignes if line.facile}.values())

    @property
    def blocs(self) -> Iterator[Block]:
        """What the issue tells between the editor's word and the contributors, in order: errata
        about the seven days that follow, or about no known day; « À la une »; other errata, the
        answer; other sections; the figure."""
        end = self.jour + timedelta(days=7)
        urgent = tuple(
            erratum for erratum in self.errata if erratum.jour is None or erratum.jour < end
        )
        later = tuple(erratum for erratum in self.errata if erratum not in urgent)
        head = self.sections[:1] if self.sections and self.sections[0].cle == "une" else ()
        if urgent:
            yield "errata", urgent
        for section in head:
            yield "section", section
        if later:
            yield "errata", later
        if self.reponse:
            yield "reponse", self.reponse
        for section in self.sections[len(head) :]:
            yield "section", section
        if self.chiffre:
            yield "chiffre", self.chiffre
        if self.changements:
            yield "changements", self.changements

    @property
    def refs(self) -> frozenset[str]:
        """References of the contents that it tells, the errata's and the figure's aside."""
        return frozenset(line.ref for line in self.lignes)


class Announced(_Stored):
    """What a letter said of an event: its state, its coming days (``2021-10-02T14:00`` or
    ``2021-10-02``), its place in words, whether it is online. Errata are found by comparing."""

    etat: str
    jours: tuple[str, ...] = ()
    lieu: str = ""
    en_ligne: bool = False


class Masthead(_Stored):
    """Who publishes, on the day of sending: name, region, address of the site without final slash,
    address of the editors, address that the letter comes from, page where one leaves, authority
    and date of tag: URIs."""

    nom: str
    region: str
    siteurl: str
    courriel: str = ""
    expediteur: str = ""
    desabonnement: str = ""
    etiquette: str = ""

    @property
    def nom_complet(self) -> str:
        """See ``SiteConfig.nom_complet``."""
        return f"{self.nom}{then_in_region(self.region, self.nom)}"


class Frozen(_Stored):
    """The file of a week that was sent: its issues by the code of their edition, the states of the
    events that they announce. ``fige_le`` is the day when it was frozen, ``redaction`` the
    digest of the editors' file (``Item.stored``) on that day, ``""`` for none. No address of a
    subscriber is in it."""

    format: Literal[1] = FORMAT
    semaine: str
    fige_le: date
    redaction: str = ""
    enseigne: Masthead
    editions: dict[str, Issue]
    etats: dict[str, Announced] = {}
