"""One issue of the letter in words, then as published; sending keeps it for ever."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from portail.text.typography import after, then_in_region

# The first three hold the things that a letter tells, numbered as one list; « encore » the way to
# the rest.
SectionKey: TypeAlias = Literal["faire", "savoir", "prendre", "encore", "ciel"]
NUMBERED: tuple[SectionKey, ...] = ("faire", "savoir", "prendre")


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Link(_Stored):
    """A link: its words, a site path (``/agenda/week-end/``)."""

    texte: str
    url: str


class Line(_Stored):
    """One content that the letter tells. ``titre`` keeps ``*…*`` for italics, ``texte`` is its
    summary; ``raison`` is for editors.
    """

    ref: str
    url: str
    titre: str
    texte: str = ""
    details: str = ""
    etiquette: str = ""
    facile: str = ""
    raison: str = ""


class Group(_Stored):
    """Lines under one heading, ``""`` for none, which hold in one sentence unless they are
    numbered; ``vide`` is a sentence without one.
    """

    titre: str = ""
    lignes: tuple[Line, ...] = ()
    vide: str = ""
    liens: tuple[Link, ...] = ()


class Section(_Stored):
    """A section: its key, its title, the link beside the title, its groups (at least one); ``soir``
    is what the picture of the evening shows, of a sky that has one."""

    cle: SectionKey
    titre: str
    groupes: tuple[Group, ...]
    lien: Link | None = None
    soir: str = ""

    @property
    def lignes(self) -> tuple[Line, ...]:
        return tuple(chain.from_iterable(group.lignes for group in self.groupes))


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


# A part of an issue and what it is.
Block: TypeAlias = (
    tuple[Literal["errata", "changements"], tuple[Erratum, ...]]
    | tuple[Literal["section"], Section]
)


class Head(_Stored):
    """One edition of one week. ``jour`` is the Thursday when it goes out, ``apercu`` what mail
    readers show after ``sujet``."""

    semaine: str
    edition: str
    nom: str
    jour: date
    sujet: str
    apercu: str


class Issue(Head):
    """What it tells: ``mot`` is the editor's word as HTML; ``errata`` cannot wait, ``changements``
    stand at the foot."""

    mot: str = ""
    errata: tuple[Erratum, ...] = ()
    sections: tuple[Section, ...] = ()
    changements: tuple[Erratum, ...] = ()
    image: Picture | None = None
    contributeurs: tuple[str, ...] = ()

    @property
    def lignes(self) -> tuple[Line, ...]:
        return tuple(chain.from_iterable(section.lignes for section in self.sections))

    @property
    def tete(self) -> Line | None:
        """The line that leads: the first one that is told at length, else the first."""
        first = next((section for section in self.sections if section.cle != "ciel"), None)
        lines = first.lignes if first and first.cle in NUMBERED else ()
        return next((line for line in lines if line.texte), lines[0] if lines else None)

    @property
    def soir(self) -> Section | None:
        """The section that has the picture of the evening."""
        return next((section for section in self.sections if section.soir), None)

    @property
    def faciles(self) -> tuple[Line, ...]:
        """The lines of contents that are told in easy French too, each content once."""
        return tuple({line.ref: line for line in self.lignes if line.facile}.values())

    @property
    def blocs(self) -> Iterator[Block]:
        """What the issue tells between the editor's word and the contributors, in order."""
        if self.errata:
            yield "errata", self.errata
        for section in self.sections:
            yield "section", section
        if self.changements:
            yield "changements", self.changements


class Letter(Head):
    """What is published of an issue: ``lettre`` is the fragment of HTML that every channel tells,
    ``refs`` the contents that it tells and ``changes`` those of its errata, ``tete`` what leads,
    ``soir`` what the picture of its evening shows.
    """

    refs: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    tete: str = ""
    soir: str = ""
    image: Picture | None = None
    lettre: str


class Announced(_Stored):
    """What a letter said of an event: its title, its state, its coming days (``2021-10-02T14:00``
    or ``2021-10-02``), its place in words, whether it is online. Errata are found by comparing."""

    titre: str = ""
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
    """The file of a sent week: its letters by edition, the states of the events announced; no
    subscriber.
    """

    semaine: str
    fige_le: date
    redaction: str = ""
    enseigne: Masthead
    editions: dict[str, Letter]
    etats: dict[str, Announced] = {}
