"""The catalogue of tools to borrow, and what is free month after month."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import FORMER_PAGES, LENT, LIST_MORE, MENU_MORE, PLAN_OF
from portail.site.slots import LISTS

with late(__name__):
    from . import page


feature = Feature(
    name="catalogue",
    title="Catalogue des outils à emprunter",
    after=("lettre",),
    needs=("facettes", "prets", "ressources"),
    outputs=(Output("catalogue", page.plan),),
    slots={
        LISTS: page.lists,
        LENT: page.address,
        MENU_MORE: page.menu_links,
        LIST_MORE: page.list_links,
        PLAN_OF: page.plan_groups,
        FORMER_PAGES: page.former_months,
    },
    pages=frozenset({"/catalogue/"}),
)
