"""Counts as tables: the rows that were found, as ``tables.yml`` shows them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from msgspec import Struct

from portail.resources import rows_of
from portail.site.site import Site

from .table import Column, Key, Row, Table, change

BEFORE = "{avant}"
_TABLES: Mapping[str, Mapping[str, Any]] = rows_of("services.bilans", "tables")


def table(
    name: str,
    rows: Iterable[Row],
    *more: Column,
    without: Container[str] = (),
    note: str = "",
    **words: object,
) -> Table:
    """A table of ``tables.yml``, under its columns, but for those ``without`` which it is shown,
    and ``more``; ``words`` are those of its titles."""
    row = _TABLES[name]
    title, first = (row[key].format_map(words) for key in ("titre", "ligne"))
    columns = row.get("colonnes", {}).items()
    kept = [rank for rank, (label, _) in enumerate(columns) if label not in without]
    kept += range(len(columns), len(columns) + len(more))
    heads = [*(Column(label, unit) for label, unit in columns), *more]
    shown = tuple(heads[rank]._replace(label=heads[rank].label.format_map(words)) for rank in kept)
    lines = (
        line._replace(values=tuple(line.values[rank] for rank in kept if rank < len(line.values)))
        for line in rows
    )
    note = note or row.get("note", "")
    code = name.partition(".")[2]
    return Table(
        code,
        title,
        first,
        colonnes=shown,
        lignes=tuple(lines),
        dessin=row.get("dessin", ""),
        note=note,
    )


class Counts(Struct, frozen=True):
    """What is counted of a year, beside the year before when it is ``compared`` with that one."""

    site: Site
    annee: int
    compared: bool

    def table(self, name: str, rows: Iterable[Row], *more: Column, **options: Any) -> Table:
        """A table whose rows say the year before too, which stands aside when there is none."""
        without = {*options.pop("without", ()), *(() if self.compared else (BEFORE,))}
        options |= {"annee": self.annee, "avant": self.annee - 1}
        return table(name, rows, *more, without=without, **options)

    def became(self, now: float, before: float) -> str:
        if self.compared:
            return change(now, before, self.annee - 1)
        return ""

    def key(self, label: str, now: float, before: float) -> Key:
        """How many there are, beside the year before."""
        return Key(label, now, note=self.became(now, before))
