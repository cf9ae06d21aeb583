"""Open data: files that anyone may take and reuse, and the page that says how."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import (
    FOLLOW_LINKS,
    FORMER_ADDRESSES,
    FORMER_PAGES,
    MAP_LINKS,
)

with late(__name__):
    from . import links, output


feature = Feature(
    name="donnees",
    title="Données ouvertes",
    needs=(
        "fiches",
        "moteurs",
        "schemas",
    ),
    outputs=(Output("donnees", output.plan),),
    slots={
        FOLLOW_LINKS: links.follow_links,
        MAP_LINKS: links.map_links,
        FORMER_ADDRESSES: links.former_addresses,
        FORMER_PAGES: links.former_pages,
    },
    pages=frozenset({"/donnees/"}),
)
