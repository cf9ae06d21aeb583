"""The page of one content."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from portail.body.facts import Heading
from portail.model.entry import Entry
from portail.outputs.pages.views.cards import Bloc
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.reading import Lecture
from portail.outputs.pages.views.shared import Etiquette, Fait, Feuille, Lien, Picture
from portail.text.html import SafeHtml

__all__ = ["EntryView", "SeanceView"]


@dataclass(frozen=True, slots=True)
class SeanceView:
    """One occurrence of an event, as a French phrase, with machine-readable bounds (ISO 8601)."""

    feuille: Feuille
    phrase: str
    debut_iso: str
    fin_iso: str
    etiquettes: tuple[Etiquette, ...]
    passee: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView(PageView):
    """The page of one content. ``entry`` is the model itself: front-matter keys are template
    variables (``entry.resume_falc``, ``entry.references``…). ``corps`` is the checked body, the
    only markup; ``faits`` feed the practical box; ``blocs`` are related contents; ``tableaux``
    titled lists of rows (key figures, steps, loans). ``fichier_url`` is the file on the forge."""

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
    seances: tuple[SeanceView, ...]
    tableaux: tuple[tuple[str, tuple[Fait, ...]], ...]
    blocs: tuple[Bloc, ...]
    licence: Lien
    fichier_url: str
    message: str
    carte: MapView | None = None
    lecture: Lecture = field(default_factory=Lecture)
    empreinte: str = ""
