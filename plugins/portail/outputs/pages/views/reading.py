"""What a reader may want of a text besides reading it."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Lien

__all__ = ["Citation", "Lecture"]


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
    over, ``corriger`` opens its file on the forge when its kind has no form, ``texte`` is the
    Markdown (site path) of what anyone may publish again, ``reprise`` how.
    """

    auteurs: tuple[Lien, ...] = ()
    recueils: tuple[Lien, ...] = ()
    citation: Citation | None = None
    courriel: str = ""
    signaler: str = ""
    modifier: str = ""
    reconduire: str = ""
    corriger: str = ""
    texte: str = ""
    reprise: str = ""
