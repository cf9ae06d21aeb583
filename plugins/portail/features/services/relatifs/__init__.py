"""Words that are true of one day only (« ce soir ») in what is read on others."""

from portail.feature import Feature, Judges
from portail.late import late

with late(__name__):
    from . import relative


feature = Feature(
    name="relatifs",
    title="Mots qui ne sont vrais qu’un jour",
    judges=Judges(text=relative.check_relatives),
)
