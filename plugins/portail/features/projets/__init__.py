"""What structures build together."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(name="projets", title="Projets", kinds=(KindSpec("projets"),))
