"""Persons who sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.auteurs import rows
else:
    rows = late(__name__, "rows")


feature = Feature(
    name="auteurs", title="Auteurs", needs=("moteurs",), kinds=(KindSpec("auteurs", rows.ROWS),)
)
