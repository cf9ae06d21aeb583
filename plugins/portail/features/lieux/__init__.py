"""Places to go to, structures to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.lieux.rows import ROWS

    return ROWS


feature = Feature(
    name="lieux",
    title="Annuaire des lieux et des structures",
    needs=("fonds", "moteurs"),
    kinds=(KindSpec("lieux", _rows),),
)
