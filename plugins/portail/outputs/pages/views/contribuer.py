"""The pages where contents are proposed: the landing, one form for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portail.forms.shown import Partie
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.modeles import MODELES, Modeles
from portail.outputs.pages.views.shared import Lien

__all__ = ["ContribuerView", "FormulaireView", "GenreView"]


@dataclass(frozen=True, slots=True)
class GenreView:
    """A kind that one may propose: « Un événement », where, what it is, how long it takes;
    ``theme`` the code of the theme whose colour it has."""

    texte: str
    url: str
    dit: str
    duree: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContribuerView(PageView):
    """The landing. ``genres`` are what one may propose, the event first, with its drawing
    ``empreinte``; ``delai`` is how soon someone reads; ``charte`` leads to the charter, when there
    is one; ``lettre`` when there is a letter; ``guides`` when there are guides."""

    genres: tuple[GenreView, ...]
    empreinte: str
    delai: str
    charte: tuple[Lien, ...]
    lettre: bool
    guides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaireView(PageView):
    """The form of a kind.

    ``genre`` is its name in addresses and ``dossier`` its folder; ``nom`` is « un événement ».
    ``parties`` are what it asks; ``adresses`` the files that the scripts read, by name,
    those of contents being ``groupes``;
    ``branche``, ``nouveau``, ``voie`` and ``delai`` are settings of the ways out
    (``portail.config``), ``modifier`` is where the forge edits a file
    (``forge.edit_pattern``); ``charte`` leads to the charter, when there is one; ``modele`` is
    the file to copy without a script, at ``fichier``; ``apercu`` is what the preview is drawn from,
    a line of the letter when there is a ``lettre``.
    """

    genre: str
    dossier: str
    nom: str
    parties: tuple[Partie, ...]
    adresses: Mapping[str, str]
    groupes: int
    branche: str
    nouveau: str
    modifier: str
    voie: str
    delai: str
    duree: str
    charte: tuple[Lien, ...]
    modele: str
    fichier: str
    lettre: bool = True
    apercu: Modeles = MODELES
