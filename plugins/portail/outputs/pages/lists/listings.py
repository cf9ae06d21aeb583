"""Lists of each kind, of archives, of themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from portail.model.kinds import Kind, info_of, kept, where
from portail.resources import rows
from portail.site.indexes import LISTS, NarrowedList
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.narrowed import page_of_value
from portail.site.site import Site
from portail.site.slots import NARROWED
from portail.site.urls import (
    CATALOGUE,
    HOME,
    THEMES,
    TRADE,
    archives_of,
    empreinte_of,
    theme_of,
)
from portail.text.typography import capital, nombre

from ...base import SitemapHint, TemplatePage, drawn
from ..frame import linked_feeds, page_of
from ..slots import LIST_PAGES
from ..views.lists import ThemesView
from ..views.shared import Lien
from ..words import WORDS
from .kind_lists import kind_lists
from .paging import Group, Listing, Pages, by_kind, kinds_index, last_change

_HOME = Lien("Accueil", HOME)
_NARROWED = kept(dict[str, NarrowedList](), lambda: {liste.url: liste for liste in LISTS})


def plan_listing(site: Site, name: str) -> Iterator[TemplatePage]:
    """The list of a kind that holds something, and the archives of one that ends, but the pages of
    those that a feature draws."""
    listings = kind_lists(site, Kind(name))
    by_features = {listing.url: [*LIST_PAGES.ask(site, listing.url)] for listing in listings}
    for pages_of_feature in by_features.values():
        yield from pages_of_feature
    for url, pages in _lists(site, name).items():
        if not by_features.get(url):
            yield from pages.plan(_lists, name)


@per_site
def _lists(site: Site, name: str) -> Mapping[str, Pages]:
    listings = []
    for listing in kind_lists(site, Kind(name)):
        liste = _NARROWED.get(listing.url)
        listings += (liste and [*NARROWED.ask(site, listing, liste)]) or [listing]
    return {listing.url: Pages(site, listing) for listing in listings}


def plan_themes(site: Site) -> Iterator[TemplatePage]:
    used = _used(site)
    for code in used:
        yield from _theme(site, code)[theme_of(code)].plan(_theme, code)
    if used:
        yield drawn(site, THEMES, "themes.html", _show_themes, sitemap=SitemapHint())


def _used(site: Site) -> list[str]:
    return [code for code in site.vocabularies["themes"] if code in site.indexes.by_theme]


def _items(site: Site, code: str) -> list[Item]:
    return [site.items[ref] for ref in site.indexes.by_theme[code]]


@per_site
def _theme(site: Site, code: str) -> Mapping[str, Pages]:
    items = _items(site, code)
    url = theme_of(code)
    label = capital(site.vocabularies.label("themes", code))
    groups = by_kind(items, site, partial(_whole, site, code))
    listing = Listing(
        url=url,
        titre=label,
        voisins=_ways(site, code),
        chapo=WORDS["listes"]["chapo"].format(nom=label),
        kind="themes",
        nombre=f"{nombre(len(items))} contenu{'s' * (len(items) > 1)}",
        groups=[*_short(groups, site.config.taille_page)],
        index=kinds_index(groups),
        theme=code,
        rubrique="",
        fil=(_HOME, Lien("Thèmes", THEMES)),
        flux=linked_feeds(site, url),
        taille=2 * site.config.taille_page,
        change=last_change(items),
    )
    return {url: Pages(site, listing)}


def _whole(site: Site, code: str, kind: Kind, over: bool) -> Lien | None:
    # What a list tells whole: what is over, of all themes; else what is of this one.
    info = kind.info
    if over:
        ended = info.lead and any(item.is_over for item in site.for_all(kind))
        text = WORDS["listes"]["tous_themes"].format(liste=info.archives)
        if ended:
            return Lien(text, archives_of(kind))
        return None
    pair = ("theme", code)
    own = site.ahead.page_of(pair) if info.dated else page_of_value(site, info.listing, pair)[0]
    if own:
        return Lien("Tout voir", own)
    return None


def _short(groups: Sequence[Group], most: int) -> Iterator[Group]:
    # One that stands alone has no title, which would lead to the others.
    for group in groups:
        cut = group.tous and len(groups) > 1 and len(group.cards) > most
        yield replace(group, cards=group.cards[:most]) if cut else replace(group, tous=None)


def plan_trade(site: Site) -> Iterator[TemplatePage]:
    for pages in _trade(site).values():
        yield from pages.plan(_trade)


@per_site
def _trade(site: Site) -> Mapping[str, Pages]:
    items = site.trade()
    if not items:
        return {}
    words = rows("pages")["vie-du-reseau"]
    groups = by_kind(items, site)
    listing = Listing(
        url=TRADE,
        titre=words["titre"],
        chapo=words["chapo"],
        kind=info_of(where(lambda info: info.to_read)).folder,
        nombre=f"{nombre(len(items))} contenu{'s' * (len(items) > 1)}",
        groups=groups,
        index=kinds_index(groups),
        rubrique="",
        fil=(_HOME,),
        taille=2 * site.config.taille_page,
        change=last_change(items),
        flux=linked_feeds(site, TRADE),
    )
    return {TRADE: Pages(site, listing)}


@answer
def _ways(site: Site, code: str) -> tuple[Lien, ...]:
    pair = ("theme", code)
    ways = {
        WORDS["listes"]["agenda"]: site.ahead.page_of(pair),
        WORDS["listes"]["outils"]: page_of_value(site, CATALOGUE, pair)[0],
    }
    return tuple(Lien(text, url) for text, url in ways.items() if url)


def _show_themes(site: Site) -> ThemesView:
    return ThemesView(
        **page_of(site, "themes", THEMES),
        flux=linked_feeds(site, THEMES),
        themes=tuple((code, *_theme_row(site, code)) for code in _used(site)),
    )


def _theme_row(site: Site, code: str) -> tuple[Lien, str]:
    label = capital(site.vocabularies.label("themes", code))
    return Lien(label, theme_of(code), nombre(len(_items(site, code)))), empreinte_of(code, 1)
