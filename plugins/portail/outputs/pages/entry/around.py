"""Cards around a content: the place, what is next there, what names it, what to read next."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from portail.model.articles import Annonce
from portail.model.event import Event
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.page_context import PARTS, WORDS
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien
from portail.site.editions import children_of
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.relations import next_of, reading
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.site.urls import theme_of

_CARDS = 3
_NEAR = {"parent", "lieu", "territoire"}
_SUITES = 2


class Autour(Struct, frozen=True):
    """``suites`` stand in for an event that is over or off, ``lien`` is what they share."""

    bloc: Bloc | None = None
    lien: str = ""
    suites: tuple[Lien, ...] = ()


def autour_of(item: Item, site: Site) -> Autour:
    """What is around ``item``, without what its fields name nor what it contains."""
    excluded = (*item.targets, *(child.ref for child in children_of(item, site)))
    if isinstance(item.entry, Annonce):
        following = next_of(site, item.ref, _CARDS, excluded)
        shown = tuple(card_of(site, neighbour.ref) for neighbour in following)
        return Autour(Bloc(WORDS["blocs"]["annonces"], shown, avenir=True) if shown else None)
    if not isinstance(item.entry, Event):
        return Autour()
    place = site.lieu_of(item.entry)
    text = reading(site, item.ref)
    before = [place.ref] if place else []
    after = [text] if text else []
    following = next_of(site, item.ref, _CARDS - len(before) - len(after), excluded)
    refs = [*before, *(neighbour.ref for neighbour in following), *after]
    here = place or any(neighbour.lien in _NEAR for neighbour in following)
    title = "Sur place et autour" if here else "À voir aussi"
    bloc = Bloc(title, tuple(card_of(site, ref) for ref in refs), forme="lignes") if refs else None
    stopped = item.passe or item.entry.etat in ("annule", "complet")
    if not stopped or not following:
        return Autour(bloc)
    shared = following[0].lien
    nearest = [card_of(site, neighbour.ref) for neighbour in following if neighbour.lien == shared][
        :_SUITES
    ]
    links = (Lien(card.titre, card.url, card.details[0]) for card in nearest)
    return Autour(bloc, PARTS["ici"][shared], tuple(links))


def about(site: Site, pair: Pair) -> Iterator[Lien]:
    """Links to the page of a theme, or of a territory that has one."""
    cle, code = pair
    if cle == "theme":
        yield Lien(WORDS["listes"]["theme"], theme_of(code))
    territory = site.geography.territoire(code) if cle in ("departement", "epci") else None
    page = site.territory_url(territory_code(territory)) if territory else ""
    if page:
        yield Lien("Tout sur ce territoire", page)
