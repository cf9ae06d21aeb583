"""A content that an item of a source asks to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from msgspec import Struct

from portail.diagnostics import Diagnostic
from portail.model.faults import FieldPath
from portail.model.kinds import Kind

from .sources.items import Loss, Picture
from .values import part_of

# The title under which what is not public is told.
UNNAMED = "…"


class Valued(Struct, frozen=True, kw_only=True):
    """What has values by field, or by column."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        if isinstance(value, str):
            return value
        return ""


class Request(Valued, frozen=True, kw_only=True):
    """What one item asks to write."""

    number: int
    kind: Kind
    place: Callable[[Diagnostic, FieldPath], Diagnostic]
    namespace: str
    # What ``number`` counts, with its article.
    unit: str = "la ligne"
    # The parts that its source does not say, given for all: they replace nothing.
    defaults: frozenset[str] = frozenset()
    # Those that say where the others come from: they are added with them, or not at all.
    origin: frozenset[str] = frozenset()
    identifier: str = ""
    # Whether its faults are told with it, and not at the cells of a table.
    alone: bool = False
    # URL of its page in the source.
    address: str = ""
    # Who organises it, else who publishes it there, else where it takes place.
    by: str = ""
    # Whether the source was truncated, so that what it lacks proves nothing.
    cut: bool = False
    # Whether its source says that it is not public: it writes no content, and takes back the one
    # that it was.
    hidden: bool = False
    # How many rows of the spreadsheet make up this item.
    rows: int = 1
    diagnostics: tuple[Diagnostic, ...] = ()
    losses: tuple[Loss, ...] = ()
    # What a person must check before publication: the item becomes a draft.
    doubts: tuple[Diagnostic, ...] = ()
    picture: Picture | None = None

    @property
    def days(self) -> set[str]:
        """The days that say when, as ``2027-10-09``."""
        parts = {
            name: it for name, it in self.values.items() if part_of(self.kind, name) == "quand"
        }
        sessions = parts.pop("seances", ())
        told = [*parts.values(), *chain.from_iterable(session.values() for session in sessions)]
        return {text[:10] for text in map(str, told) if text[:4].isdecimal()}
