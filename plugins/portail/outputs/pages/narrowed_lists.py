"""A list with its facets, and the list of each of their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from portail.outputs.base import TemplatePage
from portail.outputs.pages.about import about
from portail.outputs.pages.facet_words import list_words
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.list_facets import panels_of
from portail.outputs.pages.paging import Grouped, Listing, last_change, plan_pages
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.views import Card, Frame, Lien, Vide
from portail.site.facets import Facet, Value
from portail.site.lists import NarrowedList
from portail.site.narrowed import Narrowed, narrowed
from portail.site.site import Item, Site
from portail.site.urls import HOME, facet_of
from portail.text.numbers import nombre

__all__ = ["plan_narrowed"]


def plan_narrowed(
    first: Listing, liste: NarrowedList, site: Site, frame: Frame, cards: Mapping[str, Card]
) -> Iterator[TemplatePage]:
    """The pages of a list, ``first``, and of the values that enough of its contents have or had:
    an address stays when what it told is over."""
    found = narrowed(site, liste)
    if found is None:
        yield from plan_pages(first, frame)
        return
    panels = panels_of(site, found)
    yield from plan_pages(replace(first, facettes=panels), frame)
    for facet, value in found.pairs():
        listing = _value(first, found, site, facet, value, cards)
        if panels:
            panel = panels[1].on((facet.cle, value.code))
            listing = replace(listing, facettes=(panel, panel))
        yield from plan_pages(listing, frame)
    for cle in (facet.cle for facet, _ in found.kept if not facet.bascule):
        yield redirect_page(facet_of(first.url, cle), first.url, first.titre, frame)


def _value(
    first: Listing,
    found: Narrowed,
    site: Site,
    facet: Facet,
    value: Value,
    cards: Mapping[str, Card],
) -> Listing:
    """The list of one value: that of its kind, with what has it."""
    pair, liste = (facet.cle, value.code), found.liste
    items = found.of(pair)
    words = list_words(liste, facet, value, site.geography, site.config.region)
    url = liste.page_of(pair)
    grouped = _grouped(first, items, cards)
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


def _grouped(first: Listing, items: Sequence[Item], cards: Mapping[str, Card]) -> Grouped:
    """Some contents of a list, grouped as it is."""
    if first.rangement:
        return first.rangement(items)
    (group,) = first.groups
    return Grouped([replace(group, cards=tuple(cards[item.ref] for item in items))])


def _nothing(first: Listing, liste: NarrowedList, everything: Lien) -> Vide:
    """What the page of a value says when all that it told is over."""
    return Vide(f"{liste.none_of_it} en ce moment", issues=(everything, *first.voisins))
