"""The cells of an HTML table, when Markdown can write it."""

from __future__ import annotations

from bs4.element import Tag

__all__ = ["table_rows"]

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_MERGED = frozenset({"colspan", "rowspan"})


def table_rows(table: Tag) -> list[list[Tag]] | None:
    """Rows of cells, the first being the header; ``None`` when the table has no header, is not
    even, merges cells, holds another table or has a caption."""
    inside = table.find_all(True)
    if any(one.name in ("table", "caption") or _MERGED & one.attrs.keys() for one in inside):
        return None
    rows: list[list[Tag]] = []
    for row in table.find_all("tr"):
        if row.parent is not table and (row.parent is None or row.parent.name not in _GROUPS):
            return None
        rows.append(list(row.find_all(["td", "th"])))
    if len(rows) < 2 or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        return None
    headed = all(cell.name == "th" for cell in rows[0])
    return rows if headed else None
