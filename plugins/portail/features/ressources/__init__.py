"""What one borrows, reads, watches or is granted."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(name="ressources", title="Ressources", kinds=(KindSpec("ressources"),))
