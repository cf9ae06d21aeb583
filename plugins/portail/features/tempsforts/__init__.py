"""Yearly rendezvous: the wheel of their list; the pages of their editions, each year’s, its
programmes, its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.outputs.pages.slots import EDITION, EDITION_STEPS, LIST_PAGES

if TYPE_CHECKING:
    from portail.outputs.base import Artifact, TemplatePage
    from portail.outputs.pages.views.programme import TempsView
    from portail.site.kind_tables import Rows
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.tempsforts.page import plan_editions

    return plan_editions(site)


def _edition(site: Site, rendezvous: str, year: int) -> str:
    from portail.features.tempsforts.addresses import edition_of

    return edition_of(rendezvous, year)


def _steps(site: Site, ref: str, year: int) -> Iterable[TempsView]:
    from portail.features.tempsforts.steps import steps

    return steps(site, ref, year)


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
    needs=("bilans",),
    kinds=(KindSpec("temps-forts", _rows),),
    outputs=(Output("editions", _plan),),
    slots={EDITION: _edition, EDITION_STEPS: _steps, LIST_PAGES: _list_pages},
)
