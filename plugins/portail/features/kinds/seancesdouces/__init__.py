"""Relaxed sessions: light that stays on, doors that stay open, less noise, for those whom the dark,
the noise or sitting still keep away.
"""

from portail.feature import IN_SEARCH, FacetSpec, FactSpec, Feature
from portail.late import late
from portail.outputs.pages.slots import SESSION_NOTES

with late(__name__):
    from . import sessions


feature = Feature(
    name="seancesdouces",
    title="Séances douces",
    rules=(sessions.said_in_notes,),
    slots={SESSION_NOTES: sessions.session_notes},
    facts=(
        FactSpec(sessions.relaxed, channels=("page", "carte", "lettre")),
        FactSpec(sessions.always, channels=("flux", "agenda")),
        FactSpec(sessions.searched, channels=(IN_SEARCH,)),
    ),
    facets=(
        FacetSpec(
            "seances-douces",
            "Séances douces",
            sessions.switch,
            page=(
                "Agenda\u00a0: {bas}",
                "Rendez-vous des sciences{en_region} sans noir, moins bruyants, sorties libres.",
            ),
            sessions=sessions.relaxed_sessions,
        ),
    ),
)
