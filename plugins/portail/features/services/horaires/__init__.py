"""Opening hours: read as people and OpenStreetMap write them, told in French, asked day by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from portail.feature import Feature

if TYPE_CHECKING:
    from portail.features.services.horaires.rules import OpeningHours


def _reader() -> Callable[[str], OpeningHours]:
    from portail.features.services.horaires.notation import read_opening_hours

    return read_opening_hours


feature = Feature(
    name="horaires", title="Horaires d’ouverture", promises={"read_opening_hours": _reader}
)
