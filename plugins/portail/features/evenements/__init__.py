"""What takes place: talks, workshops, exhibitions."""

from __future__ import annotations

from portail.feature import Feature, KindSpec

feature = Feature(name="evenements", title="Événements", kinds=(KindSpec("events"),))
