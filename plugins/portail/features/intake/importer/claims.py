"""Which sources tell each content, as the journal keeps them: what it says of one content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from portail.features.intake.importer.base import SOURCE, Base


class Claim(NamedTuple):
    """A source that tells a content: its name in the journal, what it called itself then (see
    ``Base.label``). An earlier version wrote one digest, of an address or of a name of file."""

    source: str
    label: str


def claims_of(memory: Mapping[str, Any]) -> list[Claim]:
    """The sources of a content, first the one that its values come from."""
    rows = memory.get(SOURCE, [])
    told = (str(row).partition(" ") for row in (rows if isinstance(rows, list) else [rows]))
    return [Claim(source, label or source) for source, _, label in told if source]


def is_owned(memory: Mapping[str, Any], origin: str) -> bool:
    """Whether the values of a content come from ``origin``, or from no source."""
    return next((claim.source == origin for claim in claims_of(memory)), True)


def is_alike(memory: Mapping[str, Any], base: Base) -> bool:
    """Whether a source of a content calls itself as the one that is read."""
    return any(claim.label in base.labels for claim in claims_of(memory))


def keep(claims: Iterable[Claim], memory: dict[str, Any]) -> None:
    """Write the sources of a content in what the journal says of it."""
    memory[SOURCE] = [" ".join(claim) for claim in claims]
