"""Figures that a report announces, as tables beside what is computed."""

from __future__ import annotations

from collections.abc import Container, Iterator

from msgspec.structs import replace

from portail.features.desk.chiffres.reports import Declared, Repartition, Serie
from portail.features.services.bilans.table import Column, Drawing, Key, Row, Table
from portail.site.site import Site
from portail.text.typography import capital

_REPORT = "annonce-"
"""How the names of their tables begin: never those of what is counted."""


def reports_of(site: Site) -> tuple[Declared, ...]:
    """The files of ``data/chiffres/``."""
    reports: tuple[Declared, ...] = site.part("chiffres") or ()
    return reports


def declared(site: Site, subject: str) -> tuple[Declared, ...]:
    """The files of ``data/chiffres/`` on a subject: ``portail``, ``prets``."""
    return tuple(report for report in reports_of(site) if report.sujet == subject)


def declared_years(site: Site, subject: str) -> frozenset[int]:
    """Years of which these files tell something."""
    files = declared(site, subject)
    series = (year for report in files for serie in report.series for year in serie.valeurs)
    return frozenset((*series, *(row.annee for report in files for row in report.repartitions)))


def all_years_tables(site: Site, subject: str, shown: Container[int]) -> Iterator[Table]:
    """A table for each series, year by year; then the breakdowns of the years that have no page of
    their own, each with its year (``shown``: those that have one)."""
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
    code = f"{_REPORT}{serie.code}"
    columns = (Column(serie.libelle, serie.unite),)
    return Table(
        code, serie.libelle, "Année", columns, tuple(rows), "colonnes", serie.note, capital(source)
    )


def year_tables(site: Site, subject: str, year: int) -> Iterator[Table]:
    """What the files tell of one year, each breakdown in a table."""
    for report in declared(site, subject):
        yield from (
            _breakdown(row, report.source) for row in report.repartitions if row.annee == year
        )


def _breakdown(row: Repartition, source: str) -> Table:
    rows = [Row(name, (value,)) for name, value in row.valeurs.items()]
    if row.total is not None:
        rows.append(Row("Total annoncé", (row.total,)))
    bars: Drawing = "barres" if row.total is None else ""
    code = f"{_REPORT}{row.code}"
    columns = (Column(row.colonne, row.unite),)
    source = capital(source)
    return Table(code, row.libelle, row.lignes, columns, tuple(rows), bars, row.note, source)


def year_keys(site: Site, subject: str, year: int) -> Iterator[Key]:
    """What the series tell of one year, each as a key figure with its source."""
    for report in declared(site, subject):
        for serie in report.series:
            if year in serie.valeurs:
                note = serie.notes.get(year, "")
                yield Key(serie.libelle, serie.valeurs[year], serie.unite, note, report.source)
