"""The toolbox: what one needs to build a project, gathered from every kind of content."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import LIST_MORE, MENU_MORE, OPEN_FUNDINGS, PLAN_OF

with late(__name__):
    from . import page


feature = Feature(
    name="boite",
    title="Boîte à outils",
    after=(
        "ciel",
        "carte",
    ),
    needs=("fiches",),
    outputs=(Output("boite", page.plan_toolbox),),
    slots={
        MENU_MORE: page.toolbox_links,
        LIST_MORE: page.list_links,
        PLAN_OF: page.plan_groups,
        OPEN_FUNDINGS: page.fundings_url,
    },
    pages=frozenset({"/boite-a-outils/"}),
)
