"""The facets that stand beside a list."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.entry.around import about
from portail.outputs.pages.frame import redirect_page
from portail.outputs.pages.kit import linked_feeds
from portail.outputs.pages.lists.facettes import facette_of, list_words, offered
from portail.outputs.pages.lists.paging import Listing, last_change
from portail.outputs.pages.views.lists import FacettesView
from portail.outputs.pages.views.shared import Lien, Vide
from portail.site.facets import Facet, Value
from portail.site.indexes import OFFERS, TOOLS, NarrowedList
from portail.site.narrowed import Narrowed, narrowed
from portail.site.outside import communes_file
from portail.site.site import Site
from portail.site.urls import HOME, data_of, facet_of
from portail.text.typography import nombre


def panels_of(site: Site, found: Narrowed) -> tuple[FacettesView, FacettesView] | None:
    """The facets of the first page of a list, with counts, and of the others, without: counts
    change with every edit."""
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
    near = (
        communes_file(site)
        if (directory or found.liste in (TOOLS, OFFERS)) and site.geography.home
        else ""
    )
    uses = tuple(_uses(found)) if directory else ()
    return FacettesView(listing, data_of(listing), tuple(facettes), "", uses, near)


def _uses(found: Narrowed) -> Iterator[Lien]:
    """Ready-made choices of the directory: what one looks for in it."""
    for facet, values in found.shown:
        for value in values if facet.cle == "pour" else ():
            pair = facet.cle, value.code
            if url := found.page_of(pair):
                yield Lien(value.label, url, "=".join(pair))


def narrowed_to(site: Site, first: Listing, liste: NarrowedList) -> Iterator[Listing]:
    """A list with its facets, then that of each value that is or was held: addresses stay."""
    found = narrowed(site, liste)
    if found is None:
        yield first
        return
    panels = panels_of(site, found)
    yield replace(first, facettes=panels)
    for facet, value in found.pairs():
        listing = _value(first, found, site, facet, value)
        if panels:
            pair = facet.cle, value.code
            listing = replace(listing, facettes=(panels[1], panels[1]), choix=pair)
        yield listing


def folders_of_values(site: Site, first: Listing, liste: NarrowedList) -> Iterator[TemplatePage]:
    """The folder of the values of each facet leads to the list."""
    found = narrowed(site, liste)
    for facet, _ in found.kept if found else ():
        if not facet.bascule and not facet.sur_place:
            yield redirect_page(site, facet_of(first.url, facet.cle), first.url, first.titre)


def _value(first: Listing, found: Narrowed, site: Site, facet: Facet, value: Value) -> Listing:
    """The list of one value: that of its kind, with what has it."""
    pair, liste = (facet.cle, value.code), found.liste
    items = found.of(pair)
    words = list_words(liste.url, facet, value, site)
    url = liste.page_of(pair)
    assert first.rangement
    grouped = first.rangement(items)
    everything, nothing = Lien(liste.all_of_it, first.url), f"{liste.none_of_it} en ce moment"
    return replace(
        first,
        url=url,
        titre=words.titre,
        chapo=words.description,
        nombre=f"{nombre(len(items))} {liste.counted(len(items))}",
        groups=grouped.groups,
        index=grouped.index,
        fil=(Lien("Accueil", HOME), Lien(first.titre, first.url)),
        voisins=(everything, *about(site, pair)),
        vide=None if items else Vide(nothing, issues=(everything, *first.voisins)),
        theme=value.code if facet.cle == "theme" else "",
        change=last_change(items) if first.change else None,
        flux=linked_feeds(site, url, first.url),
        calendrier="",
    )
