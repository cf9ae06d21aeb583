"""Fields of an event of OpenAgenda, by any of the names that its exports give them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from portail.imports.found import Loss
from portail.imports.sources import many_lines, one_line
from portail.imports.table import correspondances

_TABLE = correspondances().openagenda
NAMES: Mapping[str, tuple[str, ...]] = _TABLE.noms
"""Names of properties and of columns, folded; each also stands with « fr » after it."""
_REPEATED = frozenset(NAMES["repete"])
_PUNCTUATION = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without case, accents nor punctuation.

    >>> folded("Mots clés - FR"), folded("longDescription")
    ('motsclesfr', 'longdescription')
    """
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKD", name[:80]).lower())


def _said(value: Any) -> bool:
    """Whether a value says something: what is false is what no one ticked."""
    if isinstance(value, dict):
        return any(map(_said, value.values()))
    if isinstance(value, list):
        return any(map(_said, value))
    return value is not None and value is not False and value != ""


class Event:
    """Fields of an event by any of their names; it remembers which were asked for."""

    def __init__(self, raw: Mapping[str, Any], prefix: str = "") -> None:
        self.prefix = prefix
        self._by_name: dict[str, tuple[str, Any]] = {}
        for name, value in raw.items():
            if _said(value):
                self._by_name.setdefault(folded(name), (name, value))
        self._used: set[str] = set()
        self.losses: list[Loss] = []
        self.langue = ""

    def value(self, field: str) -> Any:
        """What the event says under one of the names of ``field``; ``None`` for nothing."""
        for name in NAMES.get(field, (field,)):
            for full in (name, f"{name}fr"):
                if full in self._by_name:
                    self._used.add(full)
                    return self._by_name[full][1]
        return None

    def every(self, field: str) -> Iterator[Any]:
        """What it says under each of the names of ``field``."""
        for name in NAMES[field]:
            for full in (name, f"{name}fr"):
                if full in self._by_name and full not in self._used:
                    self._used.add(full)
                    yield self._by_name[full][1]

    def name(self, field: str) -> str:
        """The name that the source gives ``field``."""
        for name in NAMES.get(field, (field,)):
            for full in (name, f"{name}fr"):
                if full in self._by_name:
                    return self.prefix + self._by_name[full][0]
        return field

    def chosen(self, field: str) -> Any:
        """What it says in French, if there is a choice: other languages are told as lost."""
        value = self.value(field)
        if not isinstance(value, dict) or "label" in value:
            return value
        langue = "fr" if _said(value.get("fr")) else next(filter(value.get, value), "fr")
        for one in value:
            if one != langue and _said(value[one]):
                self.lose(f"{self.name(field)}.{one}", value[one], "le portail est en français")
        if field == "titre" and langue != "fr":
            self.langue = langue
        return value.get(langue)

    def text(self, field: str) -> str:
        """The same as a text."""
        value = self.chosen(field)
        if isinstance(value, list):
            return ", ".join(filter(None, map(one_line, value)))
        return many_lines(value) or one_line(value)

    def lose(self, name: str, value: Any, reason: str) -> None:
        """Tells that something is left, and why."""
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self.losses.append(Loss(name, one_line(shown)[:200], reason))

    def rest(self) -> Iterator[tuple[str, str, Any]]:
        """What no one asked for: folded name, name, value."""
        for short, (name, value) in self._by_name.items():
            if short not in self._used and short.removesuffix("fr") not in _REPEATED:
                yield short, self.prefix + name, value
