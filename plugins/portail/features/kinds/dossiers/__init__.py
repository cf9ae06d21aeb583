"""Several contents gathered on one subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.dossiers import rows
else:
    rows = late(__name__, "rows")


feature = Feature(
    name="dossiers", title="Dossiers", needs=("moteurs",), kinds=(KindSpec("dossiers", rows.ROWS),)
)
