"""Posters of what is on, to print and to put up, and the page where one chooses them."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import FOLLOW_LINKS, FORMER_ADDRESSES, FORMER_PAGES, POSTER

with late(__name__):
    from . import page, posters


feature = Feature(
    name="affiches",
    title="Affiches à imprimer",
    needs=("agenda",),
    outputs=(Output("affiches", page.plan),),
    slots={
        FOLLOW_LINKS: page.follow_links,
        POSTER: posters.poster_address,
        FORMER_ADDRESSES: posters.former_addresses,
        FORMER_PAGES: posters.former_pages,
    },
    pages=frozenset({"/affiches/"}),
)
