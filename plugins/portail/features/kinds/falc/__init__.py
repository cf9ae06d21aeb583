"""Easy to read: what is told in easy French too, its list, its feed, its filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from portail.feature import RECHERCHE, Facette, Fait, Feature, Output
from portail.outputs.pages.slots import EASY_TEXT, EXPLORE, FOLLOWED, LIST_MORE

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.facts.base import Fact
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.draft import Draft
    from portail.site.item import Item
    from portail.site.site import Site


def _check(draft: Draft) -> Iterable[Diagnostic]:
    from portail.features.kinds.falc.texts import long_sentences

    return long_sentences(draft)


def _easy(item: Item, site: Site) -> Fact:
    from portail.features.kinds.falc.texts import easy

    return easy(item, site)


def _switch(item: Item, items: Mapping[str, Item]) -> Iterable[str]:
    return ("oui",) if item.entry.resume_falc else ()


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.kinds.falc.page import plan_easy

    return plan_easy(site)


def _address(site: Site, item: Item) -> str:
    from portail.features.kinds.falc.texts import address

    return address(item)


def _links(site: Site) -> Sequence[Lien]:
    from portail.features.kinds.falc.page import page_links

    return page_links(site)


def _list_links(site: Site, kind: Kind) -> Sequence[Lien]:
    from portail.features.kinds.falc.page import list_links

    return list_links(site, kind)


def _followed(site: Site) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    from portail.features.kinds.falc.page import followed

    return followed(site)


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
    rules=(_check,),
    outputs=(Output("falc", _plan),),
    facts=tuple(Fait(_easy, kind, (RECHERCHE,)) for kind in _KINDS),
    facets=(
        Facette(
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
        EASY_TEXT: _address,
        EXPLORE: _links,
        LIST_MORE: _list_links,
        FOLLOWED: _followed,
    },
    pages=frozenset({"/facile-a-lire/"}),
)
