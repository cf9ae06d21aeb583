"""One issue of the letter as published, which sending keeps for ever, and its lines."""

from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict

from portail.text.typography import then_in_region

# The first three hold the things that a letter tells, numbered as one list; « encore » the way to
# the rest.
SectionKey: TypeAlias = Literal["faire", "savoir", "prendre", "encore"]


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Line(NamedTuple):
    """One content that the letter tells. ``titre`` keeps ``*…*`` for italics, ``texte`` is its
    summary, ``facile`` where it is told in easy French."""

    ref: str
    url: str
    titre: str
    texte: str = ""
    details: str = ""
    etiquette: str = ""
    facile: str = ""


class Erratum(NamedTuple):
    """What changed since it was announced: ``mot`` (« Annulé »), the linked title, then
    ``texte``; ``jour`` is the first that it is about.
    """

    ref: str
    titre: str
    mot: str
    texte: str
    url: str = ""
    jour: date | None = None


class Picture(_Stored):
    """The picture of the text that leads: what it shows (``""`` for an ornament), who made it and
    under which licence."""

    alt: str = ""
    credit: str = ""


class Letter(_Stored):
    """One edition of one week. ``jour`` is the Thursday when it goes out, ``apercu`` what mail
    readers show after ``sujet``; ``lettre`` is the fragment of HTML that every channel tells,
    ``refs`` the contents that it tells and ``changes`` those of its errata, ``tete`` what leads,
    ``soir`` what the picture of its evening shows.
    """

    semaine: str
    edition: str
    nom: str
    jour: date
    sujet: str
    apercu: str
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
    subscriber. ``exemple``: it tells what is made up, and went to nobody.
    """

    semaine: str
    fige_le: date
    exemple: bool = False
    redaction: str = ""
    enseigne: Masthead
    editions: dict[str, Letter]
    etats: dict[str, Announced] = {}
