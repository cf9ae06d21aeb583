"""What takes place: talks, workshops, exhibitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.site.draft import Draft
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.kinds.evenements.rows import ROWS

    return ROWS


def _check(draft: Draft) -> Iterator[Diagnostic]:
    from portail.features.kinds.evenements.rules import RULES

    for rule in RULES:
        yield from rule(draft)


feature = Feature(
    name="evenements",
    title="Événements",
    needs=("agenda", "alentours", "editions", "fonds", "moteurs"),
    rules=(_check,),
    kinds=(KindSpec("events", _rows),),
)
