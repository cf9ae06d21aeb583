"""What structures build together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.projets import rows
else:
    rows = late(__name__, "rows")


feature = Feature(name="projets", title="Projets", kinds=(KindSpec("projets", rows.ROWS),))
