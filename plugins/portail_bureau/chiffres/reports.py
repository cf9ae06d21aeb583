"""Figures that contents cannot know, with their source: ``data/chiffres/*.yml``, shown beside what
is computed; those that contradict one another say why, or are refused."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace
from pydantic import ValidationError

from portail.diagnostics import DataError
from portail.features.services.bilans.table import Column, Key, Row, Table
from portail.files import files_in
from portail.model.vocabulary import read_yaml
from portail.resources import checked, line_of, own_of
from portail.site.site import Site
from portail.text.normalise import is_slug
from portail.text.typography import capital, nombre

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.feature import Around

# Name of the folder, in ``data/``.
FOLDER = "chiffres"


@dataclass(frozen=True, slots=True)
class Serie:
    """One thing counted year after year."""

    code: str
    libelle: str
    valeurs: Mapping[int, int | float]
    unite: str = ""
    note: str = ""
    # What is to be known of some years.
    notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repartition:
    """What one year's count is made of; a ``total`` that the sum is not asks for a ``note``."""

    code: str
    libelle: str
    annee: int
    valeurs: Mapping[str, int | float]
    unite: str = ""
    total: int | float | None = None
    note: str = ""
    colonne: str = "Nombre"
    lignes: str = "Quoi"


@dataclass(frozen=True, slots=True)
class Declared:
    """The figures of a file: what they are of, where they come from."""

    sujet: Literal["portail", "prets"]
    titre: str
    source: str
    licence: str = ""
    series: tuple[Serie, ...] = ()
    repartitions: tuple[Repartition, ...] = ()


_FRENCH = {
    "missing": "il manque « {key} »",
    "unexpected_keyword_argument": "la clé « {key} » n’existe pas",
    "literal_error": "« {key} » vaut portail ou prets",
    "dataclass_type": "« {key} » attend des clés et leurs valeurs",
    "string_type": "« {key} » attend un texte, entre guillemets au besoin",
}
_NUMBER = "« {key} » attend un nombre : ni espace, ni unité, un point pour les décimales"


def load_declared(data: Path) -> tuple[Declared, ...]:
    """The figures of each file of ``data/chiffres/``, in the order of their names; none without
    the folder. Raises ``DataError`` with every mistake of every file, its line, what to write."""
    reports = []
    faults = []
    for path in files_in(data / FOLDER, ".yml"):
        name = f"data/{FOLDER}/{path.name}"
        try:
            tree, value = read_yaml(path, name)
        except DataError as error:
            faults.append(str(error))
            continue
        try:
            reports.append(checked(value, Declared))
            found = [*_faults(reports[-1])]
        except ValidationError as error:
            rows = error.errors() if tree else []
            found = [(row["loc"][1:], _sentence(row)) for row in rows]
            found = found or [((), "ce fichier est vide.")]
        lines = (
            f"{name}:{line_of(tree, steps) if tree else 1} : {sentence}"
            for steps, sentence in found
        )
        faults += dict.fromkeys(lines)
    if faults:
        raise DataError("\n".join(faults))
    return tuple(reports)


def _sentence(row: Any) -> str:
    steps = [step for step in row["loc"][1:] if isinstance(step, str)] or ["le fichier"]
    return f"{_FRENCH.get(row['type'], _NUMBER).format(key=steps[-1])}."


def _faults(report: Declared) -> Iterator[tuple[tuple[int | str, ...], str]]:
    codes: set[str] = set()
    rows: Iterator[tuple[str, int, Serie | Repartition]] = chain(
        (("series", *row) for row in enumerate(report.series)),
        (("repartitions", *row) for row in enumerate(report.repartitions)),
    )
    for name, rank, row in rows:
        place = (name, rank)
        if not is_slug(row.code) or row.code in codes:
            yield (*place, "code"), f"« {row.code} » : une fois, en minuscules et traits d’union."
        codes.add(row.code)
        if any(value < 0 for value in row.valeurs.values()):
            yield (*place, "valeurs"), "un nombre est négatif : écrivez 0 ou davantage."
    for rank, serie in enumerate(report.series):
        for year in (*serie.valeurs, *serie.notes):
            if not 1900 <= year <= 2100:
                yield ("series", rank, "valeurs"), f"« {year} » n’est pas une année."
    for rank, part in enumerate(report.repartitions):
        summed = round(sum(part.valeurs.values()), 6)
        if part.total is not None and part.total != summed and not part.note:
            message = (
                f"le détail fait {nombre(summed)} pour {nombre(part.total)} : corrigez l’un des "
                "deux, ou dites pourquoi dans « note »."
            )
            yield ("repartitions", rank, "total"), message


def load(around: Around) -> tuple[tuple[Declared, ...], Iterable[Diagnostic]]:
    return load_declared(own_of(around.data)), ()


# As tables, beside what is computed.

# How the names of their tables begin: never those of what is counted.
_REPORT = "annonce-"


def reports_of(site: Site) -> tuple[Declared, ...]:
    reports: tuple[Declared, ...] = site.part("chiffres") or ()
    return reports


def declared(site: Site, subject: str) -> tuple[Declared, ...]:
    return tuple(report for report in reports_of(site) if report.sujet == subject)


def all_years_tables(site: Site, subject: str, shown: Container[int]) -> Iterator[Table]:
    """A table for each series, year by year; then the breakdowns of years without a page."""
    files = declared(site, subject)
    for report in files:
        yield from (_series(serie, report.source) for serie in report.series)
    for report in files:
        for row in report.repartitions:
            if row.annee not in shown:
                table = _breakdown(row, report.source)
                yield replace(
                    table, code=f"{table.code}-{row.annee}", titre=f"{table.titre}, {row.annee}"
                )


def _series(serie: Serie, source: str) -> Table:
    rows = []
    for year, value in sorted(serie.valeurs.items()):
        note = serie.notes.get(year)
        rows.append(Row(f"{year} ({note})" if note else str(year), (value,)))
    return Table(
        f"{_REPORT}{serie.code}",
        serie.libelle,
        "Année",
        colonnes=(Column(serie.libelle, serie.unite),),
        lignes=tuple(rows),
        dessin="colonnes",
        note=serie.note,
        source=capital(source),
    )


def year_tables(site: Site, subject: str, year: int) -> Iterator[Table]:
    for report in declared(site, subject):
        yield from (
            _breakdown(row, report.source) for row in report.repartitions if row.annee == year
        )


def _breakdown(row: Repartition, source: str) -> Table:
    rows = [Row(name, (value,)) for name, value in row.valeurs.items()]
    if row.total is not None:
        rows.append(Row("Total annoncé", (row.total,)))
    return Table(
        f"{_REPORT}{row.code}",
        row.libelle,
        row.lignes,
        colonnes=(Column(row.colonne, row.unite),),
        lignes=tuple(rows),
        dessin="barres" if row.total is None else "",
        note=row.note,
        source=capital(source),
    )


def year_keys(site: Site, subject: str, year: int) -> Iterator[Key]:
    """What the series tell of one year, each as a key figure with its source."""
    for report in declared(site, subject):
        for serie in report.series:
            if year in serie.valeurs:
                note = serie.notes.get(year, "")
                yield Key(serie.libelle, serie.valeurs[year], serie.unite, note, report.source)
