"""The sky of the week, computed for where the portal is: its page, its line on the home page.

Hours and heights are those of Astronomy Engine, within two minutes of almanacs, kept for a week
and a place; stars and showers are ``etoiles.yml`` and ``essaims.yml``, each with its source. What
one goes out for is told in the agenda, calendars and the search (role ``TELLS``); it has no file,
no page, no part in figures nor open data. Directions and heights of the drawing are true, the Moon
is larger.
"""

from __future__ import annotations

from portail.feature import TELLS, Feature, Judges, Output, Source, is_set
from portail.late import late
from portail.outputs.pages.slots import AGENDA_LINKS, EVENING, FINDABLE, TONIGHT, WEEKLY_SKY
from portail.settings import Setting

with late(__name__):
    from . import outings, page, place, tonight


feature = Feature(
    name="ciel",
    title="Le ciel de la semaine",
    after=("carte",),
    is_used=is_set("ciel"),
    settings=(
        Setting("PORTAIL_CIEL", place.read_setting, default=True),
        Setting("PORTAIL_SILHOUETTES", place.read_outlines, default=()),
    ),
    reads=(Source("ciel", outings.load),),
    roles={TELLS: outings.told},
    judges=Judges(tables=place.confront),
    outputs=(Output("ciel", page.plan_sky), Output("soir", tonight.plan_today)),
    slots={
        TONIGHT: tonight.tonight,
        WEEKLY_SKY: page.weekly,
        EVENING: tonight.evening,
        AGENDA_LINKS: page.links,
        FINDABLE: page.findable,
    },
    pages=frozenset({"/ciel/"}),
)
