"""What takes place: talks, workshops, exhibitions."""

from portail.feature import Feature, KindSpec
from portail.late import late

with late(__name__):
    from . import rows, rules


feature = Feature(
    name="evenements",
    title="Événements",
    needs=("agenda", "alentours", "editions", "fondsdecarte", "referencement"),
    rules=(rules.check,),
    kinds=(KindSpec("events", rows.ROWS),),
)
