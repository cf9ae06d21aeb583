"""Open data: files that anyone may take and reuse, and the page that says how."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import (
    FOLLOW_LINKS,
    FORMER_ADDRESSES,
    MAP_LINKS,
)

with late(__name__):
    from . import output, page


feature = Feature(
    name="donnees",
    title="Données ouvertes",
    after=("asuivre",),
    needs=(
        "fiches",
        "referencement",
        "schemas",
    ),
    outputs=(Output("donnees", output.plan),),
    slots={
        FOLLOW_LINKS: page.follow_links,
        MAP_LINKS: page.map_links,
        FORMER_ADDRESSES: page.former_addresses,
    },
    pages=frozenset({"/donnees/"}),
)
