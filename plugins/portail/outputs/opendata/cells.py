"""Cells of the tables: what a column says of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from portail.outputs.spreadsheets import Numbers
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["FORMES", "Column", "Row", "joined", "texts"]

Value: TypeAlias = Any
Forme: TypeAlias = Literal["texte", "nombre", "position", "oui-non", "liste"]

FORMES: Mapping[Forme, str] = {
    "texte": "texte",
    "nombre": "nombre",
    "position": "latitude et longitude, une virgule entre elles",
    "oui-non": "oui ou non",
    "liste": "liste, «\u00a0{}\u00a0» entre deux valeurs",
}
"""How cells are written, as the dictionary says it (French); ``{}`` is ``Column.entre``."""


@cache
def _steps(path: str) -> tuple[bool, tuple[str, ...]]:
    return path.startswith("lieu/"), tuple(path.removeprefix("lieu/").split("."))


@dataclass(frozen=True, slots=True)
class Row:
    """What a line is made of: a record, that of its lieu (empty without one), their content."""

    record: dict[str, Value]
    lieu: dict[str, Value]
    item: Item
    site: Site

    def get(self, path: str) -> Value:
        """The value at a path of keys (``calcule.commune.nom``), in the record or, after
        ``lieu/``, in that of its lieu; ``None`` where there is none.
        """
        of_lieu, keys = _steps(path)
        value: Value = self.lieu if of_lieu else self.record
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def labels(self, vocabulary: str, codes: Iterable[str]) -> list[str]:
        """French labels of the codes of a controlled list."""
        return [self.site.vocabularies.label(vocabulary, code) for code in codes]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, what it says (French), the key of the record that it comes
    from (see ``Row.get``).

    ``forme`` is how it is written: ``texte``, ``nombre``, ``position`` (two numbers), ``oui-non``,
    ``liste`` (sign between two values: ``entre``). ``value`` makes what is not in the record as it
    is. ``nationale`` tells the columns of the national dataset from ours.
    """

    nom: str
    description: str
    source: str
    forme: Forme = "texte"
    value: Callable[[Row], Value] | None = None
    entre: str = "|"
    nationale: bool = False

    def cell(self, row: Row) -> str:
        """What it says of a line; empty when nothing is said."""
        value = self.value(row) if self.value else row.get(self.source)
        if value is None or value == "":
            return ""
        if self.forme in ("nombre", "position"):
            return Numbers(value)
        if self.forme == "oui-non":
            return "oui" if value else "non"
        return joined(value, self.entre) if self.forme == "liste" else str(value)


def joined(values: Iterable[object], between: str) -> str:
    r"""Values in one cell; a backslash comes before a separator that is part of a value.

    >>> joined(["a", "b|c"], "|"), joined(["a, b", "c\\d"], ",")
    ('a|b\\|c', 'a\\, b,c\\\\d')
    """
    escaped = (str(one).replace("\\", "\\\\") for one in values)
    return between.join(one.replace(between, f"\\{between}") for one in escaped)


def texts(names: str, separator: str = " ") -> Callable[[Row], str]:
    """What several keys say, those that are there, in one text."""
    keys = names.split()
    return lambda row: separator.join(str(one) for key in keys if (one := row.get(key)))
