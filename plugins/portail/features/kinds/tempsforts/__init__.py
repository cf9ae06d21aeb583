"""Yearly rendezvous: the wheel of their list; what their page tells of the edition to come, the
pages of those that are over, their programmes, their figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.late import late
from portail.outputs.pages.slots import CALLS, EDITION, HOME_BLOCS, LIST_PAGES
from portail.site.slots import LED

if TYPE_CHECKING:
    from portail.outputs.base import TemplatePage
    from portail.site.site import Site

with late(__name__):
    from . import page, rows, rules, wheel, years


def _list_pages(site: Site, url: str) -> Iterator[TemplatePage]:
    if url == "/temps-forts/":
        from .wheel import plan_list

        yield from plan_list(site)


feature = Feature(
    name="tempsforts",
    title="Éditions des temps forts",
    needs=("agenda", "bilans", "editions", "evenements", "fondsdecarte", "referencement"),
    rules=(rules.check_editions, rules.check_rule),
    kinds=(KindSpec("temps-forts", rows.ROWS),),
    outputs=(Output("editions", page.plan_editions),),
    slots={
        HOME_BLOCS: wheel.home_bloc,
        EDITION: years.edition_at,
        CALLS: years.open_years,
        LED: years.led_years,
        LIST_PAGES: _list_pages,
    },
)
