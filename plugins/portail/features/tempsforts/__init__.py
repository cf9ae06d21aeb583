"""Yearly rendezvous: the wheel of their list; the pages of their editions, each year’s, its
programmes, its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.outputs.pages.slots import CALLS, EDITION, EDITION_PLACES, LIST_PAGES

if TYPE_CHECKING:
    from portail.outputs.base import Artifact, TemplatePage
    from portail.outputs.pages.views.programme import TempsView
    from portail.outputs.pages.views.shared import Lien
    from portail.site.kind_tables import Rows
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.tempsforts.page import plan_editions

    return plan_editions(site)


def _edition(site: Site, rendezvous: str, year: int) -> str:
    from portail.features.tempsforts.addresses import edition_of

    return edition_of(rendezvous, year)


def _places(site: Site, ref: str, year: int) -> Iterable[Lien]:
    from portail.features.tempsforts.page import places_of

    return places_of(site, ref, year)


def _calls(site: Site) -> Iterable[tuple[str, tuple[TempsView, ...]]]:
    from portail.features.tempsforts.steps import open_years

    return open_years(site)


def _list_pages(site: Site, url: str) -> Iterator[TemplatePage]:
    if url == "/temps-forts/":
        from portail.features.tempsforts.wheel import plan_list

        yield from plan_list(site)


def _rows() -> Rows:
    from portail.features.tempsforts.rows import ROWS

    return ROWS


feature = Feature(
    name="tempsforts",
    title="Éditions des temps forts",
    needs=("bilans", "evenements"),
    kinds=(KindSpec("temps-forts", _rows),),
    outputs=(Output("editions", _plan),),
    slots={
        EDITION: _edition,
        CALLS: _calls,
        EDITION_PLACES: _places,
        LIST_PAGES: _list_pages,
    },
)
