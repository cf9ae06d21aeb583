"""The agenda on other sites: frames, and where their code is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Etiquette, Lien, by_digest

__all__ = [
    "CodeEmbarque",
    "EmbarqueView",
    "EmbarquerView",
    "GroupeCodes",
    "JourEmbarque",
    "LigneEmbarque",
]


@by_digest
@dataclass(frozen=True, slots=True)
class LigneEmbarque:
    """An event in a frame: ``heure`` and ``suite`` as in the agenda (« 14 h », « – 16 h »), ``iso``
    the same for machines, ``details`` its place and price; ``annule`` is struck.

    ``digest`` is that of the rest: a line that several frames show is drawn once.
    """

    titre: str
    url: str
    theme: str
    heure: str
    suite: str
    iso: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool
    digest: str = ""


@dataclass(frozen=True, slots=True)
class JourEmbarque:
    """A day, its name and its month in words (with its year when it is another), its lines."""

    jour: date
    nom: str
    mois: str
    lignes: tuple[LigneEmbarque, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbarqueView:
    """A frame: the next days of the calendar named ``nom``, and what is on (``en_ce_moment``).

    ``page`` tells all of it, ``calendrier`` is what one subscribes to (site paths), ``proposer``
    where one announces an event. ``arret`` is the day of the build in words. It holds nothing of
    what surrounds other pages: ``portail`` and ``region`` are all it says of the site.
    """

    nom: str
    description: str
    portail: str
    region: str
    page: str
    calendrier: str
    en_ce_moment: tuple[LigneEmbarque, ...]
    jours: tuple[JourEmbarque, ...]
    proposer: tuple[Lien, ...]
    arret: str


@dataclass(frozen=True, slots=True)
class CodeEmbarque:
    """A frame that one may take: its name, its own page (site path), where it is given on the
    page, the HTML to copy (``""`` when there are too many to give each its own)."""

    nom: str
    url: str
    ancre: str
    code: str


@dataclass(frozen=True, slots=True)
class GroupeCodes:
    """A titled list of frames."""

    titre: str
    ancre: str
    codes: tuple[CodeEmbarque, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbarquerView(PageView):
    """Where one chooses a frame: that of the whole region (``tout``), then the others; ``proposer``
    is where one announces an event, ``hauteur`` what the codes ask for, in pixels."""

    tout: CodeEmbarque
    groupes: tuple[GroupeCodes, ...]
    proposer: tuple[Lien, ...]
    hauteur: int
