"""The page of a territory: who is there, what is on and lent, its map, what it is made of."""

from portail.feature import SUPPLIES, Feature, KindSpec, Output
from portail.late import late
from portail.outputs.pages.slots import LIST_MORE, OPEN_FILES, PLAN_OF, SEASON
from portail.site.slots import UNMADE

with late(__name__):
    from . import derived, map, rows, saison


feature = Feature(
    name="territoires",
    title="Pages de territoire",
    needs=(
        "alentours",
        "bilans",
        "editions",
        "fiches",
        "fondsdecarte",
        "prets",
    ),
    kinds=(KindSpec("territoires", rows.ROWS),),
    outputs=(
        Output("fonds-territoires", map.plan_grounds),
        Output("saisons", saison.plan_seasons),
    ),
    slots={
        LIST_MORE: saison.list_links,
        OPEN_FILES: saison.open_files,
        PLAN_OF: saison.plan_groups,
        SEASON: saison.told,
        UNMADE: derived.unmade,
    },
    roles={SUPPLIES: derived},
)
