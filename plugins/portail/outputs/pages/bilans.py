"""A page of figures, whatever they are of: its view, the file of each of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from portail.body.charts import bar_class
from portail.figures.chart import Chart, columns_of
from portail.figures.table import Bilan, Table, cells, shown
from portail.outputs.base import Artifact, text_file
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien
from portail.outputs.spreadsheets import Numbers, written
from portail.site.site import Site

_WIDE = 4
"""Columns that half a page holds."""


@dataclass(frozen=True, slots=True)
class LigneMesure:
    """A row: what it tells of, its values as they are read, the class of the bar of the first."""

    lien: Lien
    valeurs: tuple[str, ...]
    barre: str = ""


@dataclass(frozen=True, slots=True)
class Mesure:
    """A table with its drawing and the address of its file, ``""`` for none."""

    code: str
    titre: str
    premiere: str
    colonnes: tuple[str, ...]
    lignes: tuple[LigneMesure, ...]
    dessin: Chart | None
    fichier: str
    note: str
    source: str

    @property
    def large(self) -> bool:
        """Whether it takes the whole width of a page."""
        return len(self.colonnes) > _WIDE


@dataclass(frozen=True, slots=True)
class Cle:
    """A figure set large, as it is read."""

    libelle: str
    valeur: str
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanView(PageView):
    """``phrases`` say the main figures, ``cles`` are set large, ``mesures`` are the tables,
    those that have a source apart from the others; ``annees`` the same for other years, ``liens``
    where to go on; ``avis`` what is left out."""

    chapo: str = ""
    phrases: tuple[str, ...] = ()
    cles: tuple[Cle, ...] = ()
    mesures: tuple[Mesure, ...] = ()
    methode: tuple[str, ...] = ()
    annees: tuple[Lien, ...] = ()
    liens: tuple[Lien, ...] = ()
    avis: str = ""


def shown_of(bilan: Bilan, files: str = "") -> dict[str, Any]:
    """What a view shows of a bilan; ``files`` is the folder of the files of its tables, ``""``
    when it has none."""
    return {
        "phrases": bilan.phrases,
        "cles": tuple(
            Cle(one.label, shown(one.value, one.unit), one.note, one.source) for one in bilan.cles
        ),
        "mesures": tuple(measure(one, files) for one in bilan.tables if one),
        "methode": bilan.methode,
    }


def measure(table: Table, files: str = "") -> Mesure:
    """A table as a page shows it."""
    units = [one.unit for one in table.colonnes]
    bars = table.numbers() if table.dessin == "barres" else ()
    most = max(bars, default=0)
    rows = (
        LigneMesure(
            Lien(row.label, row.url),
            tuple(shown(*one) for one in zip(row.values, units, strict=True)),
            bar_class(int(100 * bars[rank] / most + 0.5)) if most else "",
        )
        for rank, row in enumerate(table.lignes)
    )
    return Mesure(
        table.code,
        table.titre,
        table.premiere,
        tuple(one.label for one in table.colonnes),
        tuple(rows),
        columns_of(table) if table.dessin == "colonnes" else None,
        f"{files}{table.code}.csv" if files else "",
        table.note,
        table.source,
    )


def files_of(
    site: Site,
    bilan: Bilan,
    folder: str,
    produce: Callable[..., Iterable[str]],
    *arguments: object,
) -> Iterator[Artifact]:
    """The file of each table of a bilan; ``produce`` takes the site, ``arguments`` and the code of
    the table, and gives ``rows_of`` it."""
    for table in bilan.tables:
        if table:
            yield text_file(site, f"{folder}{table.code}.csv", produce, *arguments, table.code)


def rows_of(bilan: Bilan, code: str) -> Iterable[str]:
    """The file of a table of a bilan; nothing when it has no such table."""
    table = bilan.table(code)
    if table is None:
        return ()
    columns, rows = cells(table)
    return written(columns, ([row[0], *map(_number, row[1:])] for row in rows))


def _number(text: str) -> str:
    """A cell; a number keeps its sign."""
    bare = text.removeprefix("-").replace(",", "", 1)
    return Numbers(text) if bare.isdecimal() else text
