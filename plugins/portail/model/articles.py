"""What everyone knows of articles and announcements, whose models are in their features; pages of
the portal."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from .entry import Entry
from .kinds import Kind
from .parts import ChiffreCourt, Contact


class ArticleEntry(Entry):
    """A content of a kind that is read (``to_read`` of ``kind.yml``).

    Like ``PlaceEntry``, it names what others read, which the model of its kind declares.
    """

    if TYPE_CHECKING:
        genre: str | None
        chiffre: ChiffreCourt | None
        a_retenir: str | None
        suite: date | None
        """Day when its sequel is promised."""
        suite_de: str | None
        question: str | None
        """Slug of the announcement that asks what it answers."""
        reseau: bool | None


DEMANDE = "demande"
QUESTION = "question"
ASKING = (DEMANDE, QUESTION)
"""Categories of what anyone may ask of the structures of the portal."""


class AnnouncementEntry(Entry):
    """A content of a kind that is open until a day that it says (``end`` of ``kind.yml``).

    Like ``PlaceEntry``, it names what others read, which the model of its kind declares.
    """

    if TYPE_CHECKING:
        categorie: str | None
        echeance: date | None
        contact: Contact | None
        temps_fort: str | None
        edition: int | None
        souhait: str | None
        publics: tuple[str, ...]
        du: date | None
        au: date | None
        reponse: tuple[str, ...]
        """What answers it: slugs or references."""

    @property
    def limite(self) -> date | None:
        """Its last day, by the name that resources give to theirs."""
        return self.echeance


class Page(Entry):
    """A page of the site itself, at the root of its addresses."""

    kind: ClassVar[Kind] = Kind.PAGE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)
    texte_obligatoire: ClassVar[bool] = True
