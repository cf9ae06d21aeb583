"""Posters of what is on, to print and to put up, and the page where one chooses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import FOLLOW_LINKS, FORMER_ADDRESSES, FORMER_PAGES, POSTER

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.channels.affiches.page import plan_posters, plan_posters_index

    yield from plan_posters(site)
    yield from plan_posters_index(site)


def _follow_links(site: Site) -> Sequence[Lien]:
    from portail.features.channels.affiches.page import follow_links

    return follow_links(site)


def _poster(site: Site, agenda: str, period: str = "") -> str:
    from portail.features.channels.affiches.posters import poster_of_agenda, poster_of_period

    return poster_of_period(site, agenda, period) if period else poster_of_agenda(site, agenda)


def _former_addresses(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.channels.affiches.posters import former_addresses

    return former_addresses(site)


def _former_pages(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.channels.affiches.posters import former_pages

    return former_pages(site)


feature = Feature(
    name="affiches",
    title="Affiches à imprimer",
    needs=("agenda",),
    outputs=(Output("affiches", _plan),),
    slots={
        FOLLOW_LINKS: _follow_links,
        POSTER: _poster,
        FORMER_ADDRESSES: _former_addresses,
        FORMER_PAGES: _former_pages,
    },
    pages=frozenset({"/affiches/"}),
)
