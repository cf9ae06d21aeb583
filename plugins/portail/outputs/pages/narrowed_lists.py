"""A list with its facets, and the list of each of their values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portail.outputs.base import TemplatePage
from portail.outputs.pages.about import about
from portail.outputs.pages.facet_words import list_words
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.list_facets import panels_of
from portail.outputs.pages.paging import Listing, last_change
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.views.shared import Lien, Vide
from portail.site.facets import Facet, Value
from portail.site.lists import NarrowedList
from portail.site.narrowed import Narrowed, narrowed
from portail.site.site import Site
from portail.site.urls import HOME, facet_of
from portail.text.numbers import nombre

__all__ = ["folders_of_values", "narrowed_to"]


def narrowed_to(site: Site, first: Listing, liste: NarrowedList) -> Iterator[Listing]:
    """A list, ``first``, with its facets, then that of each of the values that enough of its
    contents have or had: an address stays when what it told is over."""
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
    for cle in (facet.cle for facet, _ in found.kept if not facet.bascule) if found else ():
        yield redirect_page(site, facet_of(first.url, cle), first.url, first.titre)


def _value(first: Listing, found: Narrowed, site: Site, facet: Facet, value: Value) -> Listing:
    """The list of one value: that of its kind, with what has it."""
    pair, liste = (facet.cle, value.code), found.liste
    items = found.of(pair)
    words = list_words(liste, facet, value, site.geography, site.config.region)
    url = liste.page_of(pair)
    assert first.rangement
    grouped = first.rangement(items)
    everything = Lien(liste.all_of_it, first.url)
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
        vide=None if items else _nothing(first, liste, everything),
        theme=value.code if facet.cle == "theme" else "",
        change=last_change(items) if first.change else None,
        flux=linked_feeds(site, url, first.url),
        donnees=(),
    )


def _nothing(first: Listing, liste: NarrowedList, everything: Lien) -> Vide:
    """What the page of a value says when all that it told is over."""
    return Vide(f"{liste.none_of_it} en ce moment", issues=(everything, *first.voisins))
