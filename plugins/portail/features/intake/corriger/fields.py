"""Repairs of the front matter: keys, values, dates, addresses, references, delimiters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from portail.clock import moment_here
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.features.intake.corriger.sheet import (
    INDENT,
    Edit,
    Found,
    Sheet,
    drop_field,
    set_field,
)
from portail.features.intake.entetes.pelican import extent
from portail.model.aliases import DAYS, LISTS
from portail.model.entry import Entry
from portail.model.faults import phrase
from portail.model.registry import MODELS, references_of
from portail.source.document import ROW, in_flow
from portail.source.validation import HOURS
from portail.source.yaml_errors import indent_of
from portail.text.dates import iso_end, iso_moment, suggested_time
from portail.text.normalise import slugify
from portail.text.suggest import MISTAKE, ranked
from portail.text.visible import misplaced

# Dates as people type them, read only when they can mean one thing.

_TO = re.compile(r"\s*(?:\.{2,}|…|\bau\b|\bà\b|\s[-–—]\s|→)\s*", re.IGNORECASE)
_FROM = re.compile(r"(?:du|le)\s+", re.IGNORECASE)


def iso_period(text: str) -> str | None:
    """Two days in order, as the model writes a period; ``None`` when unsure.

    >>> iso_period("du 1/11/2021 au 7/11/2021"), iso_period("2021-11-07 - 2021-11-01")
    ('2021-11-01..2021-11-07', None)
    """
    days = [iso_moment(part) for part in _TO.split(_FROM.sub("", text.strip(), count=1))]
    if len(days) != 2 or not all(day and len(day) == 10 for day in days):
        return None
    first = str(days[0])
    last = str(days[1])
    return f"{first}..{last}" if first <= last else None


_PROPOSED = re.compile(r"s’écrit « ([a-z0-9_-]+) » ici")
_MEANT = re.compile(r"Vouliez-vous dire « ([a-z0-9_-]+) » \?")
_INSIDE = re.compile(re.escape(phrase("retrait").partition("{")[0]))
_LISTED = re.compile(r"[a-z_]+: (\[[a-z0-9, -]+\])")
_BARE_URL = re.compile(r"(?://)?((?:[\w-]{1,63}\.){1,6}[a-zA-Z]{2,18}(?:[/?#]\S*)?)")
# Days of the editors, where an hour says nothing.
_DAY_ONLY = frozenset({"publie_le", "date", "modifie", "modified", "verifie_le"})


def alias_key(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A key of another tool (C205), and its value in the form that ours has."""
    field = sheet.key_at(item)
    proposed = _PROPOSED.search(item.message)
    start, end = sheet.span(item)
    if field is None or proposed is None or start == end:
        return []
    name = sheet.text[start:end].strip("'\"").lower()
    edits = [Edit(start, end, proposed[1])]
    value = field.node.value
    if not isinstance(value, str) or name not in LISTS | DAYS:
        return edits
    if not field.node.length:
        return []
    if name in DAYS:
        day = value.strip().replace("T", " ").split(" ")[0]
        return edits + ([written_over(sheet, field, day)] if day != value else [])
    parts = [part.strip() for part in value.split(";" if ";" in value else ",") if part.strip()]
    if len(parts) > 1:
        edits.append(Edit(*sheet.bounds(field.node), f"[{', '.join(map(in_flow, parts))}]"))
    return edits


