"""A coach for two classes: the seats left in one that already comes to an event."""

from portail.feature import FOR_CLASSES, IN_SEARCH, FacetSpec, FactSpec, Feature
from portail.late import late

with late(__name__):
    from . import seats


feature = Feature(
    name="cars",
    title="Car à partager",
    rules=(seats.other_days,),
    # Neither in feeds nor in calendars, which tell the same whatever the day: the seats go by then.
    facts=(FactSpec(seats.seats, channels=("page", "carte", "lettre", FOR_CLASSES, IN_SEARCH)),),
    facets=(
        FacetSpec(
            "car-a-partager",
            "Un car à partager",
            seats.switch,
            page=(
                "Agenda\u00a0: {bas}",
                "Rendez-vous des sciences{en_region}\u00a0: des places dans un car de classe.",
            ),
            sessions=seats.sessions_served,
        ),
    ),
)
