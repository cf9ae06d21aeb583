"""The map: what is on this week, what lasts, the places where something takes place."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import AGENDA_VIEWS, MENU_MORE, WEEK_MAP

with late(__name__):
    from . import page


feature = Feature(
    name="carte",
    title="Carte",
    needs=("fondsdecarte",),
    outputs=(Output("carte", page.plan_map),),
    slots={AGENDA_VIEWS: page.map_links, MENU_MORE: page.menu_links, WEEK_MAP: page.week_maps},
    pages=frozenset({"/carte/"}),
)
