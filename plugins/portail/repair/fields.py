"""Repairs of the front matter: keys and values that ``check`` names better, dates, addresses."""

from __future__ import annotations

import re

from portail.diagnostics import Diagnostic
from portail.model.registry import MODELS
from portail.repair.sheet import Edit, Found, Sheet
from portail.repair.typed import iso_moment, iso_period
from portail.source.aliases import DAYS, LISTS
from portail.source.document import quoted
from portail.text.dates import propose_heure
from portail.text.suggest import MISTAKE, ranked

__all__ = [
    "alias_key", "alias_value", "double_value", "known_key", "listed", "typed_date",
    "typed_hour", "web_address", "written_over",
]  # fmt: skip

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
