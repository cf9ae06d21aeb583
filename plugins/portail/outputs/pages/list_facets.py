"""The facets that stand beside a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.outputs.base import Digest
from portail.outputs.pages.facet_words import offered
from portail.outputs.pages.facettes import choosing, facette_of
from portail.outputs.pages.views import FacettesView, Lien
from portail.site.facets import Pair
from portail.site.lists import TOOLS
from portail.site.narrowed import Narrowed
from portail.site.site import Site
from portail.site.urls import COMMUNES, data_of

__all__ = ["Panel", "panels_of"]


@dataclass(frozen=True, slots=True)
class Panel:
    """Facets, the digest of what they show, and the value whose page it is."""

    vue: FacettesView
    digest: Digest
    choix: Pair | None = None

    @property
    def shown(self) -> tuple[object, ...]:
        """All it shows, as plain values whose ``repr`` is exact."""
        return self.digest, self.choix

    def view(self) -> FacettesView:
        """The facets as the page shows them."""
        return choosing(self.vue, self.choix) if self.choix else self.vue

    def on(self, pair: Pair) -> Panel:
        """The same on the page of a value."""
        return replace(self, choix=pair)


def panels_of(site: Site, found: Narrowed) -> tuple[Panel, Panel] | None:
    """The facets of the first page of a list, which tell how many contents have each value, and
    those of every other page, which do not: counts change with every edit."""
    if not found.shown:
        return None
    return _panel(site, found, True), _panel(site, found, False)


def _panel(site: Site, found: Narrowed, counted: bool) -> Panel:
    listing = found.liste.url
    count = found.counts.__getitem__ if counted else None
    facettes = (
        facette_of(facet, values, found.page_of, count)
        for facet, values in offered(found, site.geography)
    )
    directory = found.liste.kind is Kind.LIEU
    near = COMMUNES if (directory or found.liste is TOOLS) and site.geography.home else ""
    uses = tuple(_uses(found)) if directory else ()
    view = FacettesView(listing, data_of(listing), tuple(facettes), "", uses, near)
    return Panel(view, digest_bytes(repr(view).encode()))


def _uses(found: Narrowed) -> Iterator[Lien]:
    """Ready-made choices of the directory: what one looks for in it."""
    for facet, values in found.shown:
        for value in values if facet.cle == "pour" else ():
            pair = facet.cle, value.code
            if url := found.page_of(pair):
                yield Lien(value.label, url, "=".join(pair))
