"""Titles and summaries that look like notation of science, and are not."""

from portail.feature import Feature, Judges
from portail.late import late

with late(__name__):
    from . import likeness


feature = Feature(
    name="notations",
    title="Notations scientifiques",
    after=("coordonnees",),
    judges=Judges(text=likeness.check_notation),
)
