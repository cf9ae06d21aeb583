"""A page of figures, whatever they are of: its view, their file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.config import SiteConfig
from portail.outputs.base import Shown, TemplatePage, TextFile, reader_of, text_file, view_of
from portail.outputs.pages.views.shared import Lien, PageView
from portail.outputs.pages.words import WORDS
from portail.outputs.spreadsheets import written
from portail.site.site import Site
from portail.text.dates import jour

from .table import CELLS, Bilan, Key, Table, all_cells, trimmed


class BilanView(PageView, frozen=True, kw_only=True):
    """``phrases`` say the main figures, ``cles`` are set large; ``annees`` lead to other years,
    ``liens`` further; ``avis`` is what is left out."""

    chapo: str = ""
    phrases: tuple[str, ...] = ()
    cles: tuple[Key, ...] = ()
    mesures: tuple[Table, ...] = ()
    methode: tuple[str, ...] = ()
    annees: tuple[Lien, ...] = ()
    liens: tuple[Lien, ...] = ()
    avis: str = ""


def shown_of(bilan: Bilan) -> dict[str, Any]:
    """What a view shows of a bilan."""
    return {
        "phrases": bilan.phrases,
        "cles": bilan.cles,
        "mesures": tuple(filter(None, bilan.tables)),
        "methode": bilan.methode,
    }


def table_of(page: str) -> str:
    """Site path of every figure of a page, in one table: ``/en-chiffres/2021/chiffres.csv``."""
    return f"{page}chiffres.csv"


def table_file(
    site: Site, page: str, make: Callable[..., Bilan], *arguments: str | int
) -> TextFile:
    """The file of the bilan that ``make``, a function of a module, gives; it is below ``page``."""
    call = make.__module__, make.__name__, *arguments
    return text_file(site, table_of(page), _file, *call)


def _file(site: Site, module: str, name: str, *arguments: str | int) -> Iterable[str]:
    return written_bilan(view_of(reader_of(site), Shown(module, name, arguments))())


def written_bilan(bilan: Bilan) -> Iterable[str]:
    """The table of every figure of a bilan."""
    return written(CELLS, all_cells(bilan))


def table_link(page: str) -> Lien:
    """The link to the file of the bilan that is shown at ``page``."""
    return Lien("Tous ces nombres", table_of(page), "CSV")


# Template of the file that stands alone.
SCREEN = "feuilles/bilan-seul.html"


class FeuilleView(Struct, frozen=True):
    """``fait`` says when and from what it was made; the rest as on a page of figures."""

    titre: str
    portail: str
    jour: date
    fait: str
    phrases: tuple[str, ...]
    cles: tuple[Key, ...]
    mesures: tuple[Table, ...]
    methode: tuple[str, ...]


def sheet_of(site: Site, bilan: Bilan) -> TemplatePage:
    """The page of a bilan, which is no page of the site."""
    sheet = Shown(__name__, sheet_of.__name__, (bilan.titre,))
    show = partial(show_sheet, site, bilan)
    return TemplatePage("bilan.html", "/bilan.html", SCREEN, sheet, show)


def show_sheet(site: Site, bilan: Bilan) -> FeuilleView:
    """What it shows. Its links are whole addresses: there are none when the site has no address."""
    config = site.config
    day = site.day.date
    origin = WORDS["papier"]["fait"].format(jour=jour(day, semaine=False), source=config.nom)
    source = f" ({config.siteurl})" if config.siteurl else ""
    short = trimmed(bilan)
    linked = replace(short, tables=tuple(_linked(table, config) for table in short.tables))
    return FeuilleView(bilan.titre, config.nom, day, f"{origin}{source}.", **shown_of(linked))


def _linked(table: Table, config: SiteConfig) -> Table:
    def whole(url: str) -> str:
        return config.absolute(url) if url and config.siteurl else ""

    return replace(table, lignes=tuple(row._replace(url=whole(row.url)) for row in table.lignes))
