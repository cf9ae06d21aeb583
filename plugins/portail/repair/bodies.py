"""Repairs of a body: levels of headings, addresses, what Markdown does not know."""

from __future__ import annotations

import re

from portail.body.addresses import link_address
from portail.body.tags import end_of_comment
from portail.diagnostics import Diagnostic
from portail.repair.sheet import Edit, Sheet

__all__ = ["attributes", "comment", "empty_heading", "heading_levels", "without", "without_scheme"]

_MARKS = re.compile(r"#{1,6}(?=[ \t]|$)", re.MULTILINE)
_EMPTY = re.compile(r"[ \t]*#{1,6}[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r"[ \t]*=+[ \t]*")


def heading_levels(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A heading of level 1 (E313) or that skips a level (E314), with those that depend on it.

    Levels are those of the outline: a heading goes one below the nearest one above it that had a
    lower level, and those of an outline that begins at 2 without a gap stay as they are.
    """
    edits: list[Edit] = []
    above: list[tuple[int, int]] = []
    for level, place in sheet.headings:
        while above and above[-1][0] >= level:
            above.pop()
        wanted = min(above[-1][1] + 1, 6) if above else 2
        above.append((level, wanted))
        if wanted != level:
            edit = _marked(sheet, sheet.offset(*place), level, wanted)
            if edit is None:
                return []
            edits.append(edit)
    return edits


def _marked(sheet: Sheet, start: int, level: int, wanted: int) -> Edit | None:
    """The marks of a heading, or its underline, at another level."""
    marks = _MARKS.match(sheet.text, start)
    if marks:
        return Edit(start, start + level, "#" * wanted)
    if wanted != 2:
        return None
    for _ in range(5):
        first, last = sheet.whole_line(start)
        row = sheet.text[first:last].rstrip("\n")
        if _UNDERLINE.fullmatch(row):
            return Edit(first, first + len(row), row.replace("=", "-"))
        start = last
    return None


def without_scheme(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """An address without its beginning (E316): the one that the message gives."""
    start, end = sheet.span(item)
    address = link_address(sheet.text[start:end])
    return [Edit(start, end, address.expected)] if address.code == "E316" else []


def empty_heading(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A heading without a word (E319)."""
    start, _ = sheet.span(item)
    first, last = sheet.line(start)
    alone = _EMPTY.fullmatch(sheet.text[first:last])
    return [Edit(*_lines(sheet, first, last), "")] if alone else []


def attributes(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A list of attributes (A327), which would be shown as it is."""
    return [without(sheet, *sheet.span(item))]


def comment(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A comment (E312), which would be shown as it is; an instruction or a declaration is left."""
    start, _ = sheet.span(item)
    paragraph = re.compile(r"\n[ \t]*\n").search(sheet.text, start)
    stop = paragraph.start() if paragraph else len(sheet.text)
    end = end_of_comment(sheet.text[:stop], start)
    told = sheet.text[start:end]
    return [without(sheet, start, end)] if re.fullmatch(r"<!--.*-->", told, re.DOTALL) else []


def without(sheet: Sheet, start: int, end: int) -> Edit:
    """The removal of a piece: its lines if they hold nothing else, else the blanks before it if
    none is needed."""
    first, last = sheet.line(start)[0], sheet.line(end)[1]
    before, after = sheet.text[first:start], sheet.text[end:last]
    if not before.strip() and not after.strip():
        return Edit(*_lines(sheet, first, last), "")
    if before.strip() and (not after or after[0] in " \t.,;:)"):
        start -= len(before) - len(before.rstrip(" \t"))
    return Edit(start, end, "")


def _lines(sheet: Sheet, first: int, last: int) -> tuple[int, int]:
    """Whole lines, with the blank line after them when one is left before."""
    end = min(last + 1, len(sheet.text))
    stop = sheet.line(end)[1]
    above = sheet.text[: max(first - 1, 0)].rpartition("\n")[2]
    if not above.strip() and end < stop + 1 <= len(sheet.text) and not sheet.text[end:stop].strip():
        end = min(stop + 1, len(sheet.text))
    return first, end
