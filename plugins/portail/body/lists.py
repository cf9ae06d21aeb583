"""Lists: nested by the column of their text, as on GitHub, with tasks."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from portail.body.blocks import ITEM, RULE, BlockReader
from portail.body.lines import Line, indent_of, shift

__all__ = ["read_definitions", "read_list", "tighten"]

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
