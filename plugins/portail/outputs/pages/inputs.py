"""What the page of one content is made of: its view sees nothing else, so its key is exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portail.files import digest_bytes
from portail.geo.nearby import Near
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.temps_fort import Edition
from portail.model.territoire import Territoire
from portail.outputs.base import Digest
from portail.outputs.pages.acteurs import acteurs_of, named_in
from portail.outputs.pages.autour import Autour, autour_of
from portail.outputs.pages.maps import Position, position_of
from portail.outputs.pages.place import Place, place_of
from portail.outputs.pages.programme import is_to_come, programmes_of, shown_edition
from portail.outputs.pages.reading import CITED
from portail.outputs.pages.related import related_blocs
from portail.outputs.pages.states import LieuState, RessourceState, state_of
from portail.outputs.pages.territoires import TerritoireInputs, territoire_inputs
from portail.outputs.pages.views import Bloc, Card, Lien, ProgrammeView
from portail.site.coming import Coming
from portail.site.relations import Relations
from portail.site.site import Item, MediaRecord, Site
from portail.site.territories import code_of
from portail.text.inline import plain

__all__ = ["EntryInputs", "entry_inputs", "territory_pages"]


@dataclass(frozen=True, slots=True)
class Venue:
    """The lieu where an event takes place, as machines are told of it."""

    titre: str
    url: str
    rue: str
    code_postal: str


@dataclass(frozen=True, slots=True)
class EntryInputs:
    """One content, links to what its fields name (by reference), cards of what is related to it.

    ``territoires`` are (title, site path) of the territories that hold it; ``medias`` its files by
    the name it gives them; ``clos`` whether booking has ended; ``etat`` what the day makes of a
    place or of a tool, ``position`` where it is, ``territoire`` who is there and what is around;
    ``edition`` that of a yearly rendezvous, whose programme is ``attendu`` when it is to come.
    """

    item: Item
    card: Card
    links: Mapping[str, Lien]
    blocs: tuple[Bloc, ...]
    territoires: tuple[tuple[str, str], ...]
    medias: Mapping[str, MediaRecord]
    place: Place
    position: Position | None = None
    auteurs: tuple[Lien, ...] = ()
    recueils: tuple[Lien, ...] = ()
    venue: Venue | None = None
    clos: bool = False
    etat: LieuState | RessourceState | None = None
    programmes: tuple[ProgrammeView, ...] = ()
    autour: Autour | None = None
    territoire: TerritoireInputs | None = None
    acteurs: tuple[Lien, ...] = ()
    edition: Edition | None = None
    attendu: bool = False

    def key(self, frame: Digest) -> tuple[Digest, ...]:
        """Digest of everything above."""
        item = self.item
        shown = (
            self.card.digest,
            item.commune.code if item.commune else "",
            item.passees,
            sorted(item.links.items()),
            [(ref, link.texte) for ref, link in self.links.items()],
            [bloc.shown for bloc in self.blocs],
            self.territoires,
            [(name, one.url, one.digest) for name, one in sorted(self.medias.items())],
            self.position,
            self.auteurs,
            self.recueils,
            self.venue,
            self.place,
            self.clos,
            self.etat,
            self.programmes,
            self.autour and self.autour.shown,
            self.territoire,
            self.acteurs,
            self.edition,
            self.attendu,
        )
        return (frame, item.digest, digest_bytes(repr(shown).encode()))


def entry_inputs(
    item: Item,
    site: Site,
    cards: Mapping[str, Card],
    pages: Mapping[str, Item],
    relations: Relations,
    coming: Coming,
    near: tuple[Near, ...] = (),
) -> EntryInputs:
    """Gather the inputs of ``item``'s page; ``pages`` are the territories by code, ``near`` what
    is close to a place."""
    medias = {name: site.medias[path] for name, path in item.medias.items() if path in site.medias}
    programmes = programmes_of(item, site, cards, pages)
    edition = shown_edition(item, site)
    return EntryInputs(
        item,
        cards[item.ref],
        {ref: Lien(plain(cards[ref].titre), cards[ref].url) for ref in item.cited},
        tuple(related_blocs(item, site, cards, relations, coming, near)),
        tuple(_territoires(item, pages)),
        medias,
        place_of(item, site),
        position_of(item, site),
        tuple(_auteurs(item, site)),
        tuple(_recueils(item, site, cards)),
        _venue(item, site),
        _closed(item, site.day.date),
        state_of(item, site),
        programmes,
        autour_of(item, site, cards, coming),
        territoire_inputs(item, site, pages),
        acteurs_of(item, site),
        edition,
        not programmes and is_to_come(edition, site.day.date),
    )


def _auteurs(item: Item, site: Site) -> Iterable[Lien]:
    """Those who signed a text and have a sheet: who they are."""
    if item.entry.kind in CITED:
        yield from (one for one in named_in(item.entry, "auteurs", site) if one.url)


def _recueils(item: Item, site: Site, cards: Mapping[str, Card]) -> Iterable[Lien]:
    """What gathers an article, an event, an announcement: dossiers first."""
    if item.entry.kind not in (Kind.ARTICLE, Kind.EVENT, Kind.ANNONCE):
        return
    for kind in (Kind.DOSSIER, Kind.COMMUNAUTE):
        for ref in site.indexes.gatherers.get(item.ref, ()):
            if site.items[ref].entry.kind is kind:
                yield Lien(plain(cards[ref].titre), cards[ref].url, kind.info.nom)


def _venue(item: Item, site: Site) -> Venue | None:
    name = item.entry.lieu if isinstance(item.entry, Event) else None
    found = site.find(name, Kind.LIEU) if name else None
    if found is None or not isinstance(found.entry, Lieu):
        return None
    address = found.entry.adresse
    street, code = (address.rue, address.code_postal) if address else ("", "")
    return Venue(found.entry.titre, found.url, street or "", code or "")


def _closed(item: Item, today: date) -> bool:
    """Whether an event to come can no longer be booked."""
    booking = item.entry.inscription if isinstance(item.entry, Event) else None
    last = booking.avant_le if booking and not item.passe else None
    return last is not None and last.jour < today


def territory_pages(site: Site) -> dict[str, Item]:
    """Territories with a page, by code."""
    return {
        code_of(one.entry): one
        for one in site.of_kind(Kind.TERRITOIRE)
        if isinstance(one.entry, Territoire)
    }


def _territoires(item: Item, pages: Mapping[str, Item]) -> Iterable[tuple[str, str]]:
    """Territories that hold the content, from near to far: a link when they have a page."""
    for code, name in item.territoires:
        page = pages.get(code)
        yield (plain(page.entry.titre), page.url) if page else (name, "")
