"""The list of each kind, and its archives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.kind_tables import OfKind
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.tally import current, told
from portail.site.urls import AGENDA, HOME, archives_of
from portail.text.typography import nombre, plain

from ..cards import asked, card_of
from ..frame import contribution, kept_informed, linked_feeds, trade_links
from ..slots import AGENDA_FORMS, AGENDA_YEARS, LIST_MORE
from ..views.shared import Lien, Vide
from ..words import WORDS
from . import paging
from .paging import Group, Grouped, Listing, last_change


class OwnList(NamedTuple):
    """The list of a kind in its way."""

    # Its contents in groups, dense enough for a page to hold many.
    arrange: Callable[[Site, Kind, Sequence[Item]], Grouped] | None = None
    # What else it has.
    complete: Callable[[Site, Listing], Listing] | None = None


# How the list of a kind is made, where it is not as others are.
OWN_LIST: OfKind[OwnList] = OfKind("OWN_LIST")

# Names of one line: so many times the cards of a page (192 for 24).
_DENSE = 8
_HOME = Lien("Accueil", HOME)


@per_site
def kind_lists(site: Site, kind: Kind) -> tuple[Listing, ...]:
    items = told(site, kind)
    if not kind.info.lead or not items:
        return ()
    past = [item for item in items if item.is_over]
    first = _first(site, kind, current(site, kind), past)
    if past:
        return (first, _archives(site, kind, past, first))
    return (first,)


def _first(site: Site, kind: Kind, items: Sequence[Item], past: Sequence[Item]) -> Listing:
    info = kind.info
    size = site.config.taille_page
    own = OWN_LIST.of(site.features, kind) or OwnList()
    named = info.actor and len(items) > size
    arranged = partial(own.arrange or (by_letter if named else _together), site, kind)
    grouped = arranged(items)
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
        taille=size * _DENSE if named or own.arrange else size,
        voisins=_others(site, kind, past),
        vide=None if items else _nothing(site, kind, past),
        presentations=tuple(AGENDA_FORMS.ask(site)) if info.listing == AGENDA else (),
        change=None if info.coming else last_change(items),
        flux=linked_feeds(site, info.listing),
    )
    if own.complete:
        return own.complete(site, listing)
    return listing


def _together(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    form = "lignes" if kind.info.coming else kind.info.layout or "cartes"
    cards = asked(items)
    ahead = bool(kind.info.coming)
    return Grouped([Group(kind.info.rubrique, cards, form, avenir=ahead)])


def by_letter(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    groups = paging.by_letter(items, site)
    many = len(items) > site.config.taille_page
    return Grouped(groups, paging.alphabet(groups) if many else ())


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
        groups=paging.by_month(past, site),
        fil=(_HOME, Lien(info.rubrique, info.listing)),
        voisins=tuple(near),
        vide=None,
        calendrier="",
        langues=(),
        presentations=(),
    )
