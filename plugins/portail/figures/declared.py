"""Figures that a report announces, as tables beside what is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portail.figures.table import Column, Drawing, Key, Row, Table
from portail.model.declared import Declared, Repartition, Serie
from portail.site.site import Site
from portail.text.typography import capital

_REPORT = "annonce-"
"""How the names of their tables begin: never those of what is counted."""


def declared(site: Site, subject: str) -> tuple[Declared, ...]:
    """The files of ``data/chiffres/`` on a subject: ``portail``, ``prets``."""
    return tuple(one for one in site.declared if one.sujet == subject)


def declared_years(site: Site, subject: str) -> frozenset[int]:
    """Years of which these files tell something."""
    files = declared(site, subject)
    series = (year for one in files for serie in one.series for year in serie.valeurs)
    return frozenset((*series, *(row.annee for one in files for row in one.repartitions)))


def series_tables(
    site: Site, subject: str, computed: Mapping[str, Mapping[int, int]]
) -> Iterator[Table]:
    """A table for each series, year by year; what is computed of the same years stands beside it
    (``computed``, by the name that the series gives)."""
    for one in declared(site, subject):
        for serie in one.series:
            yield _series(serie, one.source, computed.get(serie.calcule, {}))


def _series(serie: Serie, source: str, beside: Mapping[int, int]) -> Table:
    years = sorted({*serie.valeurs, *beside})
    columns = [Column("Annoncé" if beside else serie.libelle, serie.unite)]
    columns += [Column("Compté ici", serie.unite)] if beside else []
    rows = []
    for year in years:
        label = f"{year} ({serie.notes[year]})" if serie.notes.get(year) else str(year)
        rows.append(Row(label, (serie.valeurs.get(year), *([beside.get(year)] if beside else []))))
    code, name, named = f"{_REPORT}{serie.code}", serie.libelle, tuple(columns)
    source = capital(source)
    return Table(code, name, "Année", named, tuple(rows), "colonnes", serie.note, source)


def year_tables(site: Site, subject: str, year: int) -> Iterator[Table]:
    """What the files tell of one year, each breakdown in a table."""
    for one in declared(site, subject):
        yield from (_breakdown(row, one.source) for row in one.repartitions if row.annee == year)


def _breakdown(row: Repartition, source: str) -> Table:
    rows = [Row(name, (value,)) for name, value in row.valeurs.items()]
    if row.total is not None:
        rows.append(Row("Total annoncé", (row.total,)))
    bars: Drawing = "barres" if row.total is None else ""
    code, columns = f"{_REPORT}{row.code}", (Column(row.colonne, row.unite),)
    source = capital(source)
    return Table(code, row.libelle, row.lignes, columns, tuple(rows), bars, row.note, source)


def year_keys(site: Site, subject: str, year: int) -> Iterator[Key]:
    """What the series tell of one year, each as a key figure with its source."""
    for one in declared(site, subject):
        for serie in one.series:
            if year in serie.valeurs:
                note = serie.notes.get(year, "")
                yield Key(serie.libelle, serie.valeurs[year], serie.unite, note, one.source)
