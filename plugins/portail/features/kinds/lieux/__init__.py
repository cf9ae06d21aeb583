"""Places to go to, structures to work with."""

from portail.feature import Feature, KindSpec
from portail.late import late
from portail.outputs.pages.slots import OPEN_DAYS, OPEN_LATE

with late(__name__):
    from . import model, rows, rules, state


feature = Feature(
    name="lieux",
    title="Annuaire des lieux et des structures",
    needs=("fonds", "horaires", "moteurs", "prets"),
    kinds=(KindSpec("lieux", rows.ROWS),),
    rules=(rules.check_verified,),
    slots={OPEN_LATE: state.open_late, OPEN_DAYS: state.open_on},
    promises={"Lieu": model.Lieu},
)
