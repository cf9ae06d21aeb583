"""How contents show in lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.outputs.pages.views.shared import Etiquette, Feuille, Picture

__all__ = ["Bloc", "Card"]


@dataclass(frozen=True, slots=True)
class Card:
    """How a content shows in lists. ``surtitre`` says its kind, theme and sort, ``precision`` the
    last two, for lists of one kind, ``sorte`` the last one; ``theme`` is the code of its first
    theme or ``""``; ``details`` are short phrases (« Samedi 9 octobre 2021, 14 h », « Wizernes »);
    ``empreinte`` is the address of the drawing of a content without picture, ``""`` when it has
    one; ``ancien`` the day that was first announced for what has moved since. ``fin`` is the last
    day of what is not over yet, ``suite`` the day that it tells, then those that follow."""

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


@dataclass(frozen=True, slots=True)
class Bloc:
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
