"""Persons who sign."""

from portail.feature import Feature, KindSpec
from portail.late import late

with late(__name__):
    from . import rows


feature = Feature(
    name="auteurs",
    title="Auteurs",
    needs=("referencement",),
    kinds=(KindSpec("auteurs", rows.ROWS),),
)
