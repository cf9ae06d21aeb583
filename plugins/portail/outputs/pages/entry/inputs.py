"""What the page of one content is made of: its view sees nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import asdict

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Lasting
from portail.facts.price import Address, address, is_closed
from portail.geo.coordinates import Near, nearby
from portail.model.collections import Edition, TempsFort
from portail.model.event import Event
from portail.model.kinds import Kind, where
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.outputs.pages.agenda.lines import programmes_of
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.actors import acteurs_of, named_in
from portail.outputs.pages.entry.around import Autour, autour_of
from portail.outputs.pages.entry.related import related_blocs
from portail.outputs.pages.follow_links import linked_feeds
from portail.outputs.pages.maps.board import Position, position_of
from portail.outputs.pages.slots import EDITION, EVENT_FILE, SESSION_NOTES
from portail.outputs.pages.states import LieuState, RessourceState, state_of
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.views.programme import ProgrammeView
from portail.outputs.pages.views.shared import FluxLie, Lien
from portail.site.editions import children_of, is_to_come, shares, shown, siblings_of, years_of
from portail.site.item import Item, MediaRecord
from portail.site.memo import own_answer, per_site
from portail.site.narrowed import lasting_of
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.site.urls import DRAFTS
from portail.text.typography import plain


class Annee(NamedTuple):
    """A year of a rendezvous; ``url`` is ``""`` without a page, ``exemples`` not counted."""

    annee: int
    edition: Edition | None
    url: str
    nombre: int
    exemples: int


class TempsFortInputs(Struct, frozen=True):
    """Years, latest first; the page tells ``annee``, ``attendu`` without events yet."""

    annees: tuple[Annee, ...] = ()
    annee: Annee | None = None
    attendu: bool = False


def _temps_fort(item: Item, site: Site) -> TempsFortInputs:
    """Years of a yearly rendezvous."""
    years = years_of(item, site)
    present = shown(years, site.day.date)
    rows = {
        year.annee: Annee(
            year.annee,
            year.edition,
            EDITION.ask(site, item.url, year.annee) if year.told else "",
            *shares(year.heads),
        )
        for year in years
    }
    return TempsFortInputs(
        tuple(rows.values()),
        rows[present.annee] if present else None,
        present is not None and not present.events and is_to_come(present.edition, site.day.date),
    )


class Enfant(NamedTuple):
    """An event that this one contains; ``montree`` is the occurrence that tells it."""

    lien: Lien
    theme: str
    montree: Occurrence | None
    commune: str
    position: Position | None


class Rang(NamedTuple):
    """Its rank, from 1, among the steps of a parcours; the step before, the next."""

    rang: int
    total: int
    precedente: Lien | None
    suivante: Lien | None


class EventInputs(Struct, frozen=True):
    """What only an event has, each part empty for other kinds."""

    adresse: Address | None = None
    """Address of its place, else its own."""
    clos: bool = False
    """Whether booking has ended."""
    durable: Lasting | None = None
    """What its sessions are together, when it is an exhibition rather than rendez-vous."""
    enfants: tuple[Enfant, ...] = ()
    """Events that it contains, in their order."""
    rang: Rang | None = None
    """Its rank in a parcours."""


def _event(item: Item, site: Site) -> EventInputs:
    """What only an event has."""
    children = tuple(
        Enfant(_link(child), child.theme, child.montree, child.town, position_of(child, site))
        for child in children_of(item, site)
    )
    where = address(item, site)
    closed = is_closed(item, site.day.date)
    return EventInputs(where, closed, lasting_of(item, site), children, _rank(item, site))


def _link(item: Item) -> Lien:
    return Lien(item.name, item.url)


def _rank(item: Item, site: Site) -> Rang | None:
    if item.of(Event).etape is None:
        return None
    steps = [step for step in siblings_of(item, site) if getattr(step.entry, "etape", None)]
    refs = [step.ref for step in steps]
    if item.ref not in refs:
        return None
    rank = refs.index(item.ref)
    before = steps[:rank][-1:]
    after = steps[rank + 1 : rank + 2]
    return Rang(
        rank + 1,
        len(steps),
        _link(before[0]) if before else None,
        _link(after[0]) if after else None,
    )


class Related(Struct, frozen=True):
    """Other contents that the page shows: blocks of cards, what gathers it, what it gathers."""

    blocs: tuple[Bloc, ...]
    recueils: tuple[Lien, ...]
    programmes: tuple[ProgrammeView, ...]
    autour: Autour


class Ties(Struct, frozen=True):
    """What the fields of a content say with what others say: links to what they name, by reference;
    where it is, (title, site path) of what holds it, those who signed it, those who take part; then
    what only its kind has, ``etat`` being what the day makes of it."""

    links: Mapping[str, Lien]
    position: Position | None
    territoires: tuple[tuple[str, str], ...]
    auteurs: tuple[Lien, ...]
    acteurs: tuple[Lien, ...]
    event: EventInputs
    temps_fort: TempsFortInputs
    etat: LieuState | RessourceState | None


class EntryInputs(Ties, frozen=True):
    """One content, its files by the name it gives them, what is around it, how one follows it."""

    item: Item
    card: Card
    medias: Mapping[str, MediaRecord]
    related: Related
    calendrier: str
    ics: str
    """Address of its own file for calendars; ``""`` for none."""
    embarquer: str
    flux: tuple[FluxLie, ...]
    notes: tuple[tuple[int, str], ...]
    """What features say of some of its sessions, by the rank of each."""


def entry_inputs(item: Item, site: Site) -> EntryInputs:
    """Gather the inputs of ``item``'s page."""
    ref = item.ref
    ways = site.ways(item.url)
    return EntryInputs(
        **asdict(ties_of(site, ref)),
        item=item,
        card=card_of(site, ref),
        medias=site.medias_of(item),
        related=related_of(site, ref),
        calendrier=ways.calendar,
        ics=EVENT_FILE.ask(site, item) if _has_own_file(item) else "",
        embarquer=ways.frame,
        flux=linked_feeds(site, item.url, item.entry.kind.info.listing),
        notes=tuple(SESSION_NOTES.ask(site, item)) if item.occurrences else (),
    )


