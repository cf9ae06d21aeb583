"""The list of each kind, and its archives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from portail.model.kinds import Kind
from portail.outputs.pages import page_context
from portail.outputs.pages.cards import asked, card_of
from portail.outputs.pages.follow_links import kept_informed, linked_feeds
from portail.outputs.pages.lists import indexes
from portail.outputs.pages.lists.paging import Group, Grouped, Listing, last_change
from portail.outputs.pages.maps.atlas import Placed, directory_map
from portail.outputs.pages.section_links import trade_links
from portail.outputs.pages.slots import AGENDA_FORMS, AGENDA_YEARS, LIST_BAR, LIST_MORE
from portail.outputs.pages.views.shared import Lien, MapView, Vide
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.showings import family_of
from portail.site.site import Site
from portail.site.urls import HOME, archives_of
from portail.text.typography import nombre, plain


def places_map(site: Site, refs: Sequence[str]) -> tuple[MapView | None, Mapping[str, int]]:
    """Where the places that a page lists are, and the number of the point of each that has one."""
    placed = [
        Placed(ref, Lien(plain(card.titre), card.url), card.theme, commune)
        for ref in refs
        if (commune := site.items[ref].commune)
        for card in (card_of(site, ref),)
    ]
    return directory_map(placed, page_context.context_of(site).atlas)


_DENSE = 8
"""Names of one line: so many times the cards of a page (192 for 24)."""
_HOME = Lien("Accueil", HOME)


@per_site
def kind_lists(site: Site, kind: Kind) -> tuple[Listing, ...]:
    """The list of a kind that holds something, and the archives of one that ends."""
    items = site.for_all(kind)
    if not kind.info.lead or not items:
        return ()
    past = [item for item in items if item.passe]
    first = _first(site, kind, [item for item in items if not item.passe], past)
    return (first, _archives(site, kind, past, first)) if past else (first,)


def _first(site: Site, kind: Kind, items: Sequence[Item], past: Sequence[Item]) -> Listing:
    info = kind.info
    size = site.config.taille_page
    named = kind is Kind.LIEU or (info.actor and len(items) > size)
    arrange = _directory if kind is Kind.LIEU else _by_letter if named else _together
    arranged = partial(arrange, site, kind)
    grouped = arranged(items)
    if kind is Kind.TERRITOIRE:
        groups = indexes.by_territory(items, site)
        grouped = Grouped(groups, indexes.kinds_index(groups))
    listing = Listing(
        url=info.listing,
        titre=info.rubrique,
        chapo=info.lead,
        kind=kind.value,
        nombre=f"{nombre(len(items))} {info.counted(len(items))}",
        groups=grouped.groups,
        index=grouped.index,
        rangement=arranged,
        fil=(_HOME,),
        rubrique=info.listing,
        taille=size * _DENSE if named or kind is Kind.TERRITOIRE else size,
        voisins=_others(site, kind, past),
        vide=None if items else _nothing(site, kind, past),
        presentations=tuple(AGENDA_FORMS.ask(site)) if kind.info.dated else (),
        change=None if info.coming else last_change(items),
        flux=linked_feeds(site, info.listing),
    )
    if kind is not Kind.LIEU:
        return listing
    buttons = page_context.contribution(site, kind, "Ajouter un lieu")
    drawn = partial(places_map, site)
    return replace(listing, template="annuaire.html", carte=drawn, boutons=buttons)


def _together(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    form = "lignes" if kind.info.coming else kind.info.layout or "cartes"
    cards = asked(items)
    ahead = bool(kind.info.coming)
    return Grouped([Group(kind.info.rubrique, cards, form, avenir=ahead)])


def _by_letter(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    """Names by letter; an index of the letters when there are many."""
    groups = indexes.by_letter(items, site)
    many = len(items) > site.config.taille_page
    return Grouped(groups, indexes.alphabet(groups) if many else ())


def _directory(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    """Where one goes first, then structures by letter, with the index of these."""
    families = indexes.by_family(items, site)
    structures = [item for item in items if not family_of(item.entry, site.vocabularies)]
    letters = _by_letter(site, kind, structures)
    return Grouped([*families, *letters.groups], letters.index)


def _others(site: Site, kind: Kind, past: Sequence[Item]) -> tuple[Lien, ...]:
    """What is over, other views of the same, other pages that gather some of it."""
    return (
        *((Lien(kind.info.archives, archives_of(kind)),) if past else ()),
        *LIST_BAR.ask(site, kind),
        *(trade_links(site) if kind is Kind.ARTICLE else ()),
        *LIST_MORE.ask(site, kind),
    )


def _nothing(site: Site, kind: Kind, past: Sequence[Item]) -> Vide:
    """An empty list: what was last in it, its archives, how to fill it."""
    info = kind.info
    last = card_of(site, past[0].ref)
    count = Lien(f"{info.archives} ({nombre(len(past))})", archives_of(kind))
    near = Lien(plain(last.titre), last.url, "".join(last.details[:1]).lower())
    feeds = linked_feeds(site, info.listing)
    told = kept_informed(feeds, site.ways(info.listing).calendar)
    ways = (count, *told, *page_context.contribution(site, kind))
    return Vide(info.empty, page_context.WORDS["listes"]["dernier"], ways, near)


def _archives(site: Site, kind: Kind, past: Sequence[Item], first: Listing) -> Listing:
    info = kind.info
    years = tuple(AGENDA_YEARS.ask(site)) if kind.info.dated else ()
    trade = trade_links(site) if kind.info.dated else ()
    return replace(
        first,
        url=archives_of(kind),
        titre=info.archives,
        chapo=page_context.WORDS["listes"]["archives"],
        nombre=f"{nombre(len(past))} {info.counted(len(past))}",
        groups=indexes.by_month(past, site),
        fil=(_HOME, Lien(info.rubrique, info.listing)),
        voisins=(Lien(info.coming, info.listing), *years, *trade),
        vide=None,
        calendrier="",
        presentations=(),
    )
