"""Repairs of the front matter: keys, values, dates, addresses, references, delimiters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Fix
from portail.model.entry import Entry
from portail.model.registry import MODELS, references_of
from portail.source.document import ROW, in_flow, is_fence
from portail.source.yaml_errors import indent_of
from portail.text.normalise import slugify
from portail.text.shapes import glued_colon, is_key
from portail.text.visible import misplaced

from .sheet import (
    Edit,
    Found,
    Sheet,
    drop_field,
    set_field,
)


def proposal(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """What the fix of ``item`` says to write, in the text as it stands."""
    fix = item.fix
    start, end = sheet.span(item)
    if start >= sheet.body_start:
        if fix.value:
            return [Edit(start, end, fix.value)]
        return []
    field = sheet.key_at(item) if fix.key else sheet.value_at(item)
    if field is None or start == end or fix.key in field.holder.value:
        return []
    edits = [Edit(start, end, fix.key)] if fix.key else []
    if (fix.yaml or fix.value) and not field.node.length:
        return []
    if fix.yaml:
        edits.append(Edit(*sheet.bounds(field.node), fix.yaml))
    elif fix.value:
        edits.append(written_over(sheet, field, fix.value))
    if fix.beside:
        key, value = fix.beside
        edit = set_field(sheet, key, value) if value else drop_field(sheet, key)
        if edit:
            return [*edits, edit]
        return []
    return edits


def sure_proposal(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """The same, where nobody could mean something else."""
    if item.fix.sure:
        return proposal(sheet, item)
    return []


def empty_key(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A key without a value (E206), whose line goes: a file that needs it says so."""
    return _without_line(sheet, item, _says_nothing)


