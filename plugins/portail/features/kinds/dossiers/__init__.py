"""Several contents gathered on one subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.kinds.dossiers.rows import ROWS

    return ROWS


feature = Feature(
    name="dossiers", title="Dossiers", needs=("moteurs",), kinds=(KindSpec("dossiers", _rows),)
)