def alias_value(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A synonym of a controlled list (C206)."""
    proposed = _PROPOSED.search(item.message)
    return _rewritten(sheet, item, lambda _: proposed[1] if proposed else None)


def state_of_title(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A state that a title says (C280): in its field, as the remedy writes both."""
    field = sheet.value_at(item)
    titre, _, etat = item.paste.removeprefix("titre: ").partition("\netat: ")
    edit = set_field(sheet, "etat", etat)
    return [Edit(*sheet.bounds(field.node), titre), edit] if field and edit else []


def known_key(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A misspelt key (E204), when one mistake parts it from a single key that is not there yet; one
    of the group above, that lacks its two spaces."""
    field = sheet.key_at(item)
    if _INSIDE.match(item.hint):
        start = sheet.span(item)[0]
        return [Edit(start, start, INDENT)]
    meant = _MEANT.search(item.hint)
    if field is None or meant is None or not isinstance(field.holder.value, dict):
        return []
    start, end = sheet.span(item)
    keys = MODELS[sheet.file.kind].model_fields.keys() - {"slug", "source"}
    near = ranked(
        sheet.text[start:end].lower(), {meant[1], *(keys if field.holder is sheet.root else ())}
    )
    likeliest = [key for weight, key in near if weight <= MISTAKE]
    if likeliest[:1] != [meant[1]] or meant[1] in field.holder.value:
        return []
    tie = len(near) > 1 and near[0][0] == near[1][0]
    return [] if tie else [Edit(start, end, meant[1])]


_WHEN = frozenset({"debut", "seances", "horaires", "start", "timings"})
"""Keys that say when an event takes place, ours and those of other tools."""


def event_day(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """``date`` of an event (E214), when it cannot be the day of publication: that is said too."""
    field = sheet.key_at(item)
    if field is None or not isinstance(field.holder.value, dict) or not field.node.length:
        return []
    keys = {key.lower() for key in field.holder.value}
    value = field.node.value
    moment = iso_moment(value) if isinstance(value, str) else None
    if moment is None or keys & _WHEN or "publie_le" not in keys:
        return []
    edits = [Edit(*sheet.span(item), "debut"), written_over(sheet, field, moment)]
    hour = next((key for key in field.holder.value if key.lower() in HOURS), "")
    if not hour:
        return edits
    both = item.paste.removeprefix("debut: ")
    gone = drop_field(sheet, hour)
    if both[:10] != moment[:10] or len(both) <= 10 or gone is None:
        return []
    return [edits[0], written_over(sheet, field, both), gone]


def price(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """Prices written as one text (E208), as the remedy gives them back."""
    return as_the_remedy(sheet, item) if item.paste.startswith("tarif: {") else []


def as_the_remedy(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A value as the remedy writes it: without marks of Markdown (C282)."""
    field = sheet.value_at(item)
    value = item.paste.partition(": ")[2]
    return [Edit(*sheet.bounds(field.node), value)] if field and value else []


def typed_date(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A date, a date and an hour, or a period, as people type them (E210, E240)."""
    field = sheet.value_at(item)
    if field is None:
        return []
    moment = moment_here(field.text) or iso_moment(field.text) or _end(field)
    if moment is None:
        return _rewritten(sheet, item, iso_period)
    # The hint gives the day alone where the field has no hour: a lost hour is not a repair.
    day_field = item.hint.endswith(f" {moment[:10]}.")
    if day_field and "00:00" not in (moment[11:], field.text[11:16]) and len(moment) > 10:
        inside = field.holder.value
        rows = inside.items() if isinstance(inside, dict) else ()
        key = next((key.lower() for key, node in rows if node is field.node), "")
        if key not in _DAY_ONLY:
            return []
    return [written_over(sheet, field, moment[:10] if day_field else moment)]


def _end(field: Found) -> str | None:
    """The end that an hour alone means, beside the day on which it begins."""
    group = field.holder.value
    begun = group.get("debut") if isinstance(group, dict) else None
    if not isinstance(group, dict) or begun is None or group.get("fin") is not field.node:
        return None
    return iso_end(field.text, begun.value) if isinstance(begun.value, str) else None


def typed_hour(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """An hour as people type it, alone or after a date (E211)."""
    return _rewritten(sheet, item, lambda text: iso_moment(text) or suggested_time(text))


def listed(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """Several values of a list written as one text (E203)."""
    field = sheet.value_at(item)
    line = _LISTED.fullmatch(item.paste)
    if field is None or line is None or not isinstance(field.holder.value, dict):
        return []
    return [Edit(*sheet.bounds(field.node), line[1])]


def bare_url(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A URL without ``https://`` (E219)."""

    def whole(text: str) -> str | None:
        bare = _BARE_URL.fullmatch(text.strip())
        return f"https://{bare[1]}" if bare else None

    return _rewritten(sheet, item, whole)


def empty_key(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A key without a value (E206), whose line goes: a file that needs it says so."""
    start, end = sheet.line(sheet.offset(item.position.line))
    bare = _EMPTY.fullmatch(sheet.text[start:end]) and not _goes_on(sheet, end)
    return [Edit(*sheet.whole_line(start), "")] if bare else []


def double_value(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A value that its list has already (E238): the second goes."""
    field = sheet.value_at(item)
    if field is None or not isinstance(field.holder.value, list):
        return []
    start, end = sheet.bounds(field.node)
    first, last = sheet.line(start)
    if re.fullmatch(r"[ \t]*-[ \t]+", sheet.text[first:start]):
        return [Edit(*sheet.whole_line(start), "")] if not sheet.text[end:last].strip() else []
    comma = re.search(r"[ \t]*,[ \t]*\Z", sheet.text[first:start])
    return [Edit(first + comma.start(), end, "")] if comma else []


def written_over(sheet: Sheet, field: Found, value: str) -> Edit:
    """``value`` instead of a scalar, between the quotes that it had."""
    start, end = sheet.bounds(field.node)
    raw = sheet.text[start:end]
    mark = raw[0] if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'" else ""
    if mark and not set(value) & {mark, "\\"}:
        return Edit(start, end, f"{mark}{value}{mark}")
    return Edit(start, end, in_flow(value))


def _rewritten(sheet: Sheet, item: Diagnostic, write: Callable[[str], str | None]) -> list[Edit]:
    """The scalar that ``item`` points at, as ``write`` makes it, if it can."""
    field = sheet.value_at(item)
    value = write(field.text) if field else None
    return [written_over(sheet, field, value)] if field and value else []


def titled(sheet: Sheet, entry: Entry | None) -> Iterator[Diagnostic]:
    """Fields that name a content of ``sheet.refs`` by its title instead of its identifier."""
    for mention in references_of(entry) if entry and sheet.root else ():
        slug = slugify(mention.value)
        named = slug != mention.value and not mention.reference.or_name and "/" not in mention.value
        if named and any(f"{folder}/{slug}" in sheet.refs for folder in mention.folders):
            assert sheet.root is not None
            place = sheet.root.at(mention.loc).position(sheet.file.path)
            words: dict[str, Any] = {"cle": mention.loc[0], "dossier": "", "remede": ""}
            yield diagnostic(mention.reference.code, place, valeur=mention.value, **words)


def reference(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """The identifier of a content instead of its title (E411, E412)."""
    return _rewritten(sheet, item, slugify)


# Repairs of what keeps a front matter from being read: characters, tabs, quotes, double keys.

_BLANKS = frozenset("\x0b\x0c\u2028\u2029")
"""Line ends inside a paragraph, as word processors and web pages have them."""
_PLAIN_VALUE = re.compile(r"([ \t]*(?:- )?[\w-]+:[ \t]+)([^\s\"'\[{|>#].*?)[ \t]*")
_GLUED = re.compile(r"[ \t]*(?:- )?([\w-]+):(?=[^\s:/])")
_EMPTY = re.compile(r"[ \t]*[\w-]+:[ \t]*(?:null|~|\"\"|''|\[ *\]|\{ *\})?[ \t]*", re.IGNORECASE)
_FENCE = re.compile(r"---[ \t]*")


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
    return [Edit(start, start, "---\n")] if item.message.endswith("la première manque.") else []


def foreign_header(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A header of Pelican, whole (A159)."""
    header = extent(sheet.text, sheet.file.kind)
    if header is None:
        return []
    return [Edit(sheet.offset(header.first), sheet.line(sheet.offset(header.last))[1], item.paste)]


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
    same = sum(line.rstrip() == row.rstrip() for line in front)
    return [Edit(*sheet.whole_line(start), "")] if same > 1 and not _goes_on(sheet, end) else []


def _goes_on(sheet: Sheet, end: int) -> bool:
    """Whether what a line of the header holds goes on below; ``end`` is where the line ends."""
    following = sheet.text[end + 1 : sheet.body_start].split("\n")[0]
    return following[:1] in (" ", "\t", "-") and not _FENCE.fullmatch(following)


def unread_line(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A line that YAML gives up on (E105, E107): tabs, a colon without space, missing quotes."""
    start, end = sheet.line(sheet.offset(item.position.line))
    row = sheet.text[start:end]
    if "\t" in _indent(row):
        return _tabs(sheet)
    glued = _GLUED.match(row)
    if glued and glued[1] in MODELS[sheet.file.kind].model_fields:
        return [Edit(start + glued.end(), start + glued.end(), " ")]
    value = _PLAIN_VALUE.fullmatch(row)
    if value is None or " #" in value[2]:
        return []
    word = value[2].split()[0]
    if word[0] == "*" and f"&{word[1:]}" in sheet.text[: sheet.body_start]:
        return []
    if word[0] in "&!" and len(word) > 1:
        return []  # YAML of someone who knows it, rather than text
    begin = start + value.start(2)
    stop = start + value.end(2)
    return [Edit(begin, stop, json.dumps(value[2], ensure_ascii=False))]


def _indent(row: str) -> str:
    return row[: len(row) - len(row.lstrip(" \t"))]


def _tabs(sheet: Sheet) -> list[Edit]:
    """Every indentation of the front matter that has a tab, as its lines ask for it."""
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