def _has_own_file(item: Item) -> bool:
    """Whether one may put it in a calendar: a draft that is shared is in none."""
    return item.entry.kind.info.dated and not item.url.startswith(DRAFTS)


@per_site
def _near(site: Site) -> Mapping[str, tuple[Near, ...]]:
    return nearby((lieu.ref, lieu.commune) for lieu in site.of_kind(Kind.LIEU) if lieu.commune)


@own_answer
def ties_of(site: Site, ref: str) -> Ties:
    """What a content says with what others say."""
    item = site.items[ref]
    entry = item.entry
    named = (site.items[cited] for cited in item.cited)
    signed = named_in(entry, "auteurs", site) if entry.kind.info.cited else ()
    return Ties(
        links={target.ref: Lien(target.short, target.url) for target in named},
        position=position_of(item, site),
        territoires=tuple(_territories(item, site)),
        auteurs=tuple(author for author in signed if author.url),
        acteurs=acteurs_of(item, site),
        event=_event(item, site) if isinstance(entry, Event) else EventInputs(),
        temps_fort=_temps_fort(item, site) if isinstance(entry, TempsFort) else TempsFortInputs(),
        etat=state_of(site, ref) if isinstance(entry, Lieu | Ressource) else None,
    )


@own_answer
def related_of(site: Site, ref: str) -> Related:
    """What the page of a content shows of others."""
    item = site.items[ref]
    near = _near(site).get(ref, ()) if item.entry.kind is Kind.LIEU else ()
    return Related(
        tuple(related_blocs(item, site, near)),
        tuple(_recueils(item, site)),
        programmes_of(item, site),
        autour_of(item, site),
    )


def _recueils(item: Item, site: Site) -> Iterable[Lien]:
    """What gathers an article, an event, an announcement: dossiers first."""
    if not item.entry.kind.info.names_gatherers:
        return
    for kind in where(lambda info: info.gathers):
        for ref in site.indexes.gatherers.get(item.ref, ()):
            if site.items[ref].entry.kind is kind:
                card = card_of(site, ref)
                yield Lien(plain(card.titre), card.url, kind.info.nom)


def _territories(item: Item, site: Site) -> Iterable[tuple[str, str]]:
    """Territories that hold the content, from near to far; the region, of territories alone."""
    home = site.geography.home
    whole = territory_code(home) if home and item.entry.kind is not Kind.TERRITOIRE else ""
    shown: dict[str, str] = {}
    for code, name in item.territoires:
        if code != whole:
            page = site.territory_page(code)
            # Overseas, a region has the name of its département: said once.
            shown.setdefault(*((page.name, page.url) if page else (name, "")))
    return shown.items()
