"""Repairs of the front matter: keys, values, dates, addresses, references, delimiters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.model.entry import Entry
from portail.model.registry import MODELS, Mention, references_of
from portail.repair.sheet import Edit, Found, Sheet
from portail.source.document import ROW, quoted
from portail.source.validation import DAYS, LISTS
from portail.source.yaml_errors import indent_of
from portail.text.dates import JOURS, propose_heure, propose_iso
from portail.text.normalise import fold, slugify
from portail.text.suggest import MISTAKE, ranked

# Dates as people type them, read only when they can mean one thing.

_SHORT_YEAR = re.compile(r"\D*\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{2}(?!\d)")
_WEEKDAY = re.compile(r"[a-z]{3,8}")
_TO = re.compile(r"\s*(?:\.{2,}|…|\bau\b|\bà\b|\s[-–—]\s|→)\s*", re.IGNORECASE)
_FROM = re.compile(r"(?:du|le)\s+", re.IGNORECASE)


def iso_moment(text: str) -> str | None:
    """The day, with its hour if there is one, that ``text`` means; ``None`` when two are possible.

    A year of two digits could be a day, and a day of the week that is not that of the date says
    that one of them is wrong.

    >>> iso_moment("9/10/2021 14h"), iso_moment("samedi 9 octobre 2021 à 14 h 30")
    ('2021-10-09 14:00', '2021-10-09 14:30')
    >>> iso_moment("9/10/21"), iso_moment("lundi 9 octobre 2021")
    (None, None)
    """
    if _SHORT_YEAR.match(text):
        return None
    found = propose_iso(text)
    if found is None:
        return None
    named = _WEEKDAY.match(fold(text))
    days = [fold(day) for day in JOURS]
    if named and any(day.startswith(named[0]) for day in days):
        weekday = days[date.fromisoformat(found[:10]).weekday()]
        midnight = len(found) > 10 and found.endswith("00:00")  # « 24 h » is the day after
        return found if weekday.startswith(named[0]) and not midnight else None
    return found


def iso_period(text: str) -> str | None:
    """Two days as the model writes a period, the first before the last; ``None`` when unsure.

    >>> iso_period("du 1/11/2021 au 7/11/2021"), iso_period("2021-11-07 - 2021-11-01")
    ('2021-11-01..2021-11-07', None)
    """
    days = [iso_moment(part) for part in _TO.split(_FROM.sub("", text.strip(), count=1))]
    if len(days) != 2 or not all(day and len(day) == 10 for day in days):
        return None
    first, last = str(days[0]), str(days[1])
    return f"{first}..{last}" if first <= last else None


_PROPOSED = re.compile(r"s’écrit « ([a-z0-9_-]+) » ici")
_MEANT = re.compile(r"Vouliez-vous dire « ([a-z0-9_-]+) » \?")
_LISTED = re.compile(r"[a-z_]+: (\[[a-z0-9, -]+\])")
_BARE_ADDRESS = re.compile(r"(?://)?((?:[\w-]{1,63}\.){1,6}[a-zA-Z]{2,18}(?:[/?#]\S*)?)")
_FLOW = re.compile(r"[,\[\]{}]")
# Days of the editors, where an hour says nothing.
_DAY_ONLY = frozenset({"publie_le", "modifie", "verifie_le"})


def alias_key(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A key of another tool (C205), and its value in the form that ours has."""
    found, proposed = sheet.key_at(item), _PROPOSED.search(item.message)
    if found is None or proposed is None or sheet.span(item)[0] == sheet.span(item)[1]:
        return []
    start, end = sheet.span(item)
    name = sheet.text[start:end].strip("'\"").lower()
    renamed = Edit(start, end, proposed[1])
    value = found.node.value
    if not isinstance(value, str) or name not in LISTS | DAYS:
        return [renamed]
    if not found.node.length:
        return []
    if name in DAYS:
        day = value.strip().replace("T", " ").split(" ")[0]
        return [renamed] if day == value else [renamed, written_over(sheet, found, day)]
    items = [one.strip() for one in value.split(";" if ";" in value else ",") if one.strip()]
    if len(items) < 2:
        return [renamed]
    listing = ", ".join(map(_in_flow, items))
    return [renamed, Edit(*sheet.bounds(found.node), f"[{listing}]")]


