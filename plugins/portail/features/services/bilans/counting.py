"""One way of counting: things are sorted by a key, each key has a row, each measure a column.

``tables.yml`` says each table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from portail.resources import rows_of
from portail.site.site import Site
from portail.text.dates import MOIS_COURTS
from portail.text.typography import capital

from .table import Column, Key, Row, Table, Value, change, share

T = TypeVar("T")
MONTHS: Mapping[int, str] = dict(enumerate(MOIS_COURTS, 1))
_TABLES: Mapping[str, Mapping[str, Any]] = rows_of("services.bilans", "tables")


class Measure(NamedTuple, Generic[T]):
    """What a column says of a row: of its key, and of the things that have it."""

    column: Column
    of: Callable[[Any, Sequence[T]], Value]


def count(label: str) -> Measure[Any]:
    return Measure(Column(label), lambda key, some: len(some))


def part(whole: int) -> Measure[Any]:
    """Which share of a whole they are."""
    return Measure(Column("Part", "%"), lambda key, some: share(len(some), whole))


def _columns(name: str, words: Mapping[str, object]) -> tuple[Column, ...]:
    columns: Mapping[str, str] = _TABLES[name].get("colonnes", {})
    return tuple(Column(label.format_map(words), unit) for label, unit in columns.items())


def table(name: str, rows: Iterable[Row], *more: Column, note: str = "", **words: object) -> Table:
    """A table of ``tables.yml`` whose rows are known, under its columns and ``more``; ``words`` are
    those of its titles."""
    return _table(name, (*_columns(name, words), *more), rows, note, words)


def _table(
    name: str,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    note: str,
    words: Mapping[str, object],
) -> Table:
    row = _TABLES[name]
    code = name.partition(".")[2]
    title, first = (row[key].format_map(words) for key in ("titre", "ligne"))
    note = note or row.get("note", "")
    return Table(code, title, first, columns, tuple(rows), row.get("dessin", ""), note)


def labels(site: Site, name: str, *, plural: bool = False) -> dict[str, str]:
    terms = site.vocabularies[name].items()
    return {code: capital(term.pluriel if plural else term.label) for code, term in terms}


class Counts(Struct, Generic[T], frozen=True):
    """What is counted of a year, and of the year before, to which it is ``compared`` when something
    is known of that one."""

    site: Site
    annee: int
    now: tuple[T, ...]
    before: tuple[T, ...] = ()
    compared: bool = False

    def by(
        self,
        name: str,
        keys: Callable[[T], Iterable[Any]],
        names: Mapping[Any, str] | None = None,
        *measures: Measure[T],
        urls: Mapping[Any, str] | None = None,
        note: str = "",
        **words: object,
    ) -> Table:
        """A table of ``tables.yml``: a row for each of ``names``, else of its vocabulary; the first
        measure is taken of the year before too.
        """
        row = _TABLES[name]
        known = labels(self.site, row["liste"]) if names is None else names
        heads = _columns(name, {"annee": self.annee, **words})
        shown = measures or (
            *(count(column.label) for column in heads[:1]),
            *(part(len(self.now)) for _ in heads[1:]),
        )
        last = () if row.get("seul") else self.last
        beside = 1 if row.get("dessin") == "colonnes" else len(shown)
        now = _sorted(self.now, keys, known)
        before = _sorted(self.before if last else (), keys, known)
        rows = []
        for key, label in known.items():
            values = [measure.of(key, now[key]) for measure in shown]
            past = [shown[0].of(key, before[key]) for _ in last]
            if row.get("tout") or now[key] or any(past):
                order = tuple(-value for value in values if isinstance(value, int | float))
                values[beside:beside] = past
                rows.append((order, Row(label, tuple(values), (urls or {}).get(key, ""))))
        if not (row.get("ordre") or row.get("tout")):
            rows.sort(key=lambda pair: pair[0])
        columns = [measure.column for measure in shown]
        columns[beside:beside] = last
        return _table(name, tuple(columns), (line for _, line in rows), note, words)

    def row(self, label: str, *values: Value, before: Value) -> Row:
        """A row that ends with the year before, if there is one to compare with."""
        return Row(label, (*values, before) if self.compared else values)

    @property
    def last(self) -> tuple[Column, ...]:
        return (Column(str(self.annee - 1)),) if self.compared else ()

    def both(self, measure: Callable[[Sequence[T]], int] = len) -> tuple[int, int]:
        """A measure of the year, and of the year before."""
        return measure(self.now), measure(self.before)

    def became(self, measure: Callable[[Sequence[T]], int] = len) -> str:
        return change(*self.both(measure), self.annee - 1) if self.compared else ""

    def key(self, label: str, measure: Callable[[Sequence[T]], int] = len) -> Key:
        """How many there are, beside the year before."""
        return Key(label, measure(self.now), note=self.became(measure))


def _sorted(
    things: Iterable[T], keys: Callable[[T], Iterable[Any]], names: Iterable[Any]
) -> dict[Any, list[T]]:
    # Things by those of their keys that have a name; one that has a key twice counts once.
    by_key: dict[Any, list[T]] = {key: [] for key in names}
    for thing in things:
        for key in dict.fromkeys(keys(thing)):
            if key in by_key:
                by_key[key].append(thing)
    return by_key
