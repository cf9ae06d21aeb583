"""Opening hours: read as people and OpenStreetMap write them, told in French, asked day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature
from portail.late import late

if TYPE_CHECKING:
    from portail.features.services.horaires import notation
else:
    notation = late(__name__, "notation")


feature = Feature(
    name="horaires",
    title="Horaires d’ouverture",
    promises={"read_opening_hours": notation.read_opening_hours},
)
