"""Those whom a subject or a trade brings together."""

from portail.feature import Feature, KindSpec
from portail.late import late

with late(__name__):
    from . import rows


feature = Feature(
    name="communautes", title="Communautés", kinds=(KindSpec("communautes", rows.ROWS),)
)
