"""The page of one content."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from portail.body.facts import Heading
from portail.model.entry import Entry
from portail.outputs.pages.views.cards import Bloc
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.lieu import LieuView
from portail.outputs.pages.views.programme import FratrieView, GrilleView, ProgrammeView
from portail.outputs.pages.views.reading import Lecture
from portail.outputs.pages.views.ressource import OutilView
from portail.outputs.pages.views.shared import (
    Etiquette,
    Fait,
    Feuille,
    Lien,
    Message,
    Picture,
    Vide,
)  # fmt: skip
from portail.outputs.pages.views.territoire import TerritoireView
from portail.text.html import SafeHtml

__all__ = ["DateView", "EntryView", "SeanceView"]


@dataclass(frozen=True, slots=True)
class SeanceView:
    """One occurrence of an event, as a French phrase, with machine-readable bounds (ISO 8601);
    ``barree`` when it will not take place as written."""

    phrase: str
    debut_iso: str
    fin_iso: str
    etiquettes: tuple[Etiquette, ...]
    barree: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class DateView:
    """A date of an event: one séance that ``phrase`` tells wholly, or several of one day; ``fin``
    is its last day."""

    feuille: Feuille
    phrase: str
    passee: bool
    seances: tuple[SeanceView, ...]
    fin: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView(PageView):
    """The page of one content. ``entry`` is the model itself: front-matter keys are template
    variables (``entry.resume_falc``, ``entry.references``…). ``corps`` is the checked body, the
    only markup; ``faits`` feed the practical box; ``blocs`` are related contents; ``tableaux``
    titled lists of rows (key figures, steps, loans). ``fichier_url`` is the file on the forge.
    Of an event: ``ics`` is its file for a calendar, ``quand`` the séance to tell first, ``dates``
    are all, ``periode`` holds them, ``contexte`` is what it belongs to, ``fratrie`` its rank there,
    ``autour`` what is near.
    ``programmes`` tell what it gathers, ``acteurs`` who takes part, ``editions`` its years,
    ``grille`` these side by side, ``vide`` what stands where nothing is published yet. ``fin`` and
    ``suite`` are those of its card, ``apres`` what is said instead of ``message`` once it is over.
    ``disposition`` of a place or a resource is ``longue`` (its body is read below the box),
    ``pied-cote`` (its foot fits under the box), ``haute`` (its figures fit beside a tall box) or
    ``""``.
    """

    entry: Entry
    kind: str
    surtitre: str
    theme: str
    themes: tuple[Lien, ...]
    territoires: tuple[Lien, ...]
    signature: tuple[Lien, ...]
    publie: date | None
    modifie: date | None
    minutes: int
    etiquettes: tuple[Etiquette, ...]
    image: Picture | None
    corps: SafeHtml
    sommaire: tuple[Heading, ...]
    faits: tuple[Fait, ...]
    boutons: tuple[Lien, ...]
    feuille: Feuille | None
    tableaux: tuple[tuple[str, tuple[Fait, ...]], ...]
    blocs: tuple[Bloc, ...]
    licence: Lien
    fichier_url: str
    message: Message | None
    apres: Message | None = None
    fin: date | None = None
    suite: tuple[date, ...] = ()
    carte: MapView | None = None
    lecture: Lecture = field(default_factory=Lecture)
    empreinte: str = ""
    lieu: LieuView | None = None
    outil: OutilView | None = None
    disposition: str = ""
    dates: tuple[DateView, ...] = ()
    territoire: TerritoireView | None = None
    ics: str = ""
    quand: SeanceView | None = None
    periode: str = ""
    contexte: tuple[Lien, ...] = ()
    programmes: tuple[ProgrammeView, ...] = ()
    fratrie: FratrieView | None = None
    autour: Bloc | None = None
    acteurs: tuple[Lien, ...] = ()
    grille: GrilleView | None = None
    editions: tuple[Lien, ...] = ()
    vide: Vide | None = None

    @property
    def incomplete(self) -> bool:
        """Whether the practical box says that something is not known."""
        return any(one.signe == "manque" for fait in self.faits for one in fait.valeurs)
