"""What everyone knows of articles and announcements, whose models are in their features; pages of
the portal."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from .entry import Entry
from .kinds import Kind
from .parts import ChiffreCourt, Contact


class ArticleEntry(Entry):
    """A content of a kind that is read (``to_read`` of ``kind.yml``): what others read of it."""

    if TYPE_CHECKING:
        genre: str | None
        chiffre: ChiffreCourt | None
        a_retenir: str | None
        # Day when its sequel is promised.
        suite: date | None
        suite_de: str | None
        question: str | None
        reseau: bool | None


DEMANDE = "demande"
QUESTION = "question"
# Categories of what anyone may ask of the structures of the portal.
ASKING = (DEMANDE, QUESTION)


class AnnouncementEntry(Entry):
    """A content of a kind open until a day that it says (``end`` of ``kind.yml``)."""

    ends: ClassVar[str] = "echeance"

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
        # What answers it: slugs or references.
        reponse: tuple[str, ...]


class Page(Entry):
    """A page of the site itself, at the root of its addresses."""

    kind: ClassVar[Kind] = Kind.PAGE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)
    texte_obligatoire: ClassVar[bool] = True
