"""``/ma-selection/``: scripts fill it with what the device keeps, or with what a link carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portail.model.event import Event
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.views.shared import Lien, PageView
from portail.resources import rows_of
from portail.site.site import Site
from portail.site.urls import AGENDA

_WORDS: Mapping[str, Any] = rows_of("pages.selection", "mots")
_PAGE = Lien(_WORDS["page"]["titre"], "/ma-selection/")


class SelectionView(PageView, frozen=True, kw_only=True):
    """``debut`` is where one begins to keep something."""

    chapo: str
    debut: Lien


def address(site: Site) -> str:
    """Where what is kept is shown, in a portal with an agenda."""
    return _PAGE.url if site.of_kind(Event.kind) else ""


def plan(site: Site) -> Iterator[TemplatePage]:
    if url := address(site):
        yield drawn(site, url, "ma-selection.html", _show)


def links(site: Site) -> Sequence[Lien]:
    return (_PAGE,) if address(site) else ()


def _show(site: Site) -> SelectionView:
    return SelectionView(
        **page_of(site, _WORDS["page"], _PAGE.url),
        debut=Lien("Ouvrir l’agenda", AGENDA),
        noindex=True,
    )
