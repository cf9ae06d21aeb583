"""Persons who sign."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(name="auteurs", title="Auteurs", kinds=(KindSpec("auteurs"),))
