"""What the selection of an issue is made of: references, days and reasons, no words of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from portail.agenda.weeks import Week
from portail.config import Edition
from portail.model.issue import Announced

__all__ = ["Changed", "FigurePick", "Left", "Motive", "Pick", "Selection", "Spot"]

Motive: TypeAlias = Literal[
    "epingle", "a-ne-pas-manquer", "nouveau", "tardif", "week-end", "reservation", "a-venir",
    "echeance", "relire",
]  # fmt: skip
"""Why a content is in: pinned by the editor; put forward; published since the last letter;
published before it, but in none; on this week-end; to book soon; on within three weeks; an annonce
that ends; a quiet week goes back to it."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A content of the letter: its reference, why it is in, the day that counts (its day, the last
    day to book or to answer) if one does, a French sentence that tells the editor why."""

    ref: str
    motif: Motive
    raison: str
    jour: date | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """What is on this week-end in a département (``code`` of its facet, ``nom`` « Nord (59) »), or
    on line (code ``""``): what the letter tells, of how many; nothing where nothing is on."""

    code: str
    nom: str
    picks: tuple[Pick, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An event that is no more as a letter announced it: ``semaine`` the last that did; ``apres``
    is ``None`` when its page is no more. ``titre`` is what it was called. The days of both are
    those that the erratum is about: of a series, the sessions that are lost and what replaces
    them."""

    ref: str
    titre: str
    avant: Announced
    apres: Announced | None
    semaine: Week


@dataclass(frozen=True, slots=True)
class FigurePick:
    """A figure: the content that says it and the rank of the figure among its own, from 0."""

    ref: str
    rang: int


@dataclass(frozen=True, slots=True)
class Left:
    """A content that could have been in, and the French sentence that tells why it is not; those
    of one reason in the order in which they would have been next."""

    ref: str
    raison: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What one edition of one week tells, in order; a section without matter is empty.

    ``une`` is what is new, ``lieux`` and ``outils`` what the annuaire and the catalogue gained,
    ``relire`` what a quiet week goes back to; ``etats`` how the events of the issue are announced;
    ``contributeurs`` who signed what is new, as published names; ``ruban`` the counts of the days
    from Thursday to Wednesday; ``laisses`` what was left aside, for the editor.
    """

    week: Week
    edition: Edition
    une: tuple[Pick, ...] = ()
    week_end: tuple[Spot, ...] = ()
    a_noter: tuple[Pick, ...] = ()
    annonces: tuple[Pick, ...] = ()
    lieux: tuple[Pick, ...] = ()
    outils: tuple[Pick, ...] = ()
    relire: tuple[Pick, ...] = ()
    errata: tuple[Changed, ...] = ()
    chiffre: FigurePick | None = None
    contributeurs: tuple[str, ...] = ()
    ruban: tuple[tuple[date, int], ...] = ()
    etats: tuple[tuple[str, Announced], ...] = ()
    laisses: tuple[Left, ...] = ()

    @property
    def jour(self) -> date:
        """The Thursday when it goes out."""
        return self.week.thursday

    @property
    def picks(self) -> tuple[Pick, ...]:
        """Everything that it tells, in order, errata and figure aside."""
        on = tuple(pick for spot in self.week_end for pick in spot.picks)
        return (
            *self.une, *on, *self.a_noter, *self.annonces, *self.lieux, *self.outils, *self.relire,
        )  # fmt: skip
