"""Safe repairs of a content: for a diagnostic and its span, the text to write instead; the names
that files should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature
from portail.features.roles import MENDS
from portail.late import late

if TYPE_CHECKING:
    from portail.features.intake.corriger import files
else:
    files = late(__name__, "files")


feature = Feature(
    name="corriger",
    title="Corrections sûres des contenus",
    needs=("entetes", "schemas"),
    roles={MENDS: files},
)
