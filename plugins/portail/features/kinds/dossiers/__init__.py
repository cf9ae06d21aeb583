"""Several contents gathered on one subject."""

from portail.feature import Feature, KindSpec
from portail.late import late

with late(__name__):
    from . import rows


feature = Feature(
    name="dossiers",
    title="Dossiers",
    needs=("referencement",),
    kinds=(KindSpec("dossiers", rows.ROWS),),
)
