"""Those whom a subject or a trade brings together."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(name="communautes", title="Communautés", kinds=(KindSpec("communautes"),))
