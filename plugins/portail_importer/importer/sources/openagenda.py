"""Exports of OpenAgenda: its API and exports (v2), older ones, open data, the columns of its CSV.

Fields: https://developers.openagenda.com/en/evenements/structure. Twin of
``contribuer-openagenda.js``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from portail.diagnostics import Refused

from .items import SourceItem
from .openagenda_event import Event, item_of
from .prose import LONG, MOST_ITEMS, decoded, folded

_HEAD = 300_000
_KEY = re.compile(r'"([^"\\\n]{1,60})"\s*:')
_SEPARATORS = ";\t,"
_TITLES = {"title", "titre", "titlefr", "titrefr"}
_DATED = set("timings horairesiso firsttiming firsttimingbegin firstdatebegin begin".split())
# How columns begin that a table of another tool has not, beside « uid ».
_OWN = ("longdescription", "location", "daterange", "timings", "conditions", "keywords", "slug")
_LISTS = ("events", "data", "results", "records")
_AGAIN = "téléchargez-le de nouveau depuis OpenAgenda"


def recognised(text: str) -> bool:
    head = text[:_HEAD].lstrip()
    if head[:1] in "[{":
        names = {folded(key) for key in _KEY.findall(head)}
        return bool(names & _TITLES and names & _DATED) and '"@type"' not in head
    line = head.partition("\n")[0]
    for separator in _SEPARATORS:
        line = line[:20_000].replace(separator, ",")
    columns = set(map(folded, line.split(",")))
    numbered = "uid" in columns and any(name.startswith(_OWN) for name in columns)
    return bool(columns & _TITLES and (numbered or columns & _DATED))


def read(data: bytes, name: str, day: date) -> Iterator[SourceItem]:
    text = decoded(data, name)
    items = _listed(_parsed(text, name)) if text.lstrip()[:1] in ("[", "{") else _rows(text, name)
    if len(items) > MOST_ITEMS:
        why = f"compte plus de {MOST_ITEMS} événements : exportez une période plus courte."
        raise Refused(f"« {name} » {why}")
    for rank, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield item_of(Event(item), rank, day)
        else:
            yield SourceItem(row=rank, refused=f"Ce n’est pas un événement : {_AGAIN}.")


def total_of(data: bytes) -> int:
    """How many events an answer says that there are, of which it may give the first; 0 for none."""
    with suppress(ValueError, RecursionError):
        told = json.loads(data) if data.lstrip()[:1] == b"{" else {}
        total = told.get("total", told.get("total_count"))
        if isinstance(total, int):
            return total
        return 0
    return 0


def _parsed(text: str, name: str) -> Any:
    def number(digits: str) -> int | str:
        if len(digits) < 20:
            return int(digits)
        return digits

    try:
        return json.loads(text, parse_int=number, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise Refused(
            f"« {name} », ligne {error.lineno}, colonne {error.colno} : ce fichier (JSON) est "
            f"incomplet ou abîmé. Pour le réparer, {_AGAIN}."
        ) from None
    except RecursionError:
        raise Refused(f"« {name} » a trop de niveaux : {_AGAIN}.") from None


def _listed(value: Any) -> list[Any]:
    candidates = [value.get(key) for key in _LISTS] if isinstance(value, dict) else [value]
    rows = next((candidate for candidate in candidates if isinstance(candidate, list)), None)
    if rows is not None:
        return [_unwrapped(row) for row in rows]
    if isinstance(value, dict):
        return [value.get("event") or value]
    return [value]


def _unwrapped(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    record = item.get("record")
    fields = item.get("fields") or (record.get("fields") if isinstance(record, dict) else None)
    if isinstance(fields, dict):
        return fields
    return item


def _rows(text: str, name: str) -> list[dict[str, str]]:
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    csv.field_size_limit(2 * LONG)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[dict[str, str]] = []
    try:
        for row in reader:
            rows.append({key: value for key, value in row.items() if key and value})
            if len(rows) > MOST_ITEMS:
                break
    except csv.Error:
        raise Refused(
            f"« {name} », ligne {reader.line_num} : un guillemet n’est pas refermé, ou la ligne "
            f"est trop longue. Pour le réparer, {_AGAIN}."
        ) from None
    return rows
