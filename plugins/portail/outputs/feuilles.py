"""A bilan as a file that stands alone, to open, print or send: what it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from portail.config import SiteConfig
from portail.figures.bilan import trimmed
from portail.figures.table import Bilan, Table
from portail.outputs.base import Shown, TemplatePage
from portail.outputs.pages.bilans import Cle, Mesure, shown_of
from portail.outputs.pages.kit import WORDS
from portail.site.site import Site
from portail.text.dates import jour

SCREEN, PAPER = "feuilles/bilan-seul.html", "imprimes/bilan-imprime.html"
"""Templates: a file that stands alone, a PDF (see ``imprimes``)."""


@dataclass(frozen=True, slots=True)
class FeuilleView:
    """``fait`` says when and from what it was made; the rest as on a page of figures."""

    titre: str
    portail: str
    jour: date
    fait: str
    phrases: tuple[str, ...]
    cles: tuple[Cle, ...]
    mesures: tuple[Mesure, ...]
    methode: tuple[str, ...]


def sheet_of(site: Site, bilan: Bilan, path: str) -> TemplatePage:
    """The page of a bilan, which is no page of the site; a PDF when ``path`` ends so."""
    asked = Shown(__name__, sheet_of.__name__, (bilan.titre,))
    template = PAPER if path.endswith(".pdf") else SCREEN
    return TemplatePage(path, f"/{path}", template, asked, partial(show_sheet, site, bilan))


def show_sheet(site: Site, bilan: Bilan) -> FeuilleView:
    """What it shows. Its links are whole addresses: there are none when the site has no address."""
    config, day = site.config, site.day.date
    made = WORDS["imprimes"]["fait"].format(jour=jour(day, semaine=False), source=config.nom)
    source = f" ({config.siteurl})" if config.siteurl else ""
    short = trimmed(bilan)
    linked = replace(short, tables=tuple(_linked(one, config) for one in short.tables))
    return FeuilleView(bilan.titre, config.nom, day, f"{made}{source}.", **shown_of(linked))


def _linked(table: Table, config: SiteConfig) -> Table:
    def whole(url: str) -> str:
        return config.absolute(url) if url and config.siteurl else ""

    return replace(table, lignes=tuple(row._replace(url=whole(row.url)) for row in table.lignes))
