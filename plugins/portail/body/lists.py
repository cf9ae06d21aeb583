"""Blocks that hold blocks: lists, quotes, boxes; and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from portail.body.blocks import ITEM, RULE, TABLE_RULE, BlockReader, fence_after, interrupts
from portail.body.positions import CELL_PIPE, Line, dedent, indent_of, lazily, shift

_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_DEFINITION = re.compile(r" {0,3}:(?=[ \t]+\S)")
_DEEPEST_TEXT = 4


def read_list(reader: BlockReader, parent: Element, lines: list[Line], start: int) -> int | None:
    """Starter of bulleted and numbered lists."""
    found = ITEM.match(lines[start].text)
    if found is None:
        return None
    marker = found[1]
    items = SubElement(parent, "ol" if marker[0].isdigit() else "ul")
    if marker[0].isdigit() and int(marker[:-1]) != 1:
        items.set("start", str(int(marker[:-1])))
    loose, index, end, tasks = False, start, start, []
    while found is not None and found[1][-1] == marker[-1]:
        loose = loose or index > end
        item = SubElement(items, "li")
        first, offset = _first_line(lines[index], found.end())
        task = _TASK.match(first.text)
        if task:
            tasks.append((item, task[1] != " "))
            first = shift(first, task.end())
        inner, end = reader.gather(lines, index, first, offset, ITEM)
        loose = reader.nested(item, inner) or loose
        index, found = _next_item(lines, end)
    if not loose:
        for item in items:
            tighten(item)
    for item, done in tasks:
        _check(item, done)
    return end


def _next_item(lines: list[Line], index: int) -> tuple[int, re.Match[str] | None]:
    while index < len(lines) and not lines[index].text:
        index += 1
    if index == len(lines) or RULE.match(lines[index].text):
        return index, None
    return index, ITEM.match(lines[index].text)


def _first_line(line: Line, marker_end: int) -> tuple[Line, int]:
    """The text after a marker, and the column where the lines of its item begin."""
    rest = shift(line, marker_end)
    spaces = indent_of(rest.text)
    if not rest.text:
        return rest, marker_end + 1
    if spaces > _DEEPEST_TEXT:
        spaces = 1
    return shift(rest, spaces), marker_end + spaces


def tighten(item: Element) -> None:
    """Take the paragraphs of ``item`` out of their ``p``: its text is a line, not a paragraph."""
    before: Element | None = None
    for child in list(item):
        if child.tag != "p":
            before = child
        elif before is None:
            item.text = f"{item.text}\n{child.text}" if item.text else child.text
            item.remove(child)
        else:
            before.tail = f"{before.tail}\n{child.text}" if before.tail else child.text
            item.remove(child)


def _check(item: Element, done: bool) -> None:
    """Put the box of a task before the text of ``item``: an image with a name, not a field."""
    item.set("class", "tache")
    box = Element("span", {"class": "tache-case", "role": "img"})
    box.set("aria-label", "Fait" if done else "À faire")
    box.text = AtomicString("☑" if done else "☐")
    holder = item if item.text or not len(item) or item[0].tag != "p" else item[0]
    box.tail = f" {holder.text or ''}"
    holder.text = None
    holder.insert(0, box)


def read_definitions(
    reader: BlockReader, parent: Element, lines: list[Line], start: int, index: int
) -> int | None:
    """Follower: terms, each on its line, then definitions that begin with a colon."""
    first = index
    if index < len(lines) and not lines[index].text:
        first = index + 1
    if first >= len(lines) or not _DEFINITION.match(lines[first].text):
        return None
    last = parent[-1] if len(parent) else None
    terms = last if last is not None and last.tag == "dl" else SubElement(parent, "dl")
    for line in lines[start:index]:
        reader.leaf(SubElement(terms, "dt"), [_stripped(line)])
    end, at = index, first
    while at < len(lines) and (found := _DEFINITION.match(lines[at].text)):
        text, offset = _first_line(lines[at], found.end())
        inner, end = reader.gather(lines, at, text, offset, _DEFINITION)
        definition = SubElement(terms, "dd")
        if not reader.nested(definition, inner):
            tighten(definition)
        at = end
        while at < len(lines) and not lines[at].text:
            at += 1
    return end


def _stripped(line: Line) -> Line:
    indent = indent_of(line.text)
    return Line(line.text.strip(), line.number, line.column + indent)


# Tables as GitHub reads them.

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


# Quotes, and the boxes written as GitHub alerts (``> [!NOTE]``) or as ``!!! note``.


class Box(NamedTuple):
    """A sort of box: its class in the page and the word it begins with."""

    name: str
    title: str


_REMEMBER = Box("a-retenir", "À retenir")
_DEFINITION_BOX = Box("definition", "Définition")
_BEWARE = Box("attention", "Attention")

BOXES: Mapping[str, Box] = MappingProxyType(
    {
        "note": _REMEMBER,
        "important": _REMEMBER,
        "a-retenir": _REMEMBER,
        "tip": _DEFINITION_BOX,
        "definition": _DEFINITION_BOX,
        "warning": _BEWARE,
        "caution": _BEWARE,
        "attention": _BEWARE,
    }
)
"""Boxes by the word written in the source, in lower case: GitHub's five, and French ones."""

