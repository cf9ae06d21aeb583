"""Repairs of a text, each of one diagnostic: keys, values, delimiters, characters, headings."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from portail.body.addresses import link_address
from portail.body.markdown import outline
from portail.diagnostics import Diagnostic
from portail.source.document import in_flow, is_fence
from portail.text.normalise import is_key
from portail.text.visible import misplaced
from portail_plume.sheet import Edit, Found, Sheet, drop_field, set_field


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
    edits = []
    if fix.key:
        edits = [Edit(start, end, fix.key)]
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


def spelled(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """Letters that are drawn (C284): those that they are like."""
    return [Edit(*sheet.span(item), item.fix.value)]


def without_scheme(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A URL without its scheme (E316), as the file spells it: a table has signs of its own."""
    start, end = sheet.span(item)
    url = link_address(sheet.text[start:end])
    if url.code == "E316":
        return [Edit(start, end, url.expected)]
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
    mark = ""
    if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'":
        mark = raw[0]
    if mark and not set(value) & {mark, "\\"}:
        return Edit(start, end, f"{mark}{value}{mark}")
    return Edit(start, end, in_flow(value))


# Repairs of what keeps a front matter from being read: characters, double keys.

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


# Repairs of a body.


def heading_levels(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A heading of level 1 (E313) or that skips a level (E314), with those that depend on it."""
    edits = []
    above: list[tuple[int, int]] = []
    parts = sheet.parts
    for level, place in outline(parts.body, parts.body_line).headings if parts else ():
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
    if set(sheet.text[start : sheet.line(start)[1]].split(maxsplit=1)[0]) == {"#"}:
        return Edit(start, start + level, "#" * wanted)
    if wanted != 2:
        return None
    for _ in range(5):
        first, last = sheet.line(start)
        row = sheet.text[first:last]
        if {*row.strip(" \t")} == {"="}:
            return Edit(first, last, row.replace("=", "-"))
        start = min(last + 1, len(sheet.text))
    return None
