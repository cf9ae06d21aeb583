"""Safe repairs of a content: for a diagnostic and its span, the text to write instead; the names
that files should have."""

from portail.feature import Feature
from portail.late import late
from portail.roles import MENDS

with late(__name__):
    from . import files


feature = Feature(
    name="corriger",
    title="Corrections sûres des contenus",
    roles={MENDS: files},
)
