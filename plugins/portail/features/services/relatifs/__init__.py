"""Words that are true of one day only (« ce soir ») in what is read on others."""

from portail.feature import LASTS, Feature
from portail.late import late

with late(__name__):
    from . import lasting


feature = Feature(
    name="relatifs",
    title="Mots qui ne sont vrais qu’un jour",
    roles={LASTS: lasting.lasting},
)
