"""Places to go to, structures to work with."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(
    name="lieux", title="Annuaire des lieux et des structures", kinds=(KindSpec("lieux"),)
)
