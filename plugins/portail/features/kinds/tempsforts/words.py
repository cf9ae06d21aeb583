"""Words of the pages of an edition and of its programmes."""

from __future__ import annotations

from collections.abc import Mapping

from portail.resources import rows_of

WORDS: Mapping[str, str] = rows_of("kinds.tempsforts", "mots")
