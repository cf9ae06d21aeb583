"""Jobs, calls, offers and requests, until they end."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(name="annonces", title="Annonces", kinds=(KindSpec("annonces"),))
