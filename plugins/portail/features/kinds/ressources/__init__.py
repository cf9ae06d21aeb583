"""What one borrows, reads, watches or is granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.features.kinds.ressources.model import Ressource
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.kinds.ressources.rows import ROWS

    return ROWS


def _model() -> type[Ressource]:
    from portail.features.kinds.ressources.model import Ressource

    return Ressource


feature = Feature(
    name="ressources",
    title="Ressources",
    needs=("alentours", "fonds", "moteurs", "prets"),
    kinds=(KindSpec("ressources", _rows),),
    promises={"Ressource": _model},
)
