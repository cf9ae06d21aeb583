"""Places to go to, structures to work with."""

from portail.feature import Feature, KindSpec
from portail.late import late
from portail.outputs.pages.slots import FACADE, OPEN_DAYS, OPEN_HOURS

with late(__name__):
    from . import facade, model, rows, rules, structures


feature = Feature(
    name="lieux",
    title="Annuaire des lieux et des structures",
    needs=("facades", "fondsdecarte", "horaires", "referencement", "prets"),
    kinds=(KindSpec("lieux", rows.ROWS),),
    rules=(rules.check_verified,),
    slots={
        FACADE: facade.facades,
        OPEN_DAYS: structures.open_on,
        OPEN_HOURS: facade.open_hours,
    },
    promises={"Lieu": model.Lieu},
)
