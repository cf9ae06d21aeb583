"""A page of figures, whatever they are of: its view, their file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from portail.outputs.base import Shown, TextFile, reader_of, text_file, view_of
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.outputs.spreadsheets import written
from portail.site.site import Site

from .table import CELLS, Bilan, all_cells

_OPTIONAL = {
    "chapo": "",
    "phrases": (),
    "cles": (),
    "methode": (),
    "annees": (),
    "liens": (),
    "avis": "",
}


def bilan_view(**values: Any) -> PageView:
    """A page of figures: ``phrases`` say the main ones, ``cles`` are set large, ``mesures`` are its
    tables; ``annees`` lead to other years, ``liens`` further; ``avis`` is what is left out."""
    return page_view(**_OPTIONAL | values)


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
