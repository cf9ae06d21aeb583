"""What takes place: talks, workshops, exhibitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.evenements.rows import ROWS

    return ROWS


feature = Feature(
    name="evenements",
    title="Événements",
    needs=("agenda",),  # their list
    kinds=(KindSpec("events", _rows),),
)
