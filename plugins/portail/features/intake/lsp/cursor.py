"""Where a cursor stands in a front matter, while it is being written: nothing needs to be right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from portail.features.services.schemas.kind_schema import Schema
from portail.source.document import is_fence
from portail.text.shapes import is_key

_KEY = re.compile(r"(?P<blank>\s*)(?P<dash>(?:-\s+)*)(?P<key>[\w-]+):(?:\s|$)")


class Cursor(Struct, frozen=True):
    """The keys around a cursor, from the outermost; the key whose value is there, ``""`` for a key;
    what is written before the cursor of that key or value."""

    around: tuple[str, ...]
    key: str
    text: str


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor | None:
    """The cursor before the sign ``column`` of ``line`` (from 0), when that is in a front matter.

    >>> cursor_at(["---", "tarif: {gratuit: tr"], 1, 19)
    Cursor(around=('tarif',), key='gratuit', text='tr')
    >>> cursor_at(["---", "adresse:", "  comm"], 2, 6)
    Cursor(around=('adresse',), key='', text='comm')
    """
    if not _in_front_matter(lines, line):
        return None
    before = lines[line][:column]
    match = _KEY.match(before)
    if match is None:
        text = before.lstrip()
        is_item = text.startswith("- ")
        while text.startswith("- "):
            text = text[1:].lstrip()
        outer = _parents(lines, line, len(before) - len(text))
        if is_item and outer and text and not is_key(text):
            return _inside(outer[:-1], outer[-1], text)
        return _inside(outer, "", text) if text[:1] in "{[" else Cursor(outer, "", text)
    indent = len(match["blank"]) + len(match["dash"])
    outer = _parents(lines, line, indent)
    return _inside(outer, match["key"], before[match.end() :])


def _in_front_matter(lines: Sequence[str], line: int) -> bool:
    fences = [rank for rank, row in enumerate(lines[: line + 1]) if is_fence(row)]
    return fences[:1] == [0] and len(fences) == 1 and line > 0


def _parents(lines: Sequence[str], line: int, indent: int) -> tuple[str, ...]:
    keys: list[str] = []
    for row in reversed(lines[:line]):
        key = _KEY.match(row)
        if key is None or indent == 0:
            continue
        own = len(key["blank"]) + len(key["dash"])
        if own < indent and not row[key.end() :].strip():
            keys.append(key["key"])
            indent = own
    return tuple(reversed(keys))


def _inside(outer: tuple[str, ...], key: str, text: str) -> Cursor:
    opened: list[tuple[str, str]] = []
    name = ""
    word = ""
    for sign in text:
        if sign in "{[":
            opened.append((sign, name))
        elif sign in "}]":
            opened = opened[:-1]
        elif sign == ":" and not name and is_key(word.strip()):
            name = word.strip()
            word = ""
            continue
        if sign in "{}[],":
            name = ""
            word = ""
        else:
            word += sign
    around = [held for held in (key, *(held for _, held in opened)) if held]
    word = word.lstrip()
    if not opened:
        return Cursor(outer, key, text)
    if name:
        return Cursor((*outer, *around), name, word)
    if opened[-1][0] == "[":
        return Cursor((*outer, *around[:-1]), around[-1] if around else key, word)
    return Cursor((*outer, *around), "", word)


def group_at(schema: Schema, around: Sequence[str]) -> Schema:
    """The fields that the group at the end of ``around`` may have, by their keys."""
    properties: Schema = schema.get("properties", {})
    for key in around:
        inner = properties.get(key, {})
        member = inner.get("items", inner)
        options = (member, *member.get("anyOf", ()), member.get("additionalProperties"))
        groups = (
            option["properties"]
            for option in options
            if isinstance(option, dict) and "properties" in option
        )
        properties = next(groups, properties if inner == {} else {})
    return properties
