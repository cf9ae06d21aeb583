"""Jobs, calls, offers and requests, until they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.annonces import model, rows
else:
    model, rows = late(__name__, "model", "rows")


feature = Feature(
    name="annonces",
    title="Annonces",
    needs=("alentours", "editions"),
    kinds=(KindSpec("annonces", rows.ROWS),),
    promises={"Annonce": model.Annonce},
)
