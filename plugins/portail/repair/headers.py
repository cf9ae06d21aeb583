"""Repairs of what keeps a front matter from being read: signs, retraits, quotes, double keys."""

from __future__ import annotations

import json
import re

from portail.diagnostics import Diagnostic
from portail.model.registry import MODELS
from portail.repair.sheet import Edit, Sheet
from portail.source.document import ROW
from portail.source.yaml_errors import indent_of

__all__ = ["double_key", "hidden_sign", "pelican_header", "unclosed", "unread_line"]

_BLANKS = frozenset("\x0b\x0c\u2028\u2029")
"""Line ends inside a paragraph, as word processors and web pages have them."""
_PLAIN_VALUE = re.compile(r"([ \t]*(?:- )?[\w-]+:[ \t]+)([^\s\"'\[{|>#].*?)[ \t]*")
_GLUED = re.compile(r"[ \t]*(?:- )?([\w-]+):(?=[^\s:/])")
_FENCE = re.compile(r"---[ \t]*")


def hidden_sign(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A sign that no text may hold (E102), when what was meant is known.

    A mark of byte order goes, a line end of a word processor becomes a space, and a control of
    the range U+0080–U+009F is read as the sign that Windows-1252 has there (the encoding that it
    was copied from). Overrides of direction stay: what they hide is to be looked at.
    """
    start, end = sheet.span(item)
    sign = sheet.text[start:end]
    if sign == "\ufeff":
        return [Edit(start, end, "")]
    if sign in _BLANKS:
        around = sheet.text[start - 1 : start] + sheet.text[end : end + 1]
        return [Edit(start, end, "" if around.strip() != around else " ")]
    if "\x80" <= sign <= "\x9f":
        try:
            return [Edit(start, end, sign.encode("latin-1").decode("cp1252"))]
        except UnicodeDecodeError:
            return []
    return []


def pelican_header(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A header without its two ``---`` lines (E115): the one that the message gives, or the first
    line when the second is there."""
    if not item.paste:
        start = sheet.offset(item.position.line)
        return [Edit(start, start, "---\n")]
    rows = item.paste.count("\n") - 1
    if rows < 1:
        return []
    start = sheet.offset(item.position.line)
    end = sheet.line(sheet.offset(item.position.line + rows - 1))[1]
    return [Edit(start, end, item.paste)]


def unclosed(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A front matter without its second ``---`` (E104), up to the first line that is blank."""
    lines = sheet.text.split("\n")
    rank = first = item.position.line
    while rank < len(lines) and lines[rank].strip() and ROW.fullmatch(lines[rank]):
        rank += 1
    start = sheet.offset(rank + 1)
    return [Edit(start, start, "---\n")] if first < rank < len(lines) else []


def double_key(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A line written twice (E106): the second goes, if both say the same."""
    start, end = sheet.line(sheet.offset(item.position.line))
    row = sheet.text[start:end]
    front = sheet.text[: sheet.body_start].split("\n")
    following = sheet.text[end + 1 : sheet.body_start].split("\n")[0]
    goes_on = following[:1] in (" ", "\t", "-") and not _FENCE.fullmatch(following)
    same = [one for one in front if one.rstrip() == row.rstrip()]
    return [Edit(*sheet.whole_line(start), "")] if len(same) > 1 and not goes_on else []


def unread_line(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A line that YAML gives up on (E105, E107): tabs of an indentation, a colon without its
    space, a value whose signs ask for quotes."""
    start, end = sheet.line(sheet.offset(item.position.line))
    row = sheet.text[start:end]
    indent = row[: len(row) - len(row.lstrip(" \t"))]
    if "\t" in indent:
        return _tabs(sheet)
    glued = _GLUED.match(row)
    if glued and glued[1] in MODELS[sheet.file.kind].model_fields:
        return [Edit(start + glued.end(), start + glued.end(), " ")]
    value = _PLAIN_VALUE.fullmatch(row)
    if value is None or " #" in value[2] or _names_an_anchor(sheet, value[2]):
        return []
    begin, stop = start + value.start(2), start + value.end(2)
    return [Edit(begin, stop, json.dumps(value[2], ensure_ascii=False))]


def _names_an_anchor(sheet: Sheet, value: str) -> bool:
    """Whether ``value`` is YAML of someone who knows it, rather than text."""
    word = value.split()[0]
    if word[0] == "*":
        return f"&{word[1:]}" in sheet.text[: sheet.body_start]
    return word[0] in "&!" and len(word) > 1


def _tabs(sheet: Sheet) -> list[Edit]:
    """Every indentation of the front matter that has a tab, as its lines ask for it."""
    lines = sheet.parts.front.split("\n") if sheet.parts else []
    first = sheet.parts.front_line if sheet.parts else 1
    edits = []
    for rank, row in enumerate(lines):
        indent = row[: len(row) - len(row.lstrip(" \t"))]
        if "\t" in indent and row.strip():
            start = sheet.offset(first + rank)
            wanted = indent_of(lines, rank)
            lines[rank] = wanted + row.lstrip(" \t")
            edits.append(Edit(start, start + len(indent), wanted))
    return edits
