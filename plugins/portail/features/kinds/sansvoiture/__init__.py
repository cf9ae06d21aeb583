"""Coming without a car, and going home: the nearest station or stop, the last way back, as the
organiser says them. Nothing is computed.
"""

from portail.feature import FOR_CLASSES, IN_SEARCH, ON_POSTER, FacetSpec, FactSpec, Feature
from portail.late import late

with late(__name__):
    from . import way


feature = Feature(
    name="sansvoiture",
    title="Sans voiture",
    rules=(way.late_without_return,),
    # Not on cards: a row of the agenda has no room for it, and its filter finds it.
    facts=(
        FactSpec(
            way.way,
            channels=("page", "lettre", "flux", "agenda", ON_POSTER, FOR_CLASSES, IN_SEARCH),
        ),
    ),
    facets=(
        FacetSpec(
            "sans-voiture",
            "Sans voiture",
            way.switch,
            page=(
                "Agenda\u00a0: {bas}, retour compris",
                "Rendez-vous des sciences{en_region}\u00a0: gare ou arrêt proche, dernier retour.",
            ),
        ),
    ),
)