def alias_value(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A synonym of a controlled list (C206)."""
    found, proposed = sheet.value_at(item), _PROPOSED.search(item.message)
    return [written_over(sheet, found, proposed[1])] if found and proposed else []


def known_key(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A misspelt key (E204), when one mistake parts it from a single key that is not there yet."""
    found, meant = sheet.key_at(item), _MEANT.search(item.hint)
    if found is None or meant is None or not isinstance(found.holder.value, dict):
        return []
    start, end = sheet.span(item)
    name = sheet.text[start:end]
    near = ranked(name.lower(), {meant[1], *_fields(sheet, found)})
    likeliest = [key for weight, key in near if weight <= MISTAKE]
    if likeliest[:1] != [meant[1]] or meant[1] in found.holder.value:
        return []
    tie = len(near) > 1 and near[0][0] == near[1][0]
    return [] if tie else [Edit(start, end, meant[1])]


def typed_date(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A date, a date and an hour, or a period, as people type them (E210, E240)."""
    found = sheet.value_at(item)
    if found is None or not isinstance(found.node.value, str):
        return []
    text = found.node.value
    moment = iso_moment(text)
    if moment is None:
        period = iso_period(text)
        return [written_over(sheet, found, period)] if period else []
    # The hint gives the day alone where the field has no hour: a lost hour is not a repair.
    day_field = item.hint.endswith(f" {moment[:10]}.")
    if day_field and len(moment) > 10 and _key_of(found) not in _DAY_ONLY:
        return []
    return [written_over(sheet, found, moment[:10] if day_field else moment)]


def typed_hour(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """An hour as people type it, alone or after a date (E211)."""
    found = sheet.value_at(item)
    if found is None or not isinstance(found.node.value, str):
        return []
    text = found.node.value
    hour = iso_moment(text) or propose_heure(text)
    return [written_over(sheet, found, hour)] if hour else []


def listed(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """Several known values written as one text (E203)."""
    found, line = sheet.value_at(item), _LISTED.fullmatch(item.paste)
    if found is None or line is None or not isinstance(found.holder.value, dict):
        return []
    return [Edit(*sheet.bounds(found.node), line[1])]


def web_address(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """An address without ``https://`` (E219)."""
    found = sheet.value_at(item)
    if found is None or not isinstance(found.node.value, str):
        return []
    bare = _BARE_ADDRESS.fullmatch(found.node.value.strip())
    return [written_over(sheet, found, f"https://{bare[1]}")] if bare else []


def double_value(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A value that its list has already (E238): the second goes."""
    found = sheet.value_at(item)
    if found is None or not isinstance(found.holder.value, list):
        return []
    start, end = sheet.bounds(found.node)
    first, last = sheet.line(start)
    if re.fullmatch(r"[ \t]*-[ \t]+", sheet.text[first:start]):
        return [Edit(*sheet.whole_line(start), "")] if not sheet.text[end:last].strip() else []
    comma = re.search(r"[ \t]*,[ \t]*\Z", sheet.text[first:start])
    return [Edit(first + comma.start(), end, "")] if comma else []


def _fields(sheet: Sheet, found: Found) -> list[str]:
    """Keys that may stand at the root, when ``found`` is there."""
    if found.holder is not sheet.root:
        return []
    return [name for name in MODELS[sheet.file.kind].model_fields if name not in ("slug", "source")]


def _key_of(found: Found) -> str:
    inside = found.holder.value
    rows = inside.items() if isinstance(inside, dict) else ()
    name = next((key for key, node in rows if node is found.node), "")
    return {"date": "publie_le", "modified": "modifie"}.get(name.lower(), name)


def _in_flow(text: str) -> str:
    written = quoted(text)
    return f'"{text}"' if written == text and _FLOW.search(text) else written


def written_over(sheet: Sheet, found: Found, value: str) -> Edit:
    """``value`` instead of a scalar, between the quotes that it had."""
    start, end = sheet.bounds(found.node)
    raw = sheet.text[start:end]
    mark = raw[0] if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'" else ""
    if mark and not set(value) & {mark, "\\"}:
        return Edit(start, end, f"{mark}{value}{mark}")
    return Edit(start, end, _in_flow(value))


# Repairs of what names another content: its title instead of its identifier.


def titled(sheet: Sheet, entry: Entry | None) -> Iterator[Diagnostic]:
    """What ``check`` tells of the fields that write the title of a content of ``sheet.refs``: it
    knows all the contents, one file does not."""
    if entry is None or sheet.root is None:
        return
    for mention in references_of(entry):
        if _slug(sheet, mention):
            place = sheet.root.at(mention.loc).position(sheet.file.path)
            said: dict[str, Any] = {"cle": mention.loc[0], "dossier": "", "remede": ""}
            yield diagnostic(mention.reference.code, place, valeur=mention.value, **said)


def reference(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """The identifier of a content instead of its title (E411, E412)."""
    found = sheet.value_at(item)
    if found is None or not isinstance(found.node.value, str):
        return []
    return [written_over(sheet, found, slugify(found.node.value))]


def _slug(sheet: Sheet, mention: Mention) -> str:
    """The identifier of the content that ``mention`` names by its title, or nothing."""
    slug = slugify(mention.value)
    wanted = slug != mention.value and not mention.reference.or_name and "/" not in mention.value
    known = any(f"{folder}/{slug}" in sheet.refs for folder in mention.folders)
    return slug if wanted and known else ""


# Repairs of what keeps a front matter from being read: signs, retraits, quotes, double keys.

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
