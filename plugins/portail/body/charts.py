"""Charts: a table below a paragraph « Graphique : … » shows its numbers as bars.

It remains a table, which screen readers read cell by cell; GitHub shows the caption above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from portail.late import expression
from portail.text.typography import capital

_CAPTION = expression(r"\s*Graphique\s*:\s*(?=\S)", re.IGNORECASE)
_NUMBER = expression(r"\d+(?:\s\d{3})*(?:,\d+)?")
_COLUMNS = 2


def bar_class(share: int) -> str:
    """Class of a cell whose bar is ``share`` hundredths of the longest one.

    A ``style`` attribute would be refused by the Content-Security-Policy of the site: the style
    sheet has a class for each number of tens and of units.

    >>> bar_class(73), bar_class(100)
    ('barre d7 u3', 'barre d10 u0')
    """
    return f"barre d{share // 10} u{share % 10}"


# Every class of a cell with a bar.
CLASSES = frozenset(map(bar_class, range(101)))


def draw_charts(root: Element) -> None:
    """Add a caption and bars, in place, to each table of ``root`` below such a paragraph.

    A table has two columns, labels then numbers (« 12 981 », « 26,5 % », « 493 196 € »); where a
    cell holds no number, it has its caption and no bar.
    """
    paragraph: Element | None = None
    for element in list(root):
        if paragraph is not None and element.get("class") == "tableau":
            root.remove(paragraph)
            _draw(element[0], paragraph)
        match = None
        if element.tag == "p":
            match = _CAPTION.match(element.text or "")
        paragraph = element if match else None


def _draw(table: Element, paragraph: Element) -> None:
    caption = Element("caption")
    caption.text = capital(_CAPTION.sub("", paragraph.text or "", count=1))
    caption.extend(list(paragraph))
    table.insert(0, caption)
    cells = list(_cells(table))
    values = [_value(cell) for cell in cells]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values) or not any(numbers):
        return
    for cell, value in zip(cells, numbers, strict=True):
        cell.set("class", bar_class(int(100 * value / max(numbers) + 0.5)))


def _cells(table: Element) -> Iterator[Element]:
    for row in table.iter("tr"):
        if len(row) == _COLUMNS and row[1].tag == "td":
            yield row[1]


def _value(cell: Element) -> float | None:
    match = _NUMBER.search("".join(cell.itertext()))
    if match:
        return float("".join(match[0].split()).replace(",", "."))
    return None
