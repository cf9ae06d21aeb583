"""Feeds: what appears, followed in a reader of feeds (RSS, Atom, JSON Feed)."""

from portail.feature import Derived, Feature, Output
from portail.late import late
from portail.outputs.pages.slots import FOLLOW_LINKS, FORMER_ADDRESSES, FORMER_PAGES

with late(__name__):
    from . import feeds, output


feature = Feature(
    name="flux",
    title="Flux",
    derives=(Derived("flux", feeds.build_feeds),),
    ways=feeds.ways,
    outputs=(Output("flux", output.plan_feeds), Output("page des flux", feeds.plan_page)),
    slots={
        FOLLOW_LINKS: feeds.follow_links,
        FORMER_ADDRESSES: feeds.former_addresses,
        FORMER_PAGES: feeds.former_pages,
    },
    pages=frozenset({"/flux/"}),
)
