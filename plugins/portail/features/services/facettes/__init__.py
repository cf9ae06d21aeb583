"""Filters of lists: a page for each value, the data by which scripts narrow lists in place."""

from portail.feature import Feature, Keeping, Output
from portail.late import late
from portail.site.slots import NARROWED

with late(__name__):
    from . import lists, pages


feature = Feature(
    name="facettes",
    title="Filtres des listes",
    needs=("fonds",),
    outputs=(Output("facettes", lists.plan_facettes),),
    keeps=(
        Keeping(
            "Votre commune, si vous cochez « Se souvenir de ma commune »",
            "Jusqu’à ce que vous décochiez la case ; votre position n’est jamais gardée.",
            keys=("commune",),
        ),
    ),
    slots={NARROWED: pages.narrowed_to},
)
