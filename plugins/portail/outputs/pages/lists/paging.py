"""A list cut in pages: its groups, its index, its empty state.

How lists are grouped: names by letter, contents by month, by territory, by kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, wraps
from itertools import chain, groupby
from string import ascii_uppercase
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.when import ends_of, leaf_of
from portail.model.kinds import Kind
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.memo import answer, own_answer, per_site
from portail.site.site import Site
from portail.site.urls import page_of
from portail.text.dates import mois
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre

from ...base import Shown, SitemapHint, TemplatePage, drawn, reader_of, view_of
from ..cards import Asked, asked, made
from ..frame import ACCUEIL, frame_of
from ..views.lists import Bloc, Card, FacettesView, ListingView
from ..views.shared import FluxLie, Lien, MapView, Ouvert, Pagination, Vide


class Group(Struct, frozen=True):
    """Cards under a title; ``ancre`` is where an index leads, ``notes`` are said beside each,
    ``tous`` leads to those that are not shown.
    """

    titre: str
    cards: Sequence[Card | Asked]
    forme: str = "cartes"
    ancre: str = ""
    notes: Sequence[str] = ()
    avenir: bool = False
    fins: Sequence[date | None] = ()
    tous: Lien | None = None


class Grouped(Struct, frozen=True):
    """Contents in groups, and the index that leads to these."""

    groups: Sequence[Group] = ()
    index: Sequence[Lien] = ()


class Listing(Struct, frozen=True, kw_only=True):
    """One list. A page has ``taille`` times as many cards as others have, ``change`` is the last
    day a content changed (``None`` where time changes it too), ``choix`` the value it is narrowed
    to, ``rangement`` groups some contents, ``carte`` draws the map of a page, ``dessins`` its
    places.
    """

    url: str
    titre: str
    chapo: str
    kind: str
    grouped: Grouped
    nombre: str = ""
    fil: tuple[Lien, ...] = (ACCUEIL,)
    rubrique: str = ""
    taille: int = 1
    facettes: tuple[FacettesView, FacettesView] | None = None
    choix: Pair | None = None
    voisins: tuple[Lien, ...] = ()
    vide: Vide | None = None
    theme: str = ""
    presentations: tuple[Lien, ...] = ()
    calendrier: str = ""
    change: date | None = None
    embarquer: str = ""
    flux: tuple[FluxLie, ...] = ()
    template: str = "listing.html"
    rangement: Callable[[Sequence[Item]], Grouped] | None = None
    carte: Callable[[Sequence[str]], tuple[MapView | None, Mapping[str, int]]] | None = None
    dessins: Callable[[Sequence[str]], Mapping[str, Ouvert]] | None = None
    boutons: tuple[Lien, ...] = ()
    langues: tuple[tuple[str, str, str], ...] = ()

    def shown(self, site: Site, number: int, urls: tuple[str, ...]) -> dict[str, Any]:
        """What a view says as the list does, on its page ``number``."""
        first = number == 1
        return {
            **{name: getattr(self, name) for name in _SHOWN},
            "cadre": frame_of(site),
            "titre": self.titre if first else f"{self.titre}, page {number}",
            "description": self.chapo,
            "url": urls[number - 1],
            "langues": self.langues if first else (),
            "pagination": Pagination(number, len(urls), urls),
        }


P = ParamSpec("P")

# Fields of a list that its views have too.
_SHOWN = (
    *("fil", "rubrique", "chapo", "kind", "nombre", "voisins", "vide", "theme", "presentations"),
    *("calendrier", "embarquer", "flux", "boutons"),
)
# Cards of the pages that follow the first one, whose reader looks for something further: so many
# times those of a page, at least.
_OTHERS = 4
# Rank of its group, rank in it.
_Row = tuple[int, int]
# A page without its cards, and these by block.
_Told = tuple[ListingView, tuple[Sequence[Card | Asked], ...]]


def page_urls(url: str, count: int) -> tuple[str, ...]:
    """Addresses of the pages of a list; there is always one."""
    return tuple(page_of(url, number) for number in range(1, max(1, count) + 1))


def last_change(items: Iterable[Item]) -> date | None:
    return max((item.entry.jour for item in items if item.entry.jour), default=None)


class Pages(Struct, frozen=True, dict=True):
    site: Site
    listing: Listing

    @cached_property
    def _rows(self) -> Sequence[_Row]:
        rows: list[_Row] = []
        for rank, group in enumerate(self.listing.grouped.groups):
            rows += [(rank, number) for number in range(len(group.cards))]
        return rows

    @cached_property
    def _urls(self) -> tuple[str, ...]:
        return page_urls(self.listing.url, len(self._starts))

    @cached_property
    def _starts(self) -> Sequence[int]:
        size = self.site.config.taille_page
        most = self.listing.taille
        return 0, *range(most * size, len(self._rows), max(most, _OTHERS) * size)

    @cached_property
    def _index(self) -> tuple[Lien, ...]:
        pages = [bisect_right(self._starts, number) - 1 for number in range(len(self._rows))]
        return tuple(_index(self.listing, self._rows, [self._urls[page] for page in pages]))

    def plan(self, lists: Lists, *arguments: str) -> Iterator[TemplatePage]:
        """Its pages, by number; ``lists`` gives it again, by address, for ``arguments``."""
        named = lists.__module__, lists.__qualname__, *arguments, self.listing.url
        for number, url in enumerate(self._urls, start=1):
            hint = SitemapHint(None if number > 1 else self.listing.change)
            template = self.listing.template
            yield drawn(self.site, url, template, _show, *named, number, sitemap=hint)

    def told(self, number: int) -> _Told:
        """One of them, but for its cards."""
        listing = self.listing
        starts = (*self._starts, None)
        rows = self._rows[starts[number - 1] : starts[number]]
        panel = None
        if listing.facettes:
            panel = listing.facettes[number > 1]
        parts = [*_blocs(listing.grouped.groups, rows)]
        refs = (
            [card[1] for card in chain.from_iterable(cards for _, cards in parts)]
            if listing.carte or listing.dessins
            else ()
        )
        carte, numeros = listing.carte(refs) if listing.carte else (None, {})
        view = ListingView(
            **listing.shown(self.site, number, self._urls),
            blocs=tuple(bloc for bloc, _ in parts),
            index=self._index,
            facettes=panel.choosing(listing.choix) if panel and listing.choix else panel,
            carte=carte,
            numeros=numeros,
            dessins=listing.dessins(refs) if listing.dessins else {},
        )
        return view, tuple(cards for _, cards in parts)


# Gives the pages of lists of a site, by address.
Lists: TypeAlias = Callable[..., Mapping[str, Pages]]


def listed(make: Callable[Concatenate[Site, P], Iterable[Listing]]) -> Lists:
    """``make`` as what gives the pages of the lists that it makes; by position."""

    @per_site
    @wraps(make)
    def lists(site: Site, /, *args: P.args, **kwargs: P.kwargs) -> Mapping[str, Pages]:
        return {one.url: Pages(site, one) for one in make(site, *args, **kwargs)}

    return lists


def plan_lists(lists: Lists, site: Site, *arguments: str) -> Iterator[TemplatePage]:
    for pages in lists(site, *arguments).values():
        yield from pages.plan(lists, *arguments)


def _show(site: Site, *named: Any) -> ListingView:
    return filled(site, *_told(site, *named))


@own_answer
def _told(site: Site, module: str, function: str, *named: Any) -> _Told:
    *arguments, url, number = named
    lists = view_of(reader_of(site), Shown(module, function, (*arguments,)))()
    told: _Told = lists[url].told(number)
    return told


def filled(site: Site, view: ListingView, cards: Sequence[Any]) -> ListingView:
    rows = zip(view.blocs, cards, strict=True)
    return replace(view, blocs=tuple(replace(bloc, cartes=made(site, some)) for bloc, some in rows))


def _blocs(groups: Sequence[Group], rows: Sequence[_Row]) -> Iterator[tuple[Bloc, Sequence[Any]]]:
    for rank, members in groupby(rows, key=lambda row: row[0]):
        group = groups[rank]
        some = [number for _, number in members]
        bloc = Bloc(
            group.titre,
            (),
            forme=group.forme,
            notes=tuple(group.notes[number] for number in some if group.notes),
            url=group.tous.url if group.tous else "",
            lien=group.tous.texte if group.tous else "",
            ancre=group.ancre,
            avenir=group.avenir,
            fins=tuple(group.fins[number] for number in some if group.fins),
        )
        yield bloc, tuple(group.cards[number] for number in some)


def _index(listing: Listing, rows: Sequence[_Row], urls: Sequence[str]) -> Iterator[Lien]:
    # Each entry of the index leads to the page where its group begins; ``urls`` are those of the
    # pages of ``rows``.
    page_of_anchor: dict[str, str] = {}
    for (rank, *_), url in zip(rows, urls, strict=True):
        page_of_anchor.setdefault(listing.grouped.groups[rank].ancre, url)
    for entry in listing.grouped.index:
        anchor = entry.url
        url = ""
        if anchor in page_of_anchor:
            url = f"{page_of_anchor[anchor]}#{anchor}"
        yield Lien(entry.texte, url, entry.note)


# The letter of titles that begin with a figure or a sign.
_OTHER = "#"

_Key = TypeVar("_Key")


def by_letter(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    """Names by their first letter, each with how many of its events are to come."""
    by_first_letter = by_key(items, lambda item: letter_of(item.name))
    groups = [
        names_group(letter, anchor_of(letter), some, site)
        for letter, some in by_first_letter.items()
    ]
    many = len(items) > site.config.taille_page
    return Grouped(groups, alphabet(groups) if many else ())


def names_group(title: str, anchor: str, items: Sequence[Item], site: Site) -> Group:
    counts = [coming(site, item.ref) for item in items]
    notes = [f"{nombre(count)} à venir" if count else "" for count, _ in counts]
    ends = [end for _, end in counts]
    return Group(title, asked(items), "repertoire", anchor, notes, fins=ends)


def alphabet(groups: Iterable[Group]) -> list[Lien]:
    anchors = {group.titre: group.ancre for group in groups}
    return [Lien(letter, anchors.get(letter, "")) for letter in letters(anchors)]


def letters(used: Container[str]) -> tuple[str, ...]:
    """The letters of an index, that of figures and signs first if it is among ``used``."""
    return (*([_OTHER] if _OTHER in used else []), *ascii_uppercase)


def letter_of(name: str) -> str:
    letter = sort_key(name)[0][:1].upper()
    if letter and letter in ascii_uppercase:
        return letter
    return _OTHER


def anchor_of(letter: str) -> str:
    """Where an index of the page leads for a letter."""
    return f"Lettre-{'0' if letter == _OTHER else letter}"


def by_month(items: Sequence[Item], site: Site) -> Grouped:
    """What is over, by the month of its leaf, in the order of ``items``."""

    def month(item: Item) -> str:
        leaf = leaf_of(item, site)
        if leaf:
            return capital(mois(leaf.jour))
        return ""

    groups = by_key(items, month)
    return Grouped([Group(title, asked(some), "finies") for title, some in groups.items()])


def by_kind(
    items: Sequence[Item],
    site: Site,
    whole: Callable[[Kind, bool], Lien | None] = lambda kind, over: None,
) -> Grouped:
    """Contents by kind; those that are over come after, in a group of their own. ``whole`` leads
    to a list that tells a kind, or what is over of it, whole."""

    def key(item: Item) -> tuple[Kind, bool]:
        return item.entry.kind, item.is_over

    def group(kind: Kind, over: bool, some: list[Item]) -> Group:
        info = kind.info
        title = info.plusieurs
        sort = "Genre"
        form = info.cards
        if over:
            title = info.archives
            sort = "Fini"
            form = "finies"
        return Group(title, asked(some), form, f"{sort}-{kind.value}", tous=whole(kind, over))

    groups = by_key(sorted(items, key=lambda item: item.is_over), key)
    return counted(group(*key, some) for key, some in groups.items())


def counted(groups: Iterable[Group]) -> Grouped:
    """Groups, and an index of several that says how many each holds."""
    every = tuple(groups)
    links = [Lien(group.titre, group.ancre, nombre(len(group.cards))) for group in every]
    return Grouped(every, links if len(links) > 1 else ())


def by_key(items: Iterable[Item], key: Callable[[Item], _Key]) -> dict[_Key, list[Item]]:
    groups: dict[_Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


@answer
def coming(site: Site, ref: str) -> tuple[int, date | None]:
    """How many events that name a place or someone are to come, and until when they are as many."""
    return coming_among(site, map(site.items.__getitem__, site.indexes.by_target.get(ref, ())))


def coming_among(site: Site, items: Iterable[Item]) -> tuple[int, date | None]:
    events = [item for item in items if item.entry.kind.info.dated and not item.is_over]
    ends = (fin for event in events if (fin := ends_of(event, site).fin))
    return len(events), min(ends, default=None)
