"""Opening hours: read as people and OpenStreetMap write them, told in French, asked day by day."""

from portail.feature import Feature
from portail.late import late

with late(__name__):
    from . import notation


feature = Feature(
    name="horaires",
    title="Horaires d’ouverture",
    promises={"read_opening_hours": notation.read_opening_hours},
)
