"""Places to go to, structures to work with."""

from portail.feature import FactSpec, Feature, KindSpec, Output
from portail.late import late
from portail.outputs.pages.slots import FACADE, OPEN

with late(__name__):
    from . import facade, model, opening, rows, rules


feature = Feature(
    name="lieux",
    title="Annuaire des lieux et des structures",
    needs=("facades", "fondsdecarte", "horaires", "referencement", "prets"),
    kinds=(KindSpec("lieux", rows.ROWS),),
    rules=(rules.check_verified,),
    facts=(FactSpec(opening.hours_there, "events", ("page",)),),
    outputs=(Output("horaires", opening.plan_hours),),
    slots={
        FACADE: facade.facades,
        OPEN: opening.open_places,
    },
    promises={"Lieu": model.Lieu},
)
