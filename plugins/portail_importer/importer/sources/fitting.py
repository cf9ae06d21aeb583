"""What the model takes of a front matter, by its schema, then by its own judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Any

from portail.agenda.recurrence import expand
from portail.features.services.schemas.kind_schema import Schema
from portail.model.event import Event
from portail.model.faults import Fault, FieldPath
from portail.model.kinds import BY_FOLDER, Kind
from portail.model.registry import MODELS
from portail.source.document import Node
from portail.source.validation import judged, locate
from portail.text.excerpts import cut
from portail.text.normalise import is_slug
from portail.text.typography import capital, small

from ..values import TOGETHER
from .items import Loss
from .places import Portal
from .prose import line

# Most characters of a text whose schema has no ``maxLength``.
_LONGEST = 1_000
# Most items of a list whose schema has no ``maxItems``.
_MOST = 100
_SHOWN = 60
_TAG = re.compile(r"<(?=[a-zA-Z/!])[^<>]*>?")
_ROUNDS = 40
# Codes of a value that requires another one. The value stays: without its state, a postponed event
# would look maintained.
_ASKS = ("E233", "E253", "E254", "E272")
_NOWHERE = Node({}, 1, 1, 0)


class Fitting:
    """One front matter on its way into the schema of ``kind``: what was cut, what was refused, what
    was so of when it takes place."""

    def __init__(self, kind: Kind, portal: Portal) -> None:
        self.kind = kind
        self.portal = portal
        self.losses: list[Loss] = []
        self.refused: list[Loss] = []
        self.doubts: list[Loss] = []

    def fitted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The part of ``values`` that the model accepts, in its order."""
        schema = self.portal.schema(self.kind)
        return self._accepted(self._group(values, schema) or {})

    def _value(self, value: Any, schema: Schema, name: str) -> Any:
        match schema.get("type"):
            case _ if value is None:
                return None
            case "array":
                rows = value if isinstance(value, list | tuple) else [value]
                return self._rows(rows, schema, name)
            case "object" if not isinstance(value, Mapping):
                return None
            case "object":
                return self._group(value, schema)
        if isinstance(value, Mapping | list | tuple):
            return None
        text = line(str(value))
        if text:
            return self._scalar(text, schema, schema.get("title", name))
        return None

    def _rows(self, values: Any, schema: Schema, name: str) -> list[Any] | None:
        fits = (self._value(row, schema["items"], schema.get("title", name)) for row in values)
        rows = [*{repr(fit): fit for fit in fits if fit is not None}.values()]
        most = schema.get("maxItems", _MOST)
        if rows[most:]:
            self._lose(schema.get("title", name), "", f"il y en a plus de {most}")
        return rows[:most] or None

    def _group(self, value: Mapping[str, Any], schema: Schema) -> dict[str, Any] | None:
        default: Schema = schema.get("additionalProperties") or {}
        inner: Mapping[str, Schema] = schema.get("properties") or dict.fromkeys(value, default)
        fit = (
            (key, self._value(value.get(key), inner_schema, key))
            for key, inner_schema in inner.items()
        )
        return {key: part for key, part in fit if part is not None} or None

    def _scalar(self, text: str, schema: Schema, name: str) -> str | None:
        if "x-references" in schema:
            return self._named(text, schema, name)
        listed = self.portal.reading.vocabularies.get(schema.get("x-vocabulaire", ""))
        term = listed.find(text) if listed else None
        if term:
            return term.code
        return self._short(text, schema, name)

    def _short(self, text: str, schema: Schema, name: str) -> str | None:
        if "not" in schema:
            text = line(_TAG.sub("", text))
        limit = schema.get("maxLength", _LONGEST)
        if len(text) > limit:
            self._lose(name, text, f"trop long : coupé à {limit} signes")
        return cut(text, limit) or None

    def _named(self, text: str, schema: Schema, name: str) -> str | None:
        # The slug of a content that is there, or a plain name where one may stand.
        folder, _, slug = text.rpartition("/")
        folders = [folder] if folder else schema["x-references"]
        if any(f"{folder}/{slug}" in self.portal.refs for folder in folders):
            return text
        if "maxLength" not in schema:
            if schema.get("x-code") == "E433" and self.portal.geography.territoire(text):
                return text
            return None
        if is_slug(slug) and (not folder or folder in BY_FOLDER):
            text = capital(text)
        if is_slug(text):
            return None
        return self._short(text, schema, name)

    def _accepted(self, values: dict[str, Any]) -> dict[str, Any]:
        # ``values`` less what the model refuses: a fault goes with the value that it is at.
        for _ in range(_ROUNDS):
            faults = [fault for fault in self._faults(values) if fault.loc[0] in values]
            if not faults:
                return values
            for fault in _removable(faults):
                self._remove(values, fault)
        return values

    def _faults(self, values: Mapping[str, Any]) -> Iterator[Fault]:
        entry, raised = judged(MODELS[self.kind], dict(values), self.portal.reading)
        faults = [fault for fault in raised if fault.loc and fault.code not in _ASKS]
        yield from faults
        if isinstance(entry, Event) and not faults:
            dates = entry.debut, entry.fin, entry.seances, entry.horaires, entry.rrule
            days = expand(*dates, entry.etat)
            yield from days if isinstance(days, list) else ()

    def _remove(self, values: dict[str, Any], fault: Fault) -> None:
        # Take away the value at a fault; what is missing takes its group away.
        inside: list[Any] = [*accumulate(fault.loc, _at, initial=values)]
        depth = max(1, sum(value is not None for value in inside) - 1)
        if not isinstance(inside[depth], str):
            fault = Fault(fault.code, fault.loc[:depth], fault.values)
        label = _label(self.portal.schema(self.kind), fault.loc)
        reason = small(locate(fault, _NOWHERE, PurePosixPath()).message).rstrip(".")
        told = self.doubts if fault.loc[0] in TOGETHER["quand"] else self.refused
        told.append(Loss(small(label), cut(_plain(inside[depth]), _SHOWN), reason))
        for rank in reversed(range(depth)):
            if inside[rank + 1] is not None:
                del inside[rank][fault.loc[rank]]
            if inside[rank]:
                break

    def _lose(self, name: str, text: str, reason: str) -> None:
        self.losses.append(Loss(small(name), cut(text, _SHOWN), reason))


def _removable(faults: list[Fault]) -> list[Fault]:
    # Faults whose values can be taken away one after another: one of each row, last rows first.
    rows = {
        fault.loc[: 2 if isinstance((*fault.loc, "", "")[1], int) else 1]: fault for fault in faults
    }
    return sorted(rows.values(), key=lambda fault: -_rank(fault))


def _rank(fault: Fault) -> int:
    return next((step for step in fault.loc if isinstance(step, int)), -1)


def _at(inside: Any, step: object) -> Any:
    if isinstance(inside, list):
        if isinstance(step, int) and step < len(inside):
            return inside[step]
        return None
    if isinstance(inside, dict):
        return inside.get(step)
    return None


def _label(schema: Schema, loc: FieldPath) -> str:
    label = ""
    for step in (part for part in loc if isinstance(part, str)):
        inner = schema.get("properties") or schema.get("items", {}).get("properties", {})
        schema = inner.get(step, {})
        label = schema.get("title") or step
    return label


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_plain(inner) for inner in value.values())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value or "")
