"""Quotes, and the boxes written as GitHub alerts (``> [!NOTE]``) or as ``!!! note``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from portail.body.blocks import BlockReader
from portail.body.code import fence_after
from portail.body.lines import Line, dedent, indent_of, lazily, shift

__all__ = ["BOXES", "Box", "read_admonition", "read_quote"]


class Box(NamedTuple):
    """A sort of box: its class in the page and the word it begins with."""

    name: str
    title: str


_REMEMBER = Box("a-retenir", "À retenir")
_DEFINITION = Box("definition", "Définition")
_BEWARE = Box("attention", "Attention")

BOXES: Mapping[str, Box] = MappingProxyType(
    {
        "note": _REMEMBER,
        "important": _REMEMBER,
        "a-retenir": _REMEMBER,
        "tip": _DEFINITION,
        "definition": _DEFINITION,
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
