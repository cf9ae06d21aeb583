"""Easy to read: what is told in easy French too, its list, its feed, its filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from portail.feature import IN_SEARCH, FacetSpec, FactSpec, Feature, Output
from portail.late import late
from portail.outputs.pages.slots import EASY_TEXT, EXPLORE, FOLLOWED, LIST_MORE

if TYPE_CHECKING:
    from portail.site.item import Item

with late(__name__):
    from . import page, texts


def _switch(item: Item, items: Mapping[str, Item]) -> Iterable[str]:
    if item.entry.resume_falc:
        return ("oui",)
    return ()


_KINDS = (
    "articles",
    "events",
    "annonces",
    "ressources",
    "lieux",
    "dossiers",
    "communautes",
    "projets",
    "temps-forts",
    "territoires",
)

feature = Feature(
    name="falc",
    title="En facile à lire",
    after=("arrets",),
    rules=(texts.long_sentences,),
    outputs=(Output("falc", page.plan_easy),),
    facts=tuple(FactSpec(texts.easy, kind, (IN_SEARCH,)) for kind in _KINDS),
    facets=(
        FacetSpec(
            "facile-a-lire",
            "En facile à lire",
            _switch,
            page=(
                "Agenda\u00a0: {bas}",
                "Rendez-vous des sciences{en_region} dits en facile à lire et à comprendre.",
            ),
        ),
    ),
    slots={
        EASY_TEXT: texts.address,
        EXPLORE: page.page_links,
        LIST_MORE: page.list_links,
        FOLLOWED: page.followed,
    },
    pages=frozenset({"/facile-a-lire/"}),
)
