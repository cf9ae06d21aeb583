"""What an item of a source asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from portail.diagnostics import Diagnostic, Position
from portail.features.importer.sources.found import Loss, Picture
from portail.model.faults import FieldPath
from portail.model.kinds import Kind


class Asked(Struct, frozen=True, kw_only=True):
    """What one item asks for; one that is ``alone`` does not keep the others from being written."""

    number: int
    kind: Kind
    values: Mapping[str, Any]
    place: Callable[[Diagnostic, FieldPath], Diagnostic]
    at: Callable[[str], Position]
    """Where it says a field."""
    namespace: str
    unit: str = "la ligne"
    """What ``number`` counts, with its article."""
    labels: Mapping[str, str] = field(default_factory=dict)
    identifier: str = ""
    alone: bool = False
    address: str = ""
    """That of its page in the source."""
    cut: bool = False
    """Whether the source may say more than what is read."""
    rows: int = 1
    """How many rows of the source say it."""
    diagnostics: tuple[Diagnostic, ...] = ()
    losses: tuple[Loss, ...] = ()
    doubts: tuple[Diagnostic, ...] = ()
    """What a person is to look at before it is published: it is left to complete."""
    picture: Picture | None = None
    slug: str = ""
    """How its file is to be called, when the source says it."""
    medias: Mapping[str, str] = field(default_factory=dict)
    """Files that its text shows, from their places among the contents to where they are."""
    notes: tuple[str, ...] = ()
    """What its file says in comments: what someone should read again."""

    def text(self, name: str) -> str:
        """The value of a field that holds one; empty when it says nothing."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""
