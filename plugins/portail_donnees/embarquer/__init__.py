"""Frames: the next events of a calendar, shown by other sites."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import FOLLOW_LINKS, FORMER_PAGES

with late(__name__):
    from . import page


feature = Feature(
    name="embarquer",
    title="L’agenda sur d’autres sites",
    after=(
        "donnees",
        "asuivre",
    ),
    needs=("agenda", "calendriers"),
    ways=page.ways,
    outputs=(Output("embarquer", page.plan),),
    slots={
        FOLLOW_LINKS: page.follow_links,
        FORMER_PAGES: page.former_pages,
    },
    pages=frozenset({"/embarquer/"}),
)