_QUOTE = re.compile(r" {0,3}> ?")
_ALERT = re.compile(r"[ \t]*\[!([A-Za-z-]+)\][ \t]*")
_ADMONITION = re.compile(r" {0,3}!!! ?([\w-]+)[ \t]*(?:\"([^\"]*)\"[ \t]*)?$")
_BODY_INDENT = 4


def read_quote(reader: BlockReader, parent: Element, lines: list[Line], start: int) -> int | None:
    """Starter of quotes and of boxes written as alerts."""
    inner: list[Line] = []
    index, fence = start, ""
    while index < len(lines):
        line = lines[index]
        found = None if line.lazy else _QUOTE.match(line.text)
        if found:
            inner.append(shift(line, found.end()))
            fence = fence_after(fence, inner[-1].text)
        elif line.text and inner and not fence and reader.continues(inner, line):
            inner.append(lazily(line))
        else:
            break
        index += 1
    if not inner:
        return None
    alert = _ALERT.match(inner[0].text)
    box = BOXES.get(alert[1].lower()) if alert else None
    if alert and box:
        _box(reader, parent, box, shift(inner[0], alert.end()), inner[1:])
    else:
        reader.nested(SubElement(parent, "blockquote"), inner)
    return index


def read_admonition(
    reader: BlockReader, parent: Element, lines: list[Line], start: int
) -> int | None:
    """Starter of boxes written ``!!! note "Titre"``, their text indented by four spaces."""
    found = _ADMONITION.match(lines[start].text)
    box = BOXES.get(found[1].lower()) if found else None
    if found is None or box is None:
        return None
    index = end = start + 1
    while index < len(lines) and (
        not lines[index].text or indent_of(lines[index].text) >= _BODY_INDENT
    ):
        index += 1
        if lines[index - 1].text:
            end = index
    opening = lines[start]
    title = Line("", opening.number, opening.column)
    if found[2]:
        title = Line(found[2].strip(), opening.number, opening.column + found.start(2))
    _box(
        reader, parent, box, title, [dedent(line, _BODY_INDENT) for line in lines[start + 1 : end]]
    )
    return end


def _box(reader: BlockReader, parent: Element, box: Box, title: Line, inner: list[Line]) -> None:
    """Append a box. Its title is no heading: it would break the order of the page's own."""
    document = reader.document
    document.boxes += 1
    name = f"encadre-{document.boxes}"
    aside = SubElement(parent, "aside", {"class": f"encadre {box.name}", "role": "note"})
    aside.set("aria-labelledby", name)
    heading = SubElement(aside, "p", {"class": "encadre-titre", "id": name})
    heading.text = box.title
    if title.text:
        reader.leaf(heading, [title])
        heading.text = f"{box.title} : {heading.text}"
    if inner:
        reader.nested(aside, inner)
