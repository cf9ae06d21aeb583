"""Counts as tables: what ``tables.yml`` says of each, the rows that a question gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from portail.resources import rows_of
from portail.site.site import Site
from portail.text.dates import MOIS_COURTS
from portail.text.typography import capital

from .table import Column, Key, Row, Table, Value, change, share

# A year, what is counted in it (a code), how many, and what else is counted of that.
Counted: TypeAlias = Sequence[Any]
MONTHS: Mapping[int, str] = dict(enumerate(MOIS_COURTS, 1))
_TABLES: Mapping[str, Mapping[str, Any]] = rows_of("services.bilans", "tables")


def table(name: str, rows: Iterable[Row], *more: Column, note: str = "", **words: object) -> Table:
    """A table of ``tables.yml``, under its columns and ``more``; ``words`` are those of its
    titles."""
    return _table(name, (*_columns(name, words), *more), rows, note, words)


def _columns(name: str, words: Mapping[str, object]) -> tuple[Column, ...]:
    columns: Mapping[str, str] = _TABLES[name].get("colonnes", {})
    return tuple(Column(label.format_map(words), unit) for label, unit in columns.items())


def _table(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    note: str,
    words: Mapping[str, object],
) -> Table:
    row = _TABLES[name]
    title, first = (row[key].format_map(words) for key in ("titre", "ligne"))
    note = note or row.get("note", "")
    code = name.partition(".")[2]
    return Table(code, title, first, tuple(columns), tuple(rows), row.get("dessin", ""), note)


def labels(site: Site, name: str, *, plural: bool = False) -> dict[str, str]:
    terms = site.vocabularies[name].items()
    return {code: capital(term.pluriel if plural else term.label) for code, term in terms}


class Counts(Struct, frozen=True):
    """What is counted of a year, beside the year before when it is ``compared`` with that one."""

    site: Site
    annee: int
    compared: bool = False

    @property
    def last(self) -> tuple[Column, ...]:
        return (Column(str(self.annee - 1)),) if self.compared else ()

    def by(
        self,
        name: str,
        found: Iterable[Counted],
        names: Mapping[Any, str] | None = None,
        *more: Column,
        whole: float | None = None,
        urls: Mapping[Any, str] | None = None,
        note: str = "",
        **words: object,
    ) -> Table:
        """A table of ``tables.yml``: a row for each of ``names``, else of its vocabulary, that was
        ``found``. With a ``whole``, a column in hundredths is the share of it that the first count
        is; of the year before, the first count alone is shown."""
        row = _TABLES[name]
        known = labels(self.site, row["liste"]) if names is None else names
        words = {"annee": self.annee, **words}
        columns = [*_columns(name, words), *more]
        last = () if row.get("seul") else self.last
        beside = 1 if row.get("dessin") == "colonnes" else len(columns)
        counts = {(year, code): values for year, code, *values in found}
        nothing = [0] * len(columns)
        rows = []
        for code, label in known.items():
            now = counts.get((self.annee, code))
            past = [counts.get((self.annee - 1, code), nothing)[0] for _ in last]
            if row.get("tout") or now or any(past):
                values = _valued(columns, now or nothing, whole)
                order = tuple(-value for value in values if isinstance(value, int | float))
                values[beside:beside] = past
                rows.append((order, Row(label, tuple(values), (urls or {}).get(code, ""))))
        if not (row.get("ordre") or row.get("tout")):
            rows.sort(key=lambda pair: pair[0])
        columns[beside:beside] = last
        return _table(name, columns, (line for _, line in rows), note, words)

    def row(self, label: str, *values: Value, before: Value) -> Row:
        """A row that ends with the year before, if there is one to compare with."""
        return Row(label, (*values, before) if self.compared else values)

    def became(self, now: float, before: float) -> str:
        return change(now, before, self.annee - 1) if self.compared else ""

    def key(self, label: str, now: float, before: float) -> Key:
        """How many there are, beside the year before."""
        return Key(label, now, note=self.became(now, before))


def _valued(columns: Sequence[Column], counts: Sequence[Value], whole: float | None) -> list[Value]:
    if whole is None:
        return [value for value, _ in zip(counts, columns, strict=False)]
    first = counts[0]
    rest = iter(counts)
    number = first if isinstance(first, int | float) else 0
    return [share(number, whole) if unit == "%" else next(rest) for _, unit in columns]
