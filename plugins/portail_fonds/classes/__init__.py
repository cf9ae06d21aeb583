"""What a class may book: events, places that receive groups, tools that come to school."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import (
    EXPLORE,
    FOR_SCHOOLS,
    HOME_SHORTCUTS,
    LIST_MORE,
    MENU_MORE,
    PLAN_OF,
)
from portail.site.slots import LISTS

with late(__name__):
    from . import page


feature = Feature(
    name="classes",
    title="Pour les classes",
    after=(
        "catalogue",
        "lettre",
    ),
    needs=("facettes", "lieux", "ressources"),
    outputs=(Output("classes", page.plan),),
    slots={
        LISTS: page.lists,
        EXPLORE: page.class_links,
        MENU_MORE: page.class_links,
        HOME_SHORTCUTS: page.home_door,
        FOR_SCHOOLS: page.class_links,
        LIST_MORE: page.list_links,
        PLAN_OF: page.plan_groups,
    },
    pages=frozenset({"/classes/"}),
)
