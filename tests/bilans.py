"""Bilans of the demonstration, looked at by the names of their tables and key figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demonstration import ROOT, TODAY
from plans import Tree
from portail.figures.table import Bilan
from portail.site.site import Site


def demonstration(folder: Path) -> Site:
    """The site of the demonstration, by a link in a folder that may be written to."""
    (folder / "content").symlink_to(ROOT / "content")
    return Tree(folder).site(day=TODAY)


def column(bilan: Bilan, code: str, rank: int = 0) -> dict[str, Any]:
    """Values of a column of a table that are not nothing, by row."""
    table = bilan.table(code)
    return (
        {row.label: row.values[rank] for row in table.lignes if row.values[rank]} if table else {}
    )


def key(bilan: Bilan, label: str) -> Any:
    """The value of a key figure."""
    return next(one.value for one in bilan.cles if one.label == label)
