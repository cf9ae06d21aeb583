"""Charts: a table under a paragraph « Graphique : … » shows its numbers as bars.

It stays a table, that any reader reads cell by cell; GitHub shows its caption above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from portail.text.typography import capital

_ASKED = re.compile(r"\s*Graphique\s*:\s*(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\s\d{3})*(?:,\d+)?")
_COLUMNS = 2


def bar_class(share: int) -> str:
    """Class of a cell whose bar is ``share`` hundredths of the longest one: its tens, its units,
    which the style sheet knows (an attribute of style would be refused by the site's policy).

    >>> bar_class(73), bar_class(100)
    ('barre d7 u3', 'barre d10 u0')
    """
    return f"barre d{share // 10} u{share % 10}"


CLASSES = frozenset(map(bar_class, range(101)))
"""Every class of a cell with a bar."""


def draw_charts(root: Element) -> None:
    """Give each table of ``root`` that a paragraph asks for its caption and its bars, in place.

    A table has two columns, labels then numbers (« 12 981 », « 26,5 % », « 493 196 € »); where a
    cell holds no number, it has its caption and no bar.
    """
    asked: Element | None = None
    for element in list(root):
        if asked is not None and element.get("class") == "tableau":
            root.remove(asked)
            _draw(element[0], asked)
        found = _ASKED.match(element.text or "") if element.tag == "p" else None
        asked = element if found else None


def _draw(table: Element, asked: Element) -> None:
    caption = Element("caption")
    caption.text = capital(_ASKED.sub("", asked.text or "", count=1))
    caption.extend(list(asked))
    table.insert(0, caption)
    cells = list(_cells(table))
    values = [_value(one) for one in cells]
    known = [one for one in values if one is not None]
    if len(known) < len(values) or not any(known):
        return
    for cell, value in zip(cells, known, strict=True):
        cell.set("class", bar_class(int(100 * value / max(known) + 0.5)))


def _cells(table: Element) -> Iterator[Element]:
    """The cells of the second column of a table that has two."""
    for row in table.iter("tr"):
        if len(row) == _COLUMNS and row[1].tag == "td":
            yield row[1]


def _value(cell: Element) -> float | None:
    found = _NUMBER.search("".join(cell.itertext()))
    return float("".join(found[0].split()).replace(",", ".")) if found else None
