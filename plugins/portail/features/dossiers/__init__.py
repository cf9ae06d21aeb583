"""Several contents gathered on one subject."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(name="dossiers", title="Dossiers", kinds=(KindSpec("dossiers"),))
