"""Yearly rendezvous: the wheel of their list; what their page tells of the edition to come, the
pages of those that are over, their programmes, their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.model.kinds import YEARLY
from portail.outputs.pages.slots import CALLS, EDITION, LIST_PAGES
from portail.site.slots import LED

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.outputs.base import Artifact, TemplatePage
    from portail.outputs.pages.views.shared import TempsView
    from portail.site.draft import Draft
    from portail.site.kind_tables import Rows
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.kinds.tempsforts.page import plan_editions

    return plan_editions(site)


def _edition(site: Site, rendezvous: str, year: int) -> str:
    from portail.features.kinds.tempsforts.years import page_of_year

    refs = {item.url: item.ref for item in site.of_kinds(YEARLY)}
    return page_of_year(site, refs[rendezvous], year)


def _led(site: Site) -> Iterator[tuple[str, str, str]]:
    from portail.features.kinds.tempsforts.years import led_years

    return led_years(site)


def _calls(site: Site) -> Iterable[tuple[str, tuple[TempsView, ...]]]:
    from portail.features.kinds.tempsforts.steps import open_years

    return open_years(site)


def _list_pages(site: Site, url: str) -> Iterator[TemplatePage]:
    if url == "/temps-forts/":
        from portail.features.kinds.tempsforts.wheel import plan_list

        yield from plan_list(site)


def _rows() -> Rows:
    from portail.features.kinds.tempsforts.rows import ROWS

    return ROWS


def _check(draft: Draft) -> Iterator[Diagnostic]:
    from portail.features.kinds.tempsforts.rules import check_editions

    return check_editions(draft)


feature = Feature(
    name="tempsforts",
    title="Éditions des temps forts",
    needs=("agenda", "bilans", "editions", "evenements", "fonds", "moteurs"),
    rules=(_check,),
    kinds=(KindSpec("temps-forts", _rows),),
    outputs=(Output("editions", _plan),),
    slots={
        EDITION: _edition,
        CALLS: _calls,
        LED: _led,
        LIST_PAGES: _list_pages,
    },
)
