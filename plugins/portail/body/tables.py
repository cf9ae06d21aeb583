"""Tables as GitHub reads them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from portail.body.blocks import ITEM, TABLE_RULE, BlockReader, interrupts
from portail.body.lines import Line
from portail.body.positions import CELL_PIPE

__all__ = ["read_table"]

_CELL = re.compile(r"(?:[^|\\]|\\.|\\$)*")
_ALIGNED = {(True, True): "centre", (False, True): "droite", (True, False): "gauche"}


def read_table(
    reader: BlockReader, parent: Element, lines: list[Line], start: int, index: int
) -> int | None:
    """Follower: ``index`` is the line of dashes, under the header, a paragraph's last line."""
    if index >= len(lines) or not _is_delimiter(lines[index].text):
        return None
    header, rules = _cells(lines[index - 1]), _cells(lines[index])
    if len(header) != len(rules):
        return None
    reader.paragraph(parent, lines[start : index - 1])
    classes = [_ALIGNED.get((c.text[0] == ":", c.text[-1] == ":")) for c in rules]
    table = _frame(reader, parent)
    _row(reader, SubElement(table, "thead"), "th", header, classes)
    body: Element | None = None
    index += 1
    while index < len(lines) and lines[index].text and not _ends(lines[index]):
        body = SubElement(table, "tbody") if body is None else body
        _row(reader, body, "td", _fitted(_cells(lines[index]), len(header)), classes)
        index += 1
    return index


def _ends(line: Line) -> bool:
    return line.lazy or interrupts(line.text) or ITEM.match(line.text) is not None


def _is_delimiter(text: str) -> bool:
    return "|" in text and "-" in text and TABLE_RULE.match(text) is not None


def _frame(reader: BlockReader, parent: Element) -> Element:
    """A table in a region of its own: wider than the screen, it scrolls there, by keyboard too."""
    document = reader.document
    document.tables += 1
    region = SubElement(parent, "div", {"class": "tableau", "role": "region", "tabindex": "0"})
    region.set("aria-label", f"Tableau {document.tables}")
    return SubElement(region, "table")


def _row(
    reader: BlockReader, parent: Element, tag: str, cells: list[Line], classes: list[str | None]
) -> None:
    row = SubElement(parent, "tr")
    for line, name in zip(cells, classes, strict=True):
        cell = SubElement(row, tag)
        if tag == "th":
            cell.set("scope", "col")
        if name:
            cell.set("class", name)
        reader.leaf(cell, [line])


def _cells(line: Line) -> list[Line]:
    r"""The cells of a row; in their text ``\|`` is a pipe, one column for two being kept."""
    text = line.text.rstrip()
    begin = len(text) - len(text.lstrip(" |")) if text.lstrip(" ")[:1] == "|" else 0
    begin = min(begin, text.find("|") + 1) if begin else 0
    cells: list[Line] = []
    while begin < len(text) or not cells:
        found = _CELL.match(text, begin)
        assert found is not None
        raw = found[0]
        indent = len(raw) - len(raw.lstrip())
        content = raw.strip().replace("\\|", f"{CELL_PIPE}|")
        cells.append(Line(content, line.number, line.column + begin + indent))
        begin = found.end() + 1
    return cells


def _fitted(cells: list[Line], count: int) -> list[Line]:
    """``count`` cells: empty ones added, those in excess joined to the last (none is lost)."""
    if len(cells) > count:
        *kept, last = cells[:count]
        extra = " | ".join(cell.text for cell in cells[count - 1 :])
        return [*kept, Line(extra, last.number, last.column)]
    missing = Line("", cells[-1].number, cells[-1].column)
    return cells + [missing] * (count - len(cells))
