"""Safe repairs of a content: for a diagnostic and its span, the text to write instead; the names
that files should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature

if TYPE_CHECKING:
    from portail.feature import Mending


def _mends() -> Mending:
    from portail.features.intake.corriger import files

    return files


feature = Feature(
    name="corriger",
    title="Corrections sûres des contenus",
    needs=("entetes", "schemas"),
    mends=_mends,
)
