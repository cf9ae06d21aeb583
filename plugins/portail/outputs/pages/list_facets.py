"""The facets that stand beside a list."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.kinds import Kind
from portail.outputs.pages.facet_words import offered
from portail.outputs.pages.facettes import facette_of
from portail.outputs.pages.views.facettes import FacettesView
from portail.outputs.pages.views.shared import Lien
from portail.site.lists import TOOLS
from portail.site.narrowed import Narrowed
from portail.site.site import Site
from portail.site.urls import COMMUNES, data_of

__all__ = ["panels_of"]


def panels_of(site: Site, found: Narrowed) -> tuple[FacettesView, FacettesView] | None:
    """The facets of the first page of a list, which tell how many contents have each value, and
    those of every other page, which do not: counts change with every edit."""
    if not found.shown:
        return None
    return _panel(site, found, True), _panel(site, found, False)


def _panel(site: Site, found: Narrowed, counted: bool) -> FacettesView:
    listing = found.liste.url
    count = found.counts.__getitem__ if counted else None
    facettes = (
        facette_of(facet, values, found.page_of, count)
        for facet, values in offered(found, site.geography)
    )
    directory = found.liste.kind is Kind.LIEU
    near = COMMUNES if (directory or found.liste is TOOLS) and site.geography.home else ""
    uses = tuple(_uses(found)) if directory else ()
    return FacettesView(listing, data_of(listing), tuple(facettes), "", uses, near)


def _uses(found: Narrowed) -> Iterator[Lien]:
    """Ready-made choices of the directory: what one looks for in it."""
    for facet, values in found.shown:
        for value in values if facet.cle == "pour" else ():
            pair = facet.cle, value.code
            if url := found.page_of(pair):
                yield Lien(value.label, url, "=".join(pair))
