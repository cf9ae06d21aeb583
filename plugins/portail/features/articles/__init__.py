"""What is told, discovered and discussed."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(name="articles", title="Articles", kinds=(KindSpec("articles"),))
