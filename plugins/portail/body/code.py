"""Blocks of code: between fences, or indented. Nothing in them is looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from portail.body.lines import Line, dedent, indent_of, joined, shift

if TYPE_CHECKING:
    from portail.body.blocks import BlockReader

__all__ = ["fence_after", "read_fence", "read_indented"]

_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})")


def fence_after(fence: str, text: str) -> str:
    """The open code fence after line ``text``, given the one before it (empty: none)."""
    if "```" not in text and "~~~" not in text:
        return fence
    if fence:
        stripped = text.strip()
        closing = indent_of(text) < 4 and len(stripped) >= len(fence)
        return "" if closing and not stripped.strip(fence[0]) else fence
    found = _FENCE.match(text)
    return found[2] if found else ""


def read_fence(_: BlockReader, parent: Element, lines: list[Line], start: int) -> int | None:
    """Starter of code between fences; without a closing one it goes on to the end."""
    found = _FENCE.match(lines[start].text)
    if found is None:
        return None
    indent, fence, index = len(found[1]), found[2], start + 1
    code: list[Line] = []
    while index < len(lines) and fence_after(fence, lines[index].text):
        code.append(dedent(lines[index], indent))
        index += 1
    _code(parent, code)
    return index + 1


def read_indented(parent: Element, lines: list[Line], start: int) -> int:
    """Append the code indented by four spaces that begins at ``start``; the index after it."""
    end = index = start
    while index < len(lines) and (not lines[index].text or lines[index].text[:4] == "    "):
        index += 1
        if lines[index - 1].text:
            end = index
    _code(parent, [shift(line, 4) if line.text else line for line in lines[start:end]])
    return end


def _code(parent: Element, lines: list[Line]) -> None:
    pre = SubElement(parent, "pre", {"tabindex": "0"})
    text = joined(lines)
    SubElement(pre, "code").text = AtomicString(f"{text}\n" if text else "")
