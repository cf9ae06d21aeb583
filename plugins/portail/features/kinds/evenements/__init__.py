"""What takes place: talks, workshops, exhibitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.evenements import rows, rules
else:
    rows, rules = late(__name__, "rows", "rules")


feature = Feature(
    name="evenements",
    title="Événements",
    needs=("agenda", "alentours", "editions", "fonds", "moteurs"),
    rules=(rules.check,),
    kinds=(KindSpec("events", rows.ROWS),),
)