def double_value(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A value that its list has already (E238): the second goes."""
    field = sheet.value_at(item)
    if field is None or not isinstance(field.holder.value, list):
        return []
    start, end = sheet.bounds(field.node)
    first, last = sheet.line(start)
    before = sheet.text[first:start].rstrip(" \t")
    if before.lstrip(" \t") == "-":
        if not sheet.text[end:last].strip():
            return [Edit(*sheet.whole_line(start), "")]
        return []
    listed = before.removesuffix(",")
    if listed == before:
        return []
    return [Edit(first + len(listed.rstrip(" \t")), end, "")]


def written_over(sheet: Sheet, field: Found, value: str) -> Edit:
    """``value`` instead of a scalar, between the quotes that it had."""
    start, end = sheet.bounds(field.node)
    raw = sheet.text[start:end]
    mark = raw[0] if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'" else ""
    if mark and not set(value) & {mark, "\\"}:
        return Edit(start, end, f"{mark}{value}{mark}")
    return Edit(start, end, in_flow(value))


def titled(sheet: Sheet, entry: Entry | None) -> Iterator[Diagnostic]:
    """Fields that name a content of ``sheet.refs`` by its title instead of its identifier."""
    for mention in references_of(entry) if entry and sheet.root else ():
        slug = slugify(mention.value)
        named = slug != mention.value and not mention.reference.or_name and "/" not in mention.value
        if named and any(f"{folder}/{slug}" in sheet.refs for folder in mention.folders):
            assert sheet.root is not None
            place = sheet.root.at(mention.loc).position(sheet.file.path)
            words: dict[str, Any] = {"cle": mention.loc[0], "dossier": "", "remede": ""}
            words["valeur"] = mention.value
            yield diagnostic(mention.reference.code, place, Fix(slug), **words)


# Repairs of what keeps a front matter from being read: characters, tabs, quotes, double keys.

# Line ends inside a paragraph, as word processors and web pages have them.
_BLANKS = frozenset("\x0b\x0c\u2028\u2029")
_EMPTY = frozenset(("", "null", "~", '""', "''", "[]", "{}"))


def _says_nothing(row: str) -> bool:
    key, colon, value = row.partition(":")
    return colon != "" and is_key(key.strip()) and value.replace(" ", "").strip().lower() in _EMPTY


def hidden_character(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A character that no text may hold (E102), but for overrides of direction, which may hide."""
    start, end = sheet.span(item)
    character = sheet.text[start:end]
    if character == "\ufeff":
        return [Edit(start, end, "")]
    if [*misplaced(character)] == [(0, len(character))]:  # all of them: a report tells a few
        return [Edit(at, at + length, "") for at, length in misplaced(sheet.text)]
    if character in _BLANKS:
        around = sheet.text[start - 1 : start] + sheet.text[end : end + 1]
        return [Edit(start, end, "" if around.strip() != around else " ")]
    if "\x80" <= character <= "\x9f":
        with suppress(UnicodeDecodeError):
            return [Edit(start, end, character.encode("latin-1").decode("cp1252"))]
    return []


def first_fence(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """The first line ``---`` of a header that has the second (E115)."""
    start = sheet.offset(item.position.line)
    if item.fix.value:
        return [Edit(start, start, f"{item.fix.value}\n")]
    return []


def unclosed(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A front matter without its second ``---`` (E104), up to the first line that is blank."""
    lines = sheet.text.split("\n")
    rank = first = item.position.line
    while rank < len(lines) and lines[rank].strip() and ROW.fullmatch(lines[rank]):
        rank += 1
    start = sheet.offset(rank + 1)
    if first < rank < len(lines):
        return [Edit(start, start, "---\n")]
    return []


def double_key(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A line written twice (E106): the second goes, if both say the same."""
    front = [line.rstrip() for line in sheet.text[: sheet.body_start].split("\n")]
    return _without_line(sheet, item, lambda row: front.count(row.rstrip()) > 1)


def _without_line(sheet: Sheet, item: Diagnostic, is_vain: Callable[[str], object]) -> list[Edit]:
    # The removal of a vain line of the header, unless what it holds goes on below.
    start, end = sheet.line(sheet.offset(item.position.line))
    following = sheet.text[end + 1 : sheet.body_start].split("\n")[0]
    goes_on = following[:1] in (" ", "\t", "-") and not is_fence(following)
    vain = is_vain(sheet.text[start:end]) and not goes_on
    if vain:
        return [Edit(*sheet.whole_line(start), "")]
    return []


def unread_line(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A line that YAML gives up on (E105, E107): tabs, a colon without space, missing quotes."""
    start, end = sheet.line(sheet.offset(item.position.line))
    row = sheet.text[start:end]
    if "\t" in _indent(row):
        return _tabs(sheet)
    key, _, rest = row.partition(":")
    key = key.strip().removeprefix("- ")
    if (glued := glued_colon(row)) and key in MODELS[sheet.file.kind].model_fields:
        return [Edit(start + glued, start + glued, " ")]
    value = rest.strip(" \t")
    if not value or value == rest or value[0] in "\"'[{|>#" or " #" in value or not is_key(key):
        return []
    word = value.split()[0]
    if word[0] == "*" and f"&{word[1:]}" in sheet.text[: sheet.body_start]:
        return []
    if word[0] in "&!" and len(word) > 1:
        return []  # YAML of someone who knows it, rather than text
    begin = start + len(row) - len(rest.lstrip(" \t"))
    return [Edit(begin, begin + len(value), json.dumps(value, ensure_ascii=False))]


def _indent(row: str) -> str:
    return row[: len(row) - len(row.lstrip(" \t"))]


def _tabs(sheet: Sheet) -> list[Edit]:
    # Every indentation of the front matter that has a tab, as its lines ask for it.
    lines = sheet.parts.front.split("\n") if sheet.parts else []
    first = sheet.parts.front_line if sheet.parts else 1
    edits = []
    for rank, row in enumerate(lines):
        indent = _indent(row)
        if "\t" in indent and row.strip():
            start = sheet.offset(first + rank)
            wanted = indent_of(lines, rank)
            lines[rank] = wanted + row.lstrip(" \t")
            edits.append(Edit(start, start + len(indent), wanted))
    return edits
