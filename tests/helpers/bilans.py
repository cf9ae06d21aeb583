"""Bilans of the demonstration, looked at by the names of their tables and key figures."""

from __future__ import annotations

from functools import cache
from typing import Any

from demonstration import ROOT, TODAY, store_of
from plans import Tree
from portail.features.services.bilans.table import Bilan
from portail.site.site import Site


@cache
def demonstration() -> Site:
    """The site of the demonstration with its figures, made once in a process."""
    return Tree(ROOT, store_of(ROOT / "content")).site(day=TODAY, chiffres=True)


def column(bilan: Bilan, code: str, rank: int = 0) -> dict[str, Any]:
    """Values of a column of a table that are not nothing, by row."""
    table = bilan.table(code)
    return (
        {row.label: row.values[rank] for row in table.lignes if row.values[rank]} if table else {}
    )


def key(bilan: Bilan, label: str) -> Any:
    """The value of a key figure."""
    return next(one.value for one in bilan.cles if one.label == label)
