"""The list of each kind and its archives, of each theme, of what is for the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from portail.model.kinds import Kind, info_of, kept, where
from portail.outputs.pages.views.shared import PageView, page_view
from portail.resources import rows
from portail.site.counts import current, told
from portail.site.indexes import LISTS, NarrowedList
from portail.site.item import Item
from portail.site.kind_tables import OfKind
from portail.site.lists import page_of_value
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.slots import NARROWED
from portail.site.urls import AGENDA, CATALOGUE, THEMES, TRADE, archives_of, empreinte_of, theme_of
from portail.text.typography import capital, nombre, plain

from ...base import SitemapHint, TemplatePage, drawn
from ..cards import asked, card_of
from ..frame import ACCUEIL, contribution, kept_informed, linked_feeds, page_of, trade_links
from ..slots import AGENDA_FORMS, AGENDA_YEARS, LIST_MORE, LIST_PAGES
from ..views.shared import Lien, Vide
from ..words import WORDS
from .paging import (
    Group,
    Grouped,
    Listing,
    by_kind,
    by_letter,
    by_month,
    last_change,
    listed,
    plan_lists,
)


class OwnList(NamedTuple):
    """The list of a kind in its way."""

    # Its contents in groups, dense enough for a page to hold many.
    arrange: Callable[[Site, Kind, Sequence[Item]], Grouped] | None = None
    # What else it has.
    complete: Callable[[Site, Listing], Listing] = lambda site, listing: listing


# How the list of a kind is made, where it is not as others are.
OWN_LIST: OfKind[OwnList] = OfKind("OWN_LIST")

# Names of one line: so many times the cards of a page (192 for 24).
_DENSE = 8
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


@listed
def _lists(site: Site, name: str) -> Iterator[Listing]:
    for listing in kind_lists(site, Kind(name)):
        liste = _NARROWED.get(listing.url)
        yield from (liste and [*NARROWED.ask(site, listing, liste)]) or [listing]


@per_site
def kind_lists(site: Site, kind: Kind) -> tuple[Listing, ...]:
    items = told(site, kind)
    if not kind.info.lead or not items:
        return ()
    past = [item for item in items if item.is_over]
    first = _first(site, kind, past)
    if past:
        return (first, _archives(site, kind, past, first))
    return (first,)


def _first(site: Site, kind: Kind, past: Sequence[Item]) -> Listing:
    info = kind.info
    items = current(site, kind)
    own = OWN_LIST.of(site.features, kind) or OwnList()
    named = info.actor and len(items) > site.config.taille_page
    arranged = partial(own.arrange or (by_letter if named else _together), site, kind)
    listing = Listing(
        url=info.listing,
        titre=info.rubrique,
        chapo=info.lead,
        kind=kind.value,
        nombre=f"{nombre(len(items))} {info.counted(len(items))}",
        grouped=arranged(items),
        rangement=arranged,
        rubrique=info.listing,
        taille=_DENSE if named or own.arrange else 1,
        voisins=_others(site, kind, past),
        vide=None if items else _nothing(site, kind, past),
        presentations=tuple(AGENDA_FORMS.ask(site)) if info.listing == AGENDA else (),
        change=None if info.coming else last_change(items),
        flux=linked_feeds(site, info.listing),
    )
    return own.complete(site, listing)


def _together(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    info = kind.info
    form = "lignes" if info.coming else info.layout or "cartes"
    return Grouped([Group(info.rubrique, asked(items), form, avenir=bool(info.coming))])


def _others(site: Site, kind: Kind, past: Sequence[Item]) -> tuple[Lien, ...]:
    return (
        *((Lien(kind.info.archives, archives_of(kind)),) if past else ()),
        *(trade_links(site) if kind.info.to_read else ()),
        *LIST_MORE.ask(site, kind),
    )


def _nothing(site: Site, kind: Kind, past: Sequence[Item]) -> Vide:
    info = kind.info
    last = card_of(site, past[0].ref)
    count = Lien(f"{info.archives} ({nombre(len(past))})", archives_of(kind))
    near = Lien(plain(last.titre), last.url, "".join(last.details[:1]).lower())
    feeds = linked_feeds(site, info.listing)
    informed = kept_informed(feeds, site.ways(info.listing).calendar)
    ways = (count, *informed, *contribution(site, kind))
    return Vide(info.empty, WORDS["listes"]["dernier"], ways, near)


def _archives(site: Site, kind: Kind, past: Sequence[Item], first: Listing) -> Listing:
    info = kind.info
    near = [Lien(info.coming, info.listing)]
    if info.listing == AGENDA:
        near += [*AGENDA_YEARS.ask(site), *trade_links(site)]
    return replace(
        first,
        url=archives_of(kind),
        titre=info.archives,
        chapo=WORDS["listes"]["archives"],
        nombre=f"{nombre(len(past))} {info.counted(len(past))}",
        grouped=by_month(past, site),
        fil=(ACCUEIL, Lien(info.rubrique, info.listing)),
        voisins=tuple(near),
        vide=None,
        calendrier="",
        langues=(),
        presentations=(),
    )


def plan_themes(site: Site) -> Iterator[TemplatePage]:
    used = _used(site)
    for code in used:
        yield from plan_lists(_theme, site, code)
    if used:
        yield drawn(site, THEMES, "themes.html", _show_themes, sitemap=SitemapHint())


def _used(site: Site) -> list[str]:
    return [code for code in site.vocabularies["themes"] if code in site.indexes.by_theme]


def _items(site: Site, code: str) -> list[Item]:
    return [*map(site.untitled, site.indexes.by_theme[code])]


@listed
def _theme(site: Site, code: str) -> Iterator[Listing]:
    items = _items(site, code)
    url = theme_of(code)
    label = capital(site.vocabularies.label("themes", code))
    grouped = by_kind(items, site, partial(_whole, site, code))
    short = tuple(_short(grouped.groups, site.config.taille_page))
    yield Listing(
        url=url,
        titre=label,
        voisins=_ways(site, code),
        chapo=WORDS["listes"]["chapo"].format(nom=label),
        kind="themes",
        nombre=f"{nombre(len(items))} contenu{'s' * (len(items) > 1)}",
        grouped=replace(grouped, groups=short),
        theme=code,
        fil=(ACCUEIL, Lien("Thèmes", THEMES)),
        flux=linked_feeds(site, url),
        taille=2,
        change=last_change(items),
    )


def _whole(site: Site, code: str, kind: Kind, over: bool) -> Lien | None:
    # What a list tells whole: what is over, of all themes; else what is of this one.
    info = kind.info
    if over:
        ended = info.lead and any(
            item.is_over and not item.reseau for item in site.untitled_of([kind])
        )
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
    return plan_lists(_trade, site)


@listed
def _trade(site: Site) -> Iterator[Listing]:
    items = site.trade()
    if not items:
        return
    words = rows("pages")["vie-du-reseau"]
    yield Listing(
        url=TRADE,
        titre=words["titre"],
        chapo=words["chapo"],
        kind=info_of(where(lambda info: info.to_read)).folder,
        nombre=f"{nombre(len(items))} contenu{'s' * (len(items) > 1)}",
        grouped=by_kind(items, site),
        taille=2,
        change=last_change(items),
        flux=linked_feeds(site, TRADE),
    )


@answer
def _ways(site: Site, code: str) -> tuple[Lien, ...]:
    pair = ("theme", code)
    ways = {
        WORDS["listes"]["agenda"]: site.ahead.page_of(pair),
        WORDS["listes"]["outils"]: page_of_value(site, CATALOGUE, pair)[0],
    }
    return tuple(Lien(text, url) for text, url in ways.items() if url)


def _show_themes(site: Site) -> PageView:
    return page_view(
        **page_of(site, "themes", THEMES),
        flux=linked_feeds(site, THEMES),
        themes=tuple((code, *_theme_row(site, code)) for code in _used(site)),
    )


def _theme_row(site: Site, code: str) -> tuple[Lien, str]:
    label = capital(site.vocabularies.label("themes", code))
    return Lien(label, theme_of(code), nombre(len(_items(site, code)))), empreinte_of(code, 1)
