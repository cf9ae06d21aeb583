"""Open data: files that anyone may take and reuse, and the page that says how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import (
    FOLLOW_LINKS,
    FORMER_ADDRESSES,
    FORMER_PAGES,
    MAP_LINKS,
)

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.channels.donnees.exports import plan_exports
    from portail.features.channels.donnees.output import plan_open_data
    from portail.features.channels.donnees.page import plan_data

    yield from plan_exports(site)
    yield from plan_open_data(site)
    yield from plan_data(site)


def _follow_links(site: Site) -> Sequence[Lien]:
    from portail.features.channels.donnees.links import follow_links

    return follow_links(site)


def _map_links(site: Site) -> Iterable[Lien]:
    from portail.features.channels.donnees.links import map_links

    return map_links(site)


def _former_addresses(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.channels.donnees.links import former_addresses

    return former_addresses(site)


def _former_pages(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.channels.donnees.links import former_pages

    return former_pages(site)


feature = Feature(
    name="donnees",
    title="Données ouvertes",
    needs=(
        "horaires",
        "moteurs",
        "schemas",
    ),
    outputs=(Output("donnees", _plan),),
    slots={
        FOLLOW_LINKS: _follow_links,
        MAP_LINKS: _map_links,
        FORMER_ADDRESSES: _former_addresses,
        FORMER_PAGES: _former_pages,
    },
    pages=frozenset({"/donnees/"}),
)
