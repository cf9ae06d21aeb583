"""Titles and summaries that look like notation of science, and are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Judges
from portail.late import late

if TYPE_CHECKING:
    from portail.features.services.notations import likeness
else:
    likeness = late(__name__, "likeness")


feature = Feature(
    name="notations",
    title="Notations scientifiques",
    judges=Judges(text=likeness.check_notation),
)
