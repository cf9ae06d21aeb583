"""Repairs of HTML written in a body (E311) or in a field (E246)."""

from __future__ import annotations

import re

from portail.body.tags import end_of_comment, end_of_tag, is_comment
from portail.diagnostics import Diagnostic
from portail.repair.bodies import without
from portail.repair.converted import BLOCKS, Kept, as_markdown
from portail.repair.sheet import Edit, Sheet
from portail.source.document import quoted

__all__ = ["html_in_body", "html_in_field"]

_NAME = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_VOID = frozenset({"br", "hr", "img", "wbr", "meta", "link", "base", "embed"})
_ORPHANS = frozenset("span font p div center u small big section article".split())
_SIGNS = 600
_FRAGMENT = 30_000
"""An element that holds more signs « < », or characters, is left to its author."""
_NEXT = re.compile(r"[ \t]*(?:\n[ \t]*)*(?=<)")
_CONTAINER = re.compile(r"[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])")
_FIELD = re.compile(r"</?(?:i|em|b|strong|u|span|font|p|br|small|big)\b[^<>]*>", re.IGNORECASE)


def html_in_body(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """An element with all that it holds, in Markdown; a tag that closes nothing goes."""
    start, _ = sheet.span(item)
    opened = end_of_tag(sheet.text, start)
    named = _NAME.match(sheet.text, start)
    if opened is None or named is None:
        return []
    name = named[2].lower()
    if named[1]:
        return [Edit(start, opened, "")]
    end = opened if name in _VOID else _closing(sheet.text, opened, name)
    if end is None:
        return [Edit(start, opened, "")] if name in _ORPHANS else []
    for stop in dict.fromkeys((_run(sheet.text, end) if name in BLOCKS else end, end)):
        try:
            text, blocks = as_markdown(sheet.text[start:stop])
        except (Kept, RecursionError):
            continue
        if not text.strip():
            return [without(sheet, start, stop)]
        if name == "br":
            return [_line_break(sheet.text, start, stop)]
        return _apart(sheet, start, stop, text) if blocks else [Edit(start, stop, text)]
    return []


def _run(text: str, end: int) -> int:
    """Where the last of the blocks that follow one another ends."""
    start = end
    while True:
        at = _NEXT.match(text, end)
        named = _NAME.match(text, at.end()) if at else None
        if at is None or named is None or named[1] or named[2].lower() not in BLOCKS:
            return end
        opened = end_of_tag(text, at.end())
        name = named[2].lower()
        if opened is None:
            return end
        stop = opened if name in _VOID else _closing(text, opened, name)
        if stop is None or stop - start > _FRAGMENT:
            return end
        end = stop


def html_in_field(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """Tags of a field: italics become ``*…*``, others go and their text stays."""
    found = sheet.value_at(item)
    if found is None or not isinstance(found.node.value, str):
        return []
    value = found.node.value
    if "<" in _FIELD.sub("", value) or "\\" in value:
        return []
    text = re.sub(r"<br\s*/?>|</?p\b[^<>]*>", " ", value, flags=re.IGNORECASE)
    text = re.sub(r"<(i|em)>\s*([^<>*]+?)\s*</\1>", r"*\2*", text, flags=re.IGNORECASE)
    text = " ".join(_FIELD.sub("", text).split(" ")).strip(" ")
    text = re.sub(r" {2,}", " ", text)
    written = quoted(text)
    if written == text and re.search(r"[,\[\]{}]", text):
        written = '"' + text.replace('"', '\\"') + '"'
    return [Edit(*sheet.bounds(found.node), written)]


def _closing(text: str, start: int, name: str) -> int | None:
    """Where the element ``name``, opened before ``start``, ends: its closing tag included."""
    depth, seen = 1, 0
    at = text.find("<", start)
    while at >= 0 and seen < _SIGNS and at - start < _FRAGMENT:
        seen += 1
        if is_comment(text, at):
            at = text.find("<", end_of_comment(text, at))
            continue
        named = _NAME.match(text, at)
        if named and named[2].lower() == name and end_of_tag(text, at) is not None:
            depth += -1 if named[1] else 1
            if not depth:
                return end_of_tag(text, at)
        at = text.find("<", at + 1)
    return None


def _line_break(text: str, start: int, end: int) -> Edit:
    """A break; two in a row, or one beside a blank line or the end, are another paragraph."""
    before = len(text[:start]) - len(text[:start].rstrip(" \t"))
    after = re.compile(r"[ \t]*(?:\n(?!\n)[ \t]*)?").match(text, end)
    stop = after.end() if after else end
    following = text[stop : stop + 3].lower()
    if following == "<br":
        again = end_of_tag(text, stop) or stop
        rest = re.compile(r"[ \t]*\n?[ \t]*").match(text, again)
        return Edit(start - before, rest.end() if rest else again, "\n\n")
    if not following.strip() or following[0] == "\n":
        row = text[end:].partition("\n")[0]
        return Edit(start - before, end + len(row) - len(row.lstrip(" \t")), "")
    return Edit(start - before, stop, "\\\n")


def _apart(sheet: Sheet, start: int, end: int, text: str) -> list[Edit]:
    """Blocks on lines of their own, parted from what is around them.

    In a list or a quotation only a paragraph is written, in its place: lines there have marks.
    """
    first, last = sheet.line(start)[0], sheet.line(end)[1]
    before, after = sheet.text[first:start], sheet.text[end:last]
    previous = sheet.text[: max(first - 1, 0)].rpartition("\n")[2]
    if _CONTAINER.match(before) or (before[:2].isspace() and _goes_on(sheet, first)):
        alone = "\n" not in sheet.text[start:end] and "\n" not in text
        return [Edit(start, end, text)] if alone and not after.strip() else []
    if not before.strip():
        start = first
        head = "\n" if previous.strip() and first > sheet.body_start else ""
    else:
        start -= len(before) - len(before.rstrip(" \t"))
        head = "\n\n"
    if after.strip():
        return [Edit(start, end + len(after) - len(after.lstrip(" \t")), f"{head}{text}\n\n")]
    following = sheet.text[last + 1 :].partition("\n")[0]
    tail = "\n" if following.strip() else ""
    return [Edit(start, last, f"{head}{text}{tail}")]


def _goes_on(sheet: Sheet, first: int) -> bool:
    """Whether an indented line may belong to a list above it."""
    rows = sheet.text[sheet.body_start : max(first - 1, sheet.body_start)].split("\n")
    above = next((row for row in reversed(rows) if row.strip()), "")
    return _CONTAINER.match(above) is not None or above[:2].isspace()
