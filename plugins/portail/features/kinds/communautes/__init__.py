"""Those whom a subject or a trade brings together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.communautes import rows
else:
    rows = late(__name__, "rows")


feature = Feature(
    name="communautes", title="Communautés", kinds=(KindSpec("communautes", rows.ROWS),)
)
