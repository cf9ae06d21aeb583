"""What a reader may want of a text besides reading it."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien
from portail.text.html import SafeHtml

__all__ = ["Citation", "Lecture", "RepriseView"]


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite a content: a sentence in French, and a BibTeX record."""

    phrase: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class Lecture:
    """Around the text of a content; what does not exist is empty.

    ``auteurs`` are those who signed and have a sheet (what they are as a note), ``recueils`` the
    dossiers then communities that gather the content. Addresses: ``courriel`` begins a message
    that gives the page to someone, ``signaler`` tells the editors of a mistake in it, ``modifier``
    (site path) fills the form with it, ``reconduire`` with the next edition of an event that is
    over, ``corriger`` opens its file on the forge when its kind has no form, ``republier`` is the
    page (site path) of whoever may publish the text again.
    """

    auteurs: tuple[Lien, ...] = ()
    recueils: tuple[Lien, ...] = ()
    citation: Citation | None = None
    courriel: str = ""
    signaler: str = ""
    modifier: str = ""
    reconduire: str = ""
    corriger: str = ""
    republier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepriseView(PageView):
    """The page of whoever may publish an article again: ``texte`` is its HTML, to be shown as
    text, in ``langue``; the last link of ``fil`` is the article."""

    licence: Lien
    langue: str
    conditions: tuple[str, ...]
    texte: SafeHtml
