"""One way of counting, whatever is counted: items are sorted by a key (a month, a theme, a
territory, a type…), each key has a row, each measure a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from portail.features.services.bilans.table import Column, Drawing, Row, Table, Value, share
from portail.text.dates import MOIS_COURTS

T = TypeVar("T")
MONTHS: Mapping[int, str] = dict(enumerate(MOIS_COURTS, 1))
_NO_URLS: Mapping[Any, str] = {}


class Measure(NamedTuple, Generic[T]):
    """What a column says of a row: of its key, and of the items that have it."""

    column: Column
    of: Callable[[Any, Sequence[T]], Value]


def count(label: str) -> Measure[Any]:
    """How many there are."""
    return Measure(Column(label), lambda key, some: len(some))


def part(whole: int) -> Measure[Any]:
    """Which share of a whole they are."""
    return Measure(Column("Part", "%"), lambda key, some: share(len(some), whole))


class Cut(Struct, Generic[T], frozen=True):
    """How items are sorted: the keys of each (none: it is in no row), what each key is called, in
    the order of rows unless ``rank`` puts the most first; ``every`` key has a row, even an empty
    one. An item that has one key twice counts once."""

    code: str
    titre: str
    premiere: str
    keys: Callable[[T], Iterable[Any]]
    names: Mapping[Any, str]
    urls: Mapping[Any, str] = _NO_URLS
    dessin: Drawing = "barres"
    rank: bool = True
    every: bool = False

    def sorted(self, items: Iterable[T]) -> dict[Any, list[T]]:
        """Items by their keys, those that have a name."""
        by_key: dict[Any, list[T]] = {key: [] for key in self.names}
        for item in items:
            for key in dict.fromkeys(self.keys(item)):
                if key in by_key:
                    by_key[key].append(item)
        return by_key


class Past(NamedTuple, Generic[T]):
    """What a year is compared with: the year before, by its column, and its items."""

    column: Column
    items: Sequence[T]


def table_of(
    cut: Cut[T],
    measures: Sequence[Measure[T]],
    items: Iterable[T],
    past: Past[T] | None = None,
    note: str = "",
) -> Table:
    """The table of ``items``, sorted by ``cut``. The first measure is taken of the ``past`` too: in
    the last column; in the second where columns are drawn, each beside that of the year before."""
    now = cut.sorted(items)
    before = cut.sorted(past.items) if past else {}
    beside = 1 if cut.dessin == "colonnes" else len(measures)
    rows = []
    for key in cut.names:
        values = [measure.of(key, now[key]) for measure in measures]
        last = measures[0].of(key, before[key]) if past else None
        if cut.every or now[key] or last:
            order = tuple(-value for value in values if isinstance(value, int | float))
            values[beside:beside] = [last] if past else []
            rows.append((order, Row(cut.names[key], tuple(values), cut.urls.get(key, ""))))
    if cut.rank and not cut.every:
        rows.sort(key=lambda row: row[0])
    columns = [measure.column for measure in measures]
    columns[beside:beside] = [past.column] if past else []
    lines = tuple(row for _, row in rows)
    return Table(cut.code, cut.titre, cut.premiere, tuple(columns), lines, cut.dessin, note)
