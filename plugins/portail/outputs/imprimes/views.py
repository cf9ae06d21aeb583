"""What the templates of printed documents receive."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct

from portail.drawings.families import rings
from portail.drawings.raster import qr_picture
from portail.drawings.strokes import Dessin, Draw
from portail.outputs.empreintes import EmpreinteView
from portail.outputs.pages.kit import WORDS, kit_of
from portail.outputs.pages.poster_layout import AfficheView
from portail.outputs.pages.posters import short_address
from portail.outputs.pages.views.programme import QuandView
from portail.outputs.pages.views.shared import Fait
from portail.site.site import Site
from portail.text.dates import jour


class Photo(NamedTuple):
    """A picture of a content: where the printer finds it (its file below the contents, the size in
    pixels that it is made, a mark of its bytes: other bytes, another document), what it shows, whom
    it is owed to."""

    adresse: str
    alt: str
    credit: str


class ImprimeView(Struct, frozen=True, kw_only=True):
    """What every printed document says of itself: ``fait``, when and from what it was made;
    ``adresse``, where it is on line, as one types it, and as a code; ``dessin``, of its cover."""

    titre: str
    sujet: str
    portail: str
    region: str
    jour: date
    fait: str
    adresse: str
    code: str
    dessin: Dessin


def told_of(site: Site, titre: str, sujet: str, url: str) -> dict[str, Any]:
    """The fields of ``ImprimeView`` for a document whose contents are on line at ``url``."""
    config, day = site.config, site.day.date
    source = short_address("/", kit_of(site)) or config.nom
    return {
        "titre": titre,
        "sujet": sujet,
        "portail": config.nom,
        "region": config.region,
        "jour": day,
        "fait": WORDS["imprimes"]["fait"].format(jour=jour(day, semaine=False), source=source),
        "adresse": short_address(url, kit_of(site)),
        "code": code_of(site, url),
        "dessin": rings(Draw(url)),
    }


def code_of(site: Site, url: str) -> str:
    """The QR code of a site path, a picture; ``""`` without SITEURL."""
    return qr_picture(site.config.absolute(url)) if site.config.siteurl else ""


class AfficheImprimee(ImprimeView, frozen=True, kw_only=True):
    """A poster, as its page shows it."""

    affiche: AfficheView


class FicheOutil(Struct, frozen=True):
    """The sheet of a tool: its ``ancre`` is its slug; ``sorte`` what it is; it shows its picture,
    else its drawing; ``demander`` are ways to reach who lends it."""

    ancre: str
    titre: str
    sorte: str
    theme: str
    resume: str
    texte: str
    photo: Photo | None
    dessin: EmpreinteView | None
    faits: tuple[Fait, ...]
    demander: tuple[str, ...]
    adresse: str
    code: str


class Partie(NamedTuple):
    """Sheets under their first theme, whose code is ``theme`` (``""``: none)."""

    titre: str
    ancre: str
    theme: str
    fiches: tuple[FicheOutil, ...]


class Entree(NamedTuple):
    """A line of an index, and the sheet that it leads to."""

    titre: str
    ancre: str


Index = tuple[tuple[str, tuple[Entree, ...]], ...]
"""Titles of an index, and the lines below each."""


class CatalogueImprime(ImprimeView, frozen=True, kw_only=True):
    """The catalogue: ``nombre`` in words; ``exemples``, whether some tools are invented."""

    nombre: str
    exemples: bool
    parties: tuple[Partie, ...]
    par_theme: Index
    par_proprietaire: Index


class LigneImprimee(Struct, frozen=True):
    """An event of a printed programme: when, what and where, ``pratique`` what it costs, whom it is
    for, how one books."""

    titre: str
    theme: str
    url: str
    quand: tuple[QuandView, ...]
    details: tuple[str, ...]
    pratique: tuple[str, ...]
    annule: bool


class Lieux(NamedTuple):
    """A département, or what stands for it, and its events by commune."""

    nom: str
    ancre: str
    nombre: str
    communes: tuple[tuple[str, tuple[LigneImprimee, ...]], ...]


class ProgrammeImprime(ImprimeView, frozen=True, kw_only=True):
    """The programme of an edition for some public: its days, how many events, these by place;
    ``sans`` names the places of the region that have none."""

    edition: str
    public: str
    theme: str
    jours: str
    nombre: str
    exemples: bool
    lieux: tuple[Lieux, ...]
    sans: tuple[str, ...] = ()
