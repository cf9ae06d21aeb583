"""What one borrows, reads, watches or is granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.ressources import model, rows
else:
    model, rows = late(__name__, "model", "rows")


feature = Feature(
    name="ressources",
    title="Ressources",
    needs=("alentours", "fonds", "moteurs", "prets"),
    kinds=(KindSpec("ressources", rows.ROWS),),
    promises={"Ressource": model.Ressource},
)
