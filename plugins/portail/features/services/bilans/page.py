"""A page of figures, whatever they are of: its view, their file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.body.charts import bar_class
from portail.config import SiteConfig
from portail.features.services.bilans.addresses import table_of
from portail.features.services.bilans.table import CELLS, Bilan, Table, all_cells, shown, trimmed
from portail.outputs.base import Shown, TemplatePage, TextFile, reader_of, text_file, view_of
from portail.outputs.pages.views.shared import Lien, PageView
from portail.outputs.pages.words import WORDS
from portail.outputs.spreadsheets import written
from portail.site.site import Site
from portail.text.dates import jour

_WIDTH = 340
_HEIGHT = 132
_TOP = 16
"""Room above the columns, for their numbers."""
_FOOT = 18
"""Room below them, for their names."""
_SPACE = 0.24
"""Share of a step that is left free."""
_STEP = 58
"""The most that a column takes with its room: two years do not fill a page."""
_FEW = 14
"""Columns whose numbers are all written; of more, the highest alone."""
_SHORT = 5
"""Characters of a name under a column."""


class Mark(Struct, frozen=True):
    """A text of a chart, centred on ``x``, its foot at ``y``."""

    x: float
    y: float
    text: str


class Chart(Struct, frozen=True):
    """Columns in a view box: paths of the first value column, of the one beside (``avant``)."""

    largeur: int
    hauteur: int
    trace: str
    avant: str
    marques: tuple[Mark, ...]
    legende: tuple[str, ...]
    """Names of both columns, the first one first, where there are two."""
    titre: str
    description: str


def columns_of(table: Table) -> Chart | None:
    """The chart of a table; ``None`` when there is nothing to draw, or one row only."""
    values = table.numbers()
    # The second column, where it counts what the first one does.
    units = [column.unit for column in table.colonnes[:2]]
    beside = table.numbers(1) if len(units) == 2 and units[0] == units[1] else ()
    most = max((*values, *beside), default=0)
    if most <= 0 or len(values) < 2:
        return None
    step = min(_WIDTH / len(values), _STEP)
    wide = step * (1 - _SPACE) / (2 if beside else 1)
    scale = (_HEIGHT - _TOP - _FOOT) / most
    first = [(rank + _SPACE / 2) * step + wide * bool(beside) for rank in range(len(values))]
    return Chart(
        _WIDTH,
        _HEIGHT,
        _path(first, values, wide, scale),
        _path([x - wide for x in first], beside, wide, scale) if beside else "",
        tuple(_marks(table, values, first, wide, scale)),
        tuple(column.label for column in table.colonnes[:2]) if beside else (),
        table.titre,
        _described(table, values),
    )


def _path(lefts: list[float], values: tuple[float, ...], wide: float, scale: float) -> str:
    foot = _HEIGHT - _FOOT
    return "".join(
        f"M{left:.4g} {foot}v{-value * scale:.3g}h{wide:.3g}V{foot}z"
        for left, value in zip(lefts, values, strict=True)
        if value > 0
    )


def _marks(
    table: Table, values: tuple[float, ...], lefts: list[float], wide: float, scale: float
) -> list[Mark]:
    marks = []
    most = max(values)
    for row, value, left in zip(table.lignes, values, lefts, strict=True):
        middle = round(left + wide / 2, 1)
        if isinstance(row.values[0], int | float) and (len(values) <= _FEW or value == most):
            high = round(_HEIGHT - _FOOT - value * scale - 4, 1)
            marks.append(Mark(middle, high, shown(row.values[0])))
        marks.append(Mark(middle, _HEIGHT - 5, row.label[:_SHORT]))
    return marks


def _described(table: Table, values: tuple[float, ...]) -> str:
    unit = table.colonnes[0].unit
    rows = table.lignes

    def described(rank: int) -> str:
        return f"{rows[rank].label} : {shown(rows[rank].values[0], unit)}"

    high = values.index(max(values))
    ends = f"{described(0)} ; {described(len(rows) - 1)}."
    return f"{table.colonnes[0].label}. {ends} Le plus haut, {described(high)}."


_WIDE = 4
"""Columns that half a page holds."""


class LigneMesure(Struct, frozen=True):
    """A row: what it tells of, its values as they are read, the class of the bar of the first."""

    lien: Lien
    valeurs: tuple[str, ...]
    barre: str = ""


class Mesure(Struct, frozen=True):
    """A table with its drawing."""

    code: str
    titre: str
    premiere: str
    colonnes: tuple[str, ...]
    lignes: tuple[LigneMesure, ...]
    dessin: Chart | None
    note: str
    source: str

    @property
    def large(self) -> bool:
        """Whether it takes the whole width of a page."""
        return len(self.colonnes) > _WIDE


class Cle(Struct, frozen=True):
    """A figure set large, as it is read."""

    libelle: str
    valeur: str
    note: str = ""
    source: str = ""


class BilanView(PageView, frozen=True, kw_only=True):
    """``phrases`` say the main figures, ``cles`` are set large; ``annees`` lead to other years,
    ``liens`` further; ``avis`` is what is left out."""

    chapo: str = ""
    phrases: tuple[str, ...] = ()
    cles: tuple[Cle, ...] = ()
    mesures: tuple[Mesure, ...] = ()
    methode: tuple[str, ...] = ()
    annees: tuple[Lien, ...] = ()
    liens: tuple[Lien, ...] = ()
    avis: str = ""


def shown_of(bilan: Bilan) -> dict[str, Any]:
    """What a view shows of a bilan."""
    return {
        "phrases": bilan.phrases,
        "cles": tuple(
            Cle(key.label, shown(key.value, key.unit), key.note, key.source) for key in bilan.cles
        ),
        "mesures": tuple(measure(table) for table in bilan.tables if table),
        "methode": bilan.methode,
    }


def measure(table: Table) -> Mesure:
    """A table as a page shows it."""
    units = [column.unit for column in table.colonnes]
    bars = table.numbers() if table.dessin == "barres" else ()
    most = max(bars, default=0)
    rows = (
        LigneMesure(
            Lien(row.label, row.url),
            tuple(shown(*pair) for pair in zip(row.values, units, strict=True)),
            bar_class(int(100 * bars[rank] / most + 0.5)) if most else "",
        )
        for rank, row in enumerate(table.lignes)
    )
    return Mesure(
        table.code,
        table.titre,
        table.premiere,
        tuple(column.label for column in table.colonnes),
        tuple(rows),
        columns_of(table) if table.dessin == "colonnes" else None,
        table.note,
        table.source,
    )


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


SCREEN = "feuilles/bilan-seul.html"
"""Template of the file that stands alone."""


class FeuilleView(Struct, frozen=True):
    """``fait`` says when and from what it was made; the rest as on a page of figures."""

    titre: str
    portail: str
    jour: date
    fait: str
    phrases: tuple[str, ...]
    cles: tuple[Cle, ...]
    mesures: tuple[Mesure, ...]
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
