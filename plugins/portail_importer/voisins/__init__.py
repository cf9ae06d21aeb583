"""What neighbours announce near the region, beside what is ours."""

from __future__ import annotations

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import FILTER_ROWS, LIST_BAR, NEAR_COMMUNES

with late(__name__):
    from . import filter, page

feature = Feature(
    name="voisins",
    title="Agenda des portails voisins",
    needs=("agenda", "facettes", "moissonner"),
    outputs=(Output("voisins", page.plan),),
    slots={
        LIST_BAR: page.list_links,
        NEAR_COMMUNES: filter.communes_file,
        FILTER_ROWS: filter.filter_rows,
    },
    pages=frozenset({"/reseau/"}),
)
