"""What the page of one content is made of: its view sees nothing else, so its key is exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portail.files import digest_bytes
from portail.geo.nearby import Near, nearby
from portail.model.kinds import Kind
from portail.outputs.base import Digest
from portail.outputs.pages.acteurs import acteurs_of, named_in
from portail.outputs.pages.autour import Autour, autour_of
from portail.outputs.pages.event_inputs import EventInputs, event_inputs
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.maps import Position, position_of
from portail.outputs.pages.place import Place, place_of
from portail.outputs.pages.programme import programmes_of
from portail.outputs.pages.reading import CITED
from portail.outputs.pages.related import related_blocs
from portail.outputs.pages.states import LieuState, RessourceState, state_of
from portail.outputs.pages.temps_fort_inputs import TempsFortInputs, temps_fort_inputs
from portail.outputs.pages.territoires import TerritoireInputs, territoire_inputs
from portail.outputs.pages.views import Bloc, Card, FluxLie, Lien, ProgrammeView
from portail.site.coming import Coming
from portail.site.embeds import embedding_of
from portail.site.relations import Relations
from portail.site.site import Item, MediaRecord, Site
from portail.text.inline import plain

__all__ = ["EntryInputs", "Sources", "entry_inputs", "sources_of"]


@dataclass(frozen=True, slots=True)
class Sources:
    """What inputs are gathered from, made once for all pages: ``pages`` are the territories by
    code, ``near`` what is close to each place."""

    site: Site
    cards: Mapping[str, Card]
    pages: Mapping[str, Item]
    relations: Relations
    coming: Coming
    near: Mapping[str, tuple[Near, ...]]


@dataclass(frozen=True, slots=True)
class Where:
    """Where it is; ``territoires`` are (title, site path) of those that hold it."""

    place: Place
    position: Position | None
    territoires: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Those who signed it, those who take part."""

    auteurs: tuple[Lien, ...]
    acteurs: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Other contents that the page shows: blocks of cards, what gathers it, what it gathers."""

    blocs: tuple[Bloc, ...]
    recueils: tuple[Lien, ...]
    programmes: tuple[ProgrammeView, ...]
    autour: Autour

    @property
    def shown(self) -> tuple[object, ...]:
        """All it shows, as plain values whose ``repr`` is exact."""
        blocs = [bloc.shown for bloc in self.blocs]
        return (blocs, self.recueils, self.programmes, self.autour.shown)


@dataclass(frozen=True, slots=True)
class EntryInputs:
    """One content, links to what its fields name (by reference), its files by the name it gives
    them, what is around it, the calendar and the feeds to which its page subscribes and where the
    code is that shows it elsewhere; then what only its kind has, ``etat`` being what the day makes
    of a place or of a tool."""

    item: Item
    card: Card
    links: Mapping[str, Lien]
    medias: Mapping[str, MediaRecord]
    where: Where
    who: Who
    related: Related
    calendrier: str
    embarquer: str
    flux: tuple[FluxLie, ...]
    event: EventInputs
    temps_fort: TempsFortInputs
    territoire: TerritoireInputs | None
    etat: LieuState | RessourceState | None

    def key(self, frame: Digest) -> tuple[Digest, ...]:
        """Digest of everything above."""
        item = self.item
        shown = (
            self.card.digest,
            item.commune.code if item.commune else "",
            item.passees,
            sorted(item.links.items()),
            [(ref, link.texte) for ref, link in self.links.items()],
            [(name, one.url, one.digest) for name, one in sorted(self.medias.items())],
            self.where,
            self.who,
            self.related.shown,
            self.calendrier,
            self.embarquer,
            self.flux,
            self.event,
            self.temps_fort,
            self.territoire,
            self.etat,
        )
        return (frame, item.digest, digest_bytes(repr(shown).encode()))


def sources_of(site: Site, cards: Mapping[str, Card]) -> Sources:
    """What the inputs of the pages of ``site`` are gathered from."""
    pages = {code: site.items[ref] for code, ref in site.indexes.territory_pages.items()}
    near = nearby((one.ref, one.commune) for one in site.of_kind(Kind.LIEU) if one.commune)
    relations, coming = Relations(site.items, site.indexes), Coming(site.items, site.indexes)
    return Sources(site, cards, pages, relations, coming, near)


def entry_inputs(item: Item, sources: Sources) -> EntryInputs:
    """Gather the inputs of ``item``'s page."""
    site, cards, pages = sources.site, sources.cards, sources.pages
    return EntryInputs(
        item=item,
        card=cards[item.ref],
        links={ref: Lien(plain(cards[ref].titre), cards[ref].url) for ref in item.cited},
        medias=site.medias_of(item),
        where=Where(place_of(item, site), position_of(item, site), tuple(_held(item, pages))),
        who=Who(tuple(_auteurs(item, site)), acteurs_of(item, site)),
        related=_related(item, sources),
        calendrier=site.calendars.url_of(item.url),
        embarquer=embedding_of(site, item.url),
        flux=linked_feeds(site, item.url, item.entry.kind.info.listing),
        event=event_inputs(item, site),
        temps_fort=temps_fort_inputs(item, site),
        territoire=territoire_inputs(item, site, pages),
        etat=state_of(item, site),
    )


def _related(item: Item, sources: Sources) -> Related:
    site, cards, coming = sources.site, sources.cards, sources.coming
    near = sources.near.get(item.ref, ())
    return Related(
        tuple(related_blocs(item, site, cards, sources.relations, coming, near)),
        tuple(_recueils(item, site, cards)),
        programmes_of(item, site, cards),
        autour_of(item, site, cards, coming),
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


def _held(item: Item, pages: Mapping[str, Item]) -> Iterable[tuple[str, str]]:
    """Territories that hold the content, from near to far: a link when they have a page."""
    for code, name in item.territoires:
        page = pages.get(code)
        yield (plain(page.entry.titre), page.url) if page else (name, "")
