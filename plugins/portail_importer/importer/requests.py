"""A content that an item of a source asks to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from portail.diagnostics import Diagnostic, Position
from portail.model.faults import FieldPath
from portail.model.kinds import Kind

from .sources.items import Loss, Picture

# The title under which what is not public is told.
UNNAMED = "…"


class Valued(Struct, frozen=True, kw_only=True):
    """What has values by field, or by column."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""


class Request(Valued, frozen=True, kw_only=True):
    """What one item asks to write."""

    number: int
    kind: Kind
    place: Callable[[Diagnostic, FieldPath], Diagnostic]
    # From a field to where the source says it.
    at: Callable[[str], Position]
    namespace: str
    # What ``number`` counts, with its article.
    unit: str = "la ligne"
    # The parts that its source does not say, given for all: they replace nothing.
    defaults: frozenset[str] = frozenset()
    # Those that say where the others come from: they are added with them, or not at all.
    origin: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    identifier: str = ""
    # Whether the other items are written even if this one has an error.
    alone: bool = False
    # URL of its page in the source.
    address: str = ""
    # Whether the source was truncated, so that what it lacks proves nothing.
    cut: bool = False
    # Whether its source says that it is not public: it writes no content, and takes back the one
    # that a former import made of it.
    hidden: bool = False
    # How many rows of the spreadsheet make up this item.
    rows: int = 1
    diagnostics: tuple[Diagnostic, ...] = ()
    losses: tuple[Loss, ...] = ()
    # What a person must check before publication: the item becomes a file to complete.
    doubts: tuple[Diagnostic, ...] = ()
    picture: Picture | None = None
