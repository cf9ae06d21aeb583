"""Places to go to, structures to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.lieux import model, rows, rules
else:
    model, rows, rules = late(__name__, "model", "rows", "rules")


feature = Feature(
    name="lieux",
    title="Annuaire des lieux et des structures",
    needs=("fonds", "horaires", "moteurs", "prets"),
    kinds=(KindSpec("lieux", rows.ROWS),),
    rules=(rules.check_age,),
    promises={"Lieu": model.Lieu},
)
