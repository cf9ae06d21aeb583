"""One issue of the letter as published, written for ever by sending as ``2021-s39.envoi.json``.

Anyone may propose such a file: everything in it is checked.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from portail.text.typography import after, then_in_region

# Version of the frozen form: a change that would alter the bytes of a sent issue needs another.
FORMAT: Literal[1] = 1

# The first three hold the things that a letter tells, numbered as one list; « encore » the way to
# the rest. Others are of former letters, which are drawn as they were sent.
SectionKey: TypeAlias = Literal[
    "faire",
    "savoir",
    "prendre",
    "encore",
    "ciel",
    "une",
    "week-end",
    "a-noter",
    "classes",
    "annonces",
    "appels",
    "nouveautes",
    "relire",
]
NUMBERED: tuple[SectionKey, ...] = ("faire", "savoir", "prendre")
# Sections whose first line has the picture of the mail, when they come first.
PICTURED: tuple[SectionKey, ...] = (*NUMBERED, "une", "relire")


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Link(_Stored):
    """A link: its words, a site path (``/agenda/week-end/``)."""

    texte: str
    url: str


class Line(_Stored):
    """One content that the letter tells. ``titre`` keeps ``*…*`` for italics, ``texte`` is its
    summary; ``raison`` is for editors. ``jour``, ``nature`` and ``couleur``, the token of its
    theme, are of former letters.
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
    """Lines under one heading, ``""`` for none; ``vide`` says that there are none, ``serre`` that
    they hold in one sentence.
    """

    titre: str = ""
    lignes: tuple[Line, ...] = ()
    serre: bool = False
    vide: str = ""
    liens: tuple[Link, ...] = ()


class Section(_Stored):
    """A section: its key, its title, the link beside the title, its groups (at least one); ``soir``
    is what the picture of the evening shows, of a sky that has one."""

    cle: SectionKey
    titre: str
    groupes: tuple[Group, ...]
    lien: Link | None = None
    soir: Annotated[str, Field(exclude_if=lambda told: not told)] = ""

    @property
    def lignes(self) -> tuple[Line, ...]:
        return tuple(line for group in self.groupes for line in group.lignes)


class Erratum(_Stored):
    """What changed since it was announced: ``mot`` (« Annulé »), the linked title, then
    ``texte``.
    """

    ref: str
    titre: str
    mot: str
    texte: str
    url: str = ""
    jour: date | None = None

    @property
    def suite(self) -> str:
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


# A part of an issue and what it is.
Block: TypeAlias = (
    tuple[Literal["errata", "changements"], tuple[Erratum, ...]]
    | tuple[Literal["section"], Section]
    | tuple[Literal["reponse"], Answer]
    | tuple[Literal["chiffre"], Figure]
)


class Issue(_Stored):
    """One edition of one week. ``jour`` is the Thursday when it goes out, ``apercu`` what mail
    readers show after ``sujet``, ``mot`` the editor's word as HTML; ``errata`` cannot wait,
    ``changements`` stand at the foot. ``ruban``, ``reponse`` and ``chiffre`` are of former letters.
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
        return tuple(line for section in self.sections for line in section.lignes)

    @property
    def tete(self) -> Line | None:
        """The line that leads: the first one that is told at length, else the first."""
        first = next((section for section in self.sections if section.cle != "ciel"), None)
        lines = first.lignes if first and first.cle in PICTURED else ()
        long = (line for line in lines if line.texte and line.jour is None)
        return next(long, lines[0] if lines else None)

    @property
    def soir(self) -> Section | None:
        """The section that has the picture of the evening."""
        return next((section for section in self.sections if section.soir), None)

    @property
    def numeros(self) -> Mapping[str, int]:
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
        """What the issue tells between the editor's word and the contributors, in order."""
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
    """Who publishes, on the day of sending."""

    nom: str
    region: str
    siteurl: str
    courriel: str = ""
    expediteur: str = ""
    desabonnement: str = ""
    etiquette: str = ""

    @property
    def nom_complet(self) -> str:
        return f"{self.nom}{then_in_region(self.region, self.nom)}"


class Frozen(_Stored):
    """The file of a sent week: its issues by edition, the states of the events announced; no
    subscriber.
    """

    format: Literal[1] = FORMAT
    semaine: str
    fige_le: date
    redaction: str = ""
    enseigne: Masthead
    editions: dict[str, Issue]
    etats: dict[str, Announced] = {}
