"""Blocks as GitHub reads them: paragraphs, headings, code, and the others by their first sign.

Python-Markdown's own block processors work on text cut at blank lines: they lose the place of
every line and differ from GitHub on lists, quotes, fences and tables. This reader goes from line
to line instead, and leaves to Python-Markdown what is inside a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown.blockparser import BlockParser
from markdown.util import AtomicString

from portail.body.positions import (
    Line,
    Place,
    dedent,
    indent_of,
    joined,
    lazily,
    numbered,
    shift,
    trimmed,
)

if TYPE_CHECKING:
    from portail.body.document import Document

# Blocks of code: between fences, or indented. Nothing in them is looked at.

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


DEPTH = 20
"""Deepest nesting of quotes, lists and boxes."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
"""A horizontal rule."""

ITEM = re.compile(r" {0,3}([-+*]|\d{1,9}[.)])(?=[ \t]|$)")
"""The marker of an item of a list."""

TABLE_RULE = re.compile(r"[ >]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
"""The line of dashes under the header of a table, which holds a pipe too."""

# After the marks of containers: nothing, a heading, an underline, a rule, a fence.
_NO_TEXT = re.compile(
    r"(?:[ ]{0,3}(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*+[ ]{0,3}"
    r"(?:[-+*>]?$|\#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$|(?:_[ \t]*){3,}$|\*{3,}[ \t]*$"
    r"|`{3,}[^`]*$|~{3,})"
)
_INTERRUPTION = re.compile(
    r"""[ ]{0,3}(?: \#{1,6}(?:[ \t]|$) | > | `{3,}[^`]*$ | ~{3,} | (?:[-+*]|1[.)])[ \t]+\S
    | (?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$
    | !!![ ]?\w | \[\^[^\]\s]+\]: | \*\[[^\]]+\]: )""",
    re.VERBOSE,
)
_SIGNS = frozenset("#>`~-+*_=!|:[1")

Starter: TypeAlias = "Callable[[BlockReader, Element, list[Line], int], int | None]"
"""Reads the block that begins at an index of the lines; gives the index after it, or ``None``
when the block is of another sort."""

Follower: TypeAlias = "Callable[[BlockReader, Element, list[Line], int, int], int | None]"
"""Given the first line of a paragraph and a line after it, reads what both make together (a table,
a definition list), or gives ``None``."""


class TooDeep(Exception):
    """Blocks are nested beyond ``DEPTH``; ``place`` is the first line that is too deep."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


def interrupts(text: str) -> bool:
    """Whether a line begins a new block although the line before it is a paragraph's."""
    return text.lstrip(" ")[:1] in _SIGNS and _INTERRUPTION.match(text) is not None


class BlockReader(BlockParser):
    """Turns the lines of a body into elements, whose inline text is still Markdown.

    ``document`` is set before each conversion. ``starters`` gives the readers to try for the
    first sign of a block, ``followers`` those to try on a line that comes after a paragraph's.
    """

    document: Document

    def __init__(self, md: object) -> None:
        super().__init__(md)  # type: ignore[arg-type]
        self.starters: dict[str, tuple[Starter, ...]] = {
            "#": (_heading,),
            "`": (read_fence,),
            "~": (read_fence,),
            "_": (_rule,),
            "-": (_rule,),
            "*": (_rule,),
        }
        self.followers: list[Follower] = []
        self._depth = 0

    def extend(self, signs: Iterable[str], starter: Starter) -> None:
        """Try ``starter`` too, last, for the blocks that begin with one of ``signs``."""
        for sign in signs:
            self.starters[sign] = (*self.starters.get(sign, ()), starter)

    def parseDocument(self, lines: Iterable[str]) -> ElementTree[Element | None]:
        """The tree of a whole body; raises ``TooDeep``."""
        self._depth = 0
        self.root = Element(self.md.doc_tag)
        self.read(self.root, numbered(list(lines), self.document.first_line))
        return ElementTree(self.root)

    def read(self, parent: Element, lines: list[Line]) -> bool:
        """Append the blocks of ``lines`` to ``parent``; whether a blank line parts two of them."""
        parted = seen = blank = False
        index, count = 0, len(lines)
        while index < count:
            text = lines[index].text
            if not text:
                blank = True
                index += 1
                continue
            parted = parted or (blank and seen)
            blank, seen = False, True
            index = self._block(parent, lines, index, text)
        return parted

    def nested(self, parent: Element, lines: list[Line]) -> bool:
        """``read`` for the inside of a container; raises ``TooDeep``."""
        if self._depth >= DEPTH:
            raise TooDeep(Place(lines[0].number, lines[0].column))
        self._depth += 1
        parted = self.read(parent, lines)
        self._depth -= 1
        return parted

    def leaf(self, element: Element, lines: list[Line]) -> None:
        """Give ``element`` the inline text of ``lines``."""
        element.text = self.document.places.mark(lines)

    def gather(
        self, lines: list[Line], start: int, first: Line, offset: int, end: re.Pattern[str]
    ) -> tuple[list[Line], int]:
        """The lines of an item that begins at ``start`` and whose content is ``offset`` deep.

        ``first`` is its first line, already stripped; ``end`` matches what begins the next item.
        Gives the stripped lines and the index after the item; the blank lines that end it are
        left out.
        """
        inner, index, fence = [first], start + 1, fence_after("", first.text)
        blanks = 0
        while index < len(lines):
            line = lines[index]
            if not line.text:
                if not first.text and len(inner) == 1:
                    break
                blanks += 1
            elif indent_of(line.text) >= offset:
                inner.extend(lines[index - blanks : index])
                inner.append(shift(line, offset))
                fence, blanks = fence_after(fence, inner[-1].text), 0
            elif blanks or fence or end.match(line.text) or not self.continues(inner, line):
                break
            else:
                inner.append(lazily(line))
            index += 1
        return inner, index - blanks

    def continues(self, inner: list[Line], line: Line) -> bool:
        """Whether ``line``, without the marks of its container, goes on with the paragraph that
        ends ``inner``."""
        before, text = inner[-1].text, line.text
        if line.lazy:
            return bool(before)
        if not before or interrupts(text) or ITEM.match(text) or _NO_TEXT.match(before):
            return False
        return "|" not in before or not any(
            not line.lazy and TABLE_RULE.match(line.text) and "|" in line.text
            for line in takewhile(lambda line: line.text, reversed(inner))
        )

    def _block(self, parent: Element, lines: list[Line], index: int, text: str) -> int:
        indent = indent_of(text)
        if lines[index].lazy:
            return self._paragraph(parent, lines, index)
        if indent >= 4:
            return read_indented(parent, lines, index)
        for starter in self.starters.get(text[indent], ()):
            end = starter(self, parent, lines, index)
            if end is not None:
                return end
        return self._paragraph(parent, lines, index)

    def _paragraph(self, parent: Element, lines: list[Line], start: int) -> int:
        index = start + 1
        while index < len(lines):
            text = lines[index].text
            sign = text.lstrip(" ")[:1]
            if not sign:
                break
            if sign in _SIGNS and not lines[index].lazy:
                if _UNDERLINE.match(text) and sign in "=-":
                    self._title(parent, 1 if sign == "=" else 2, lines[start:index])
                    return index + 1
                end = self._follow(parent, lines, start, index)
                if end is not None:
                    return end
                if _INTERRUPTION.match(text):
                    break
            index += 1
        end = self._follow(parent, lines, start, index)
        if end is not None:
            return end
        self.paragraph(parent, lines[start:index])
        return index

    def _follow(self, parent: Element, lines: list[Line], start: int, index: int) -> int | None:
        for follower in self.followers:
            end = follower(self, parent, lines, start, index)
            if end is not None:
                return end
        return None

    def paragraph(self, parent: Element, lines: list[Line]) -> None:
        """Append a paragraph made of ``lines`` (none: nothing)."""
        if lines:
            *others, last = map(trimmed, lines)
            last = Line(last.text.rstrip(), last.number, last.column)
            self.leaf(SubElement(parent, "p"), [*others, last])

    def _title(self, parent: Element, level: int, lines: list[Line]) -> None:
        first, *_ = lines = [*map(trimmed, lines)]
        heading = SubElement(parent, f"h{level}")
        heading.set("@", self.document.places.put(first.number, first.column))
        self.leaf(heading, lines)
        heading.text = (heading.text or "").rstrip()


def _heading(reader: BlockReader, parent: Element, lines: list[Line], start: int) -> int | None:
    line = lines[start]
    found = _HEADING.match(line.text)
    if found is None:
        return None
    heading = SubElement(parent, f"h{len(found[1])}")
    heading.set("@", reader.document.places.put(line.number, line.column + found.start(1)))
    rest = trimmed(shift(line, found.end()))
    title = rest.text.rstrip()
    bare = title.rstrip("#")
    if not bare or bare[-1] in " \t":
        title = bare.rstrip()
    reader.leaf(heading, [Line(title, rest.number, rest.column)])
    return start + 1


def _rule(_: BlockReader, parent: Element, lines: list[Line], start: int) -> int | None:
    if not RULE.match(lines[start].text):
        return None
    SubElement(parent, "hr")
    return start + 1
