"""What structures build together."""

from portail.feature import Feature, KindSpec
from portail.late import late

with late(__name__):
    from . import rows


feature = Feature(name="projets", title="Projets", kinds=(KindSpec("projets", rows.ROWS),))
