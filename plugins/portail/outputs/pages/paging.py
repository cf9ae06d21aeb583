"""A list cut in pages: its groups, its index, what stands where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from portail.files import digest_bytes
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.list_facets import Panel
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.views import (
    Bloc,
    Card,
    FichierDonnees,
    FluxLie,
    Frame,
    Lien,
    ListingView,
    MapView,
    Pagination,
    Vide,
)
from portail.site.site import Item
from portail.site.urls import file_of, page_of

__all__ = ["Group", "Grouped", "ListMap", "Listing", "last_change", "page_urls", "plan_pages"]


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under a title; ``ancre`` is where an index leads, ``notes`` are said beside each,
    ``avenir`` and ``fins`` as of a ``Bloc``."""

    titre: str
    cards: Sequence[Card]
    forme: str = "cartes"
    ancre: str = ""
    notes: Sequence[str] = ()
    avenir: bool = False
    fins: Sequence[date | None] = ()


class ListMap(Protocol):
    """The map that stands beside each page of a list."""

    def shown(self, refs: Sequence[str]) -> object:
        """All that the map shows of these contents, as plain values whose ``repr`` is exact."""

    def draw(self, refs: Sequence[str]) -> tuple[MapView | None, Mapping[str, int]]:
        """The map of these contents, and the number of the point of each that has one."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Contents in groups, and the index that leads to these (see ``Listing``)."""

    groups: Sequence[Group]
    index: Sequence[Lien] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list: where, its words, its groups in order, other views of it, how many a page holds.

    ``index`` names entries and the anchor of the group that each leads to, ``""`` for none;
    ``change`` is the last day when one of its contents did, ``None`` for what time changes too;
    ``donnees`` are told on the first page; ``facettes`` stand beside its first page, then beside
    each of the others; ``rangement`` groups some of its contents as it groups them all;
    ``carte`` draws, for each page, the map of what it shows; ``boutons``
    lead to what one does there; ``template`` draws them.
    """

    url: str
    titre: str
    chapo: str
    kind: str
    nombre: str
    groups: Sequence[Group]
    fil: tuple[Lien, ...]
    rubrique: str
    taille: int
    index: Sequence[Lien] = ()
    facettes: tuple[Panel, Panel] | None = None
    voisins: tuple[Lien, ...] = ()
    vide: Vide | None = None
    theme: str = ""
    presentations: tuple[Lien, ...] = ()
    calendrier: str = ""
    change: date | None = None
    embarquer: str = ""
    flux: tuple[FluxLie, ...] = ()
    donnees: tuple[FichierDonnees, ...] = ()
    template: str = "listing.html"
    rangement: Callable[[Sequence[Item]], Grouped] | None = None
    carte: ListMap | None = None
    boutons: tuple[Lien, ...] = ()


_Row = tuple[int, Card, str, date | None]
"""Rank of its group, card, note, last day of the note."""


def page_urls(url: str, count: int) -> tuple[str, ...]:
    """Addresses of the pages of a list; there is always one."""
    return tuple(page_of(url, number) for number in range(1, max(1, count) + 1))


def last_change(items: Iterable[Item]) -> date | None:
    """The last day when one of these was published or changed."""
    return max((item.entry.jour for item in items if item.entry.jour), default=None)


def plan_pages(listing: Listing, frame: Frame) -> Iterator[TemplatePage]:
    """The pages of a list, each with the exact key of what it shows."""
    rows = list(_rows(listing.groups))
    size = listing.taille
    urls = page_urls(listing.url, -(-len(rows) // size))
    index = tuple(_index(listing, rows, urls))
    for number, url in enumerate(urls, start=1):
        shown = rows[(number - 1) * size : number * size]
        blocs = tuple(_blocs(listing.groups, shown))
        panel = listing.facettes[number > 1] if listing.facettes else None
        refs, drawn = [card.ref for _, card, _, _ in shown], listing.carte
        seen = (
            listing.titre,
            listing.nombre,
            listing.voisins,
            listing.presentations,
            index,
            listing.vide,
            listing.calendrier,
            listing.embarquer,
            listing.flux,
            listing.boutons,
            listing.donnees if number == 1 else (),
            panel.shown if panel else None,
            len(urls),
            drawn.shown(refs) if drawn else None,
            [(bloc.ancre, bloc.shown) for bloc in blocs],
        )
        yield TemplatePage(
            file_of(url),
            url,
            listing.template,
            (frame.digest, digest_bytes(repr(seen).encode())),
            _viewer(listing, frame, blocs, index, Pagination(number, len(urls), urls), panel),
            sitemap=SitemapHint(None if number > 1 else listing.change),
        )
    if len(urls) > 1:  # the folder of its pages: an address cut at any slash gives a page
        yield redirect_page(f"{listing.url}page/", listing.url, listing.titre, frame)


def _rows(groups: Sequence[Group]) -> Iterator[_Row]:
    for rank, group in enumerate(groups):
        for number, card in enumerate(group.cards):
            note = group.notes[number] if group.notes else ""
            yield rank, card, note, group.fins[number] if group.fins else None


def _blocs(groups: Sequence[Group], rows: Sequence[_Row]) -> Iterator[Bloc]:
    """The part of each group that is on a page."""
    for rank, found in groupby(rows, key=lambda row: row[0]):
        group, some = groups[rank], list(found)
        notes = tuple(note for _, _, note, _ in some) if group.notes else ()
        fins = tuple(fin for *_, fin in some) if group.fins else ()
        cards = tuple(card for _, card, _, _ in some)
        yield Bloc(
            group.titre, cards, forme=group.forme, notes=notes, ancre=group.ancre,
            avenir=group.avenir, fins=fins,
        )  # fmt: skip


def _index(listing: Listing, rows: Sequence[_Row], urls: Sequence[str]) -> Iterator[Lien]:
    """Each entry of the index leads to the page where its group begins."""
    page_of_anchor: dict[str, str] = {}
    for number, (rank, *_) in enumerate(rows):
        page_of_anchor.setdefault(listing.groups[rank].ancre, urls[number // listing.taille])
    for entry in listing.index:
        anchor = entry.url
        url = f"{page_of_anchor[anchor]}#{anchor}" if anchor in page_of_anchor else ""
        yield Lien(entry.texte, url, entry.note)


def _viewer(
    listing: Listing,
    frame: Frame,
    blocs: tuple[Bloc, ...],
    index: tuple[Lien, ...],
    pagination: Pagination,
    panel: Panel | None,
) -> Callable[[], ListingView]:
    def view() -> ListingView:
        number = pagination.numero
        refs = [card.ref for bloc in blocs for card in bloc.cartes]
        carte, numeros = listing.carte.draw(refs) if listing.carte else (None, {})
        return ListingView(
            cadre=frame,
            titre=listing.titre if number == 1 else f"{listing.titre}, page {number}",
            description=listing.chapo,
            url=pagination.pages[number - 1],
            fil=listing.fil,
            rubrique=listing.rubrique,
            chapo=listing.chapo,
            kind=listing.kind,
            blocs=blocs,
            nombre=listing.nombre,
            pagination=pagination,
            voisins=listing.voisins,
            vide=listing.vide,
            theme=listing.theme,
            index=index,
            presentations=listing.presentations,
            calendrier=listing.calendrier,
            embarquer=listing.embarquer,
            flux=listing.flux,
            donnees=listing.donnees if number == 1 else (),
            facettes=panel.view() if panel else None,
            carte=carte,
            numeros=numeros,
            boutons=listing.boutons,
        )

    return view
