"""How contents show in lists."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Etiquette, Feuille, Picture

__all__ = ["Bloc", "Card"]


@dataclass(frozen=True, slots=True)
class Card:
    """How a content shows in lists. ``surtitre`` says its kind, theme and sort, ``precision`` the
    last two, for lists of one kind; ``theme`` is the code of its first theme or ``""``;
    ``details`` are short phrases (« Samedi 9 octobre 2021, 14 h », « Wizernes »); ``empreinte``
    is the address of the drawing of a content without picture, ``""`` when it has one; ``ancien``
    the day that was first announced for what has moved since."""

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


@dataclass(frozen=True, slots=True)
class Bloc:
    """A titled list of cards, and where all of them are (``url`` or ``""``, named by ``lien``).

    ``forme`` is ``cartes`` (grid), ``vedette`` (grid, the first one large), ``lignes`` (agenda
    lines), ``finies`` (lines under a title that says they are over), ``simples`` (title and one
    line, the card's note if it has one), ``repertoire`` (the same beside a letter) or ``dossier``
    (numbered). ``ancre`` is where an index leads,
    ``code`` names it for templates that give it a place of its own."""

    titre: str
    cartes: tuple[Card, ...]
    url: str = ""
    forme: str = "cartes"
    notes: tuple[str, ...] = ()
    lien: str = "Tout voir"
    ancre: str = ""
    code: str = ""

    @property
    def shown(self) -> tuple[object, ...]:
        """All it shows, as plain values whose ``repr`` is exact."""
        digests = [card.digest for card in self.cartes]
        return (self.titre, self.url, self.lien, self.forme, self.notes, self.code, digests)
