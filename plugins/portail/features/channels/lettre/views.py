"""Views of the pages of the letter."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.outputs.pages.views.shared import Abonnement, Lien, PageView
from portail.text.typography import SafeHtml

from .issue import Letter


class NumeroListe(Struct, frozen=True):
    """An issue in a list."""

    url: str
    jour: date
    titre: str
    chapo: str
    semaine: str


class LettresView(PageView, frozen=True, kw_only=True):
    """The issues of one edition (``""``: of the whole region) in one year (0: none was sent).
    ``lettre``, at ``adresse``, is told on the first page: the next one, else the last, by its
    ``sujet``; ``note`` says when it goes out."""

    entete: str
    chapo: str
    edition: str
    editions: tuple[Lien, ...]
    sujet: str
    lettre: SafeHtml
    adresse: str
    note: str
    annee: int
    numeros: tuple[NumeroListe, ...]
    annees: tuple[Lien, ...]
    abonnement: Abonnement | None


class LettreView(PageView, frozen=True, kw_only=True):
    """An issue: its ``lettre`` without links to what is no more, ``depart`` when it goes out
    (``""``: it was sent), ``formes`` its mail and its text, ``archive`` all issues."""

    numero: Letter
    lettre: SafeHtml
    semaine: str
    depart: str
    formes: tuple[Lien, ...]
    editions: tuple[Lien, ...]
    precedent: Lien | None
    suivant: Lien | None
    archive: Lien
    inscription: str


class DesabonnementView(PageView, frozen=True, kw_only=True):
    """How one leaves: at ``page``, else at the page or by the message of each edition."""

    page: str
    listes: tuple[Lien, ...]
    courriel: str
