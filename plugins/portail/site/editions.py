"""Yearly rendezvous, year by year: their editions, the events of each, whom these are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from portail.body.document import BodyFacts, BodyHtml
from portail.files import digest_of
from portail.geo.names import in_territory
from portail.geo.places import Departement, Epci, Region, short_name
from portail.geo.places import Territoire as Territory
from portail.geo.territories import Geography
from portail.model.collections import Edition, TempsFort, Territoire
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.search.words import packed
from portail.site.draft import Draft
from portail.site.redirections import former_path
from portail.site.school import SCHOOL
from portail.site.showings import commune_of_loan
from portail.site.territories import around, code_of, territory_code
from portail.source.loader import Listing
from portail.source.store import Loaded, Stamp, Store
from portail.text.dates import periode
from portail.text.normalise import slugify, sort_key
from portail.text.typography import capital, plain, typographie

if TYPE_CHECKING:
    from portail.site.item import Item
    from portail.site.site import Site

# Events that hold others: a village, a festival, a parcours, with their animations.

_LAST = 1_000_000


def parent_of(entry: Entry) -> str:
    """Reference of the event that contains this one; empty when there is none."""
    name = entry.evenement_parent if isinstance(entry, Event) else None
    if not name:
        return ""
    return name if "/" in name else f"{Kind.EVENT.value}/{name}"


def children_of(item: Item, site: Site) -> tuple[Item, ...]:
    """Events that an event contains, by step then by hour."""
    children = (
        child
        for child in _naming(item, site)
        if child.occurrences and parent_of(child.entry) == item.ref
    )
    return tuple(sorted(children, key=_order))


def _naming(item: Item, site: Site) -> Iterator[Item]:
    """Contents that name this one, those that other lists do not show too."""
    for table in (site.indexes.by_target, site.indexes.apart):
        yield from (site.items[ref] for ref in table.get(item.ref, ()))


def siblings_of(item: Item, site: Site) -> tuple[Item, ...]:
    """The events of the one that contains this one, itself included; none without it."""
    parent = site.items.get(parent_of(item.entry))
    return children_of(parent, site) if parent else ()


def _order(item: Item) -> tuple[int, float, str]:
    step = item.entry.etape if isinstance(item.entry, Event) else None
    return (step or _LAST, item.occurrences[0].debut.timestamp(), item.ref)


_APART = SCHOOL | {"professionnels"}


class YearOf(Struct, frozen=True):
    """One year of a yearly rendezvous: its edition if it is written, its events in the order
    of their list, each followed by what it holds; those whose day is still to be set."""

    annee: int
    edition: Edition | None
    events: tuple[Item, ...]
    undated: tuple[Item, ...] = ()

    @property
    def heads(self) -> tuple[Item, ...]:
        """Its events without what these hold."""
        return heads_of(self.events)

    @property
    def told(self) -> bool:
        """Whether there is something to tell: events, figures."""
        return bool(self.events or self.undated or (self.edition and self.edition.chiffres))


def shares(events: Sequence[Item]) -> tuple[int, int]:
    """How many events are true, how many are examples."""
    invented = sum(bool(event.entry.exemple) for event in events)
    return len(events) - invented, invented


def by_town(events: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Communes in alphabetical order, events of each in order of time."""
    towns: dict[str, list[Item]] = defaultdict(list)
    for item in events:
        towns[item.town].append(item)
    for name in sorted(towns, key=sort_key):
        yield name, sorted(towns[name], key=lambda event: (event.occurrences[0].debut, event.ref))


def heads_of(events: Sequence[Item]) -> tuple[Item, ...]:
    """Events without those that another one of them holds: its page tells of these."""
    refs = {event.ref for event in events}
    return tuple(event for event in events if parent_of(event.entry) not in refs)


def years_of(item: Item, site: Site) -> tuple[YearOf, ...]:
    """Years of a yearly rendezvous that have an edition or an event, latest first."""
    entry = item.of(TempsFort)
    editions = {edition.annee: edition for edition in entry.editions}
    events: dict[int, dict[str, Item]] = defaultdict(dict)
    undated: dict[int, list[Item]] = defaultdict(list)
    for event in _naming(item, site):
        if not isinstance(event.entry, Event):
            continue
        if event.occurrences:
            year = event.entry.edition or event.occurrences[0].premier_jour.year
            _gather(event, site, events[year])
        elif event.entry.edition:
            undated[event.entry.edition].append(event)
    return tuple(
        YearOf(year, editions.get(year), tuple(events.get(year, {}).values()), tuple(undated[year]))
        for year in sorted({*editions, *events, *undated}, reverse=True)
    )


def _gather(item: Item, site: Site, gathered: dict[str, Item]) -> None:
    """Add an event, then what it holds."""
    if item.ref not in gathered:
        gathered[item.ref] = item
        for child in children_of(item, site):
            _gather(child, site, gathered)


def first_day(edition: Edition | None) -> date | None:
    """The first day of an edition, if it has one."""
    return (edition.du or edition.au) if edition else None


def last_day(edition: Edition | None) -> date | None:
    """The last day of an edition, if it has one."""
    return (edition.au or edition.du) if edition else None


def is_to_come(edition: Edition | None, today: date) -> bool:
    """Whether an edition has a day, and is not over."""
    last = last_day(edition)
    return last is not None and last >= today


def shown(years: Iterable[YearOf], today: date) -> YearOf | None:
    """The year that runs or comes next, else the last one whose days are known or that has events,
    else the last."""
    every = list(years)
    dated = [year for year in every if last_day(year.edition)]
    coming = [year for year in dated if is_to_come(year.edition, today)]
    if coming:
        return min(coming, key=lambda year: year.annee)
    with_events = [year for year in every if year.events]
    return max(dated or with_events or every, key=lambda year: year.annee, default=None)


def edition_days(edition: Edition | None) -> str:
    """« Du 1er au 11 octobre 2021 »; empty when its days are not known."""
    first = first_day(edition)
    last = last_day(edition)
    return capital(periode(first, last)) if first and last else ""


def highlight_days(item: Item, site: Site, day: date) -> str:
    """Days of the edition of a yearly rendezvous that runs on ``day`` or comes next, else when it
    usually is."""
    year = shown(years_of(item, site), day)
    edition = year.edition if year else None
    days = edition_days(edition) if is_to_come(edition, day) else ""
    return days or capital(item.of(TempsFort).periode or "")


def for_schools(event: Event) -> bool:
    """Whether an event is for classes: it names a public of theirs, or says how to come with a
    group."""
    return event.groupes is not None or not SCHOOL.isdisjoint(event.publics)


def for_everyone(event: Event) -> bool:
    """Whether anyone may come: it names other publics than schools and professionals, or none
    without being for groups."""
    if not event.publics:
        return event.groupes is None
    return not _APART.issuperset(event.publics)


# Territories that no file tells: made from ``data/``, so that each one of the region in which there
# is something has a page.
#
# They are records as those of files are, kept in the same store; « portail check » sees none of
# them.

LICENCE = "etalab-2.0"
"""That of the tables (``data/README.md``)."""
_STAMP = Stamp(0, 0)
"""The tables are in the salt of a store: a record found there was made from them."""


def derived_records(listing: Listing, geography: Geography, store: Store) -> list[Loaded]:
    """The record of each territory of the instance's region, in the order of the tables, as soon as
    a file tells a territory."""
    if not any(file.kind is Kind.TERRITOIRE for file in listing.documents):
        return []
    return [_record(territory, slug, geography, store) for territory, slug in _named(geography)]


def completed(
    visible: Mapping[str, Loaded], derived: Iterable[Loaded], draft: Draft
) -> Mapping[str, Loaded]:
    """What is published, by reference: files, then the territories that none of them tells, as soon
    as one tells a territory. An address that a file has or had, or that was taken back, is not
    given to another."""
    free = _Free.of((loaded.entry for loaded in visible.values()), draft)
    records = dict(visible)
    for loaded in derived if free.codes else ():
        entry = loaded.entry
        if isinstance(entry, Territoire) and free.takes(entry.slug, code_of(entry)):
            records.setdefault(entry.ref, loaded)
    return dict(sorted(records.items()))


def without_empty(items: Mapping[str, Item], draft: Draft) -> dict[str, Item]:
    """``items`` but the territories that no file tells, in which nothing is nor was lent, and which
    no text names: their page would say nothing of the portal. The day has no part in it: a page
    that was there stays."""
    written = [item for item in items.values() if not item.entry.sans_fichier]
    codes = {code for item in written for code in _codes_of(item, items, draft.geography)}
    named = {url.partition("#")[0] for item in written for url in item.leads.values()}

    def is_shown(item: Item) -> bool:
        if not item.entry.sans_fichier:
            return True
        return item.url in named or code_of(item.of(Territoire)) in codes

    return {ref: item for ref, item in items.items() if is_shown(item)}


def _codes_of(item: Item, items: Mapping[str, Item], geography: Geography) -> Iterator[str]:
    """Keys of the territories where a content is, and of those where a tool was or will be lent."""
    yield from (code for code, _ in item.territoires)
    for loan in item.entry.itinerance if isinstance(item.entry, Ressource) else ():
        if commune := commune_of_loan(loan, items, geography):
            yield from (code for code, _ in around(commune, geography))


class Empty(NamedTuple):
    """A territory that has a page as soon as there is something in it: what it will be called."""

    slug: str
    titre: str
    type: str

    @property
    def url(self) -> str:
        """Where its page will be."""
        return Kind.TERRITOIRE.info.url(self.slug)


def empty_territories(site: Site) -> Iterator[Empty]:
    """Territories of the region that have no page, where others have one."""
    if not site.of_kind(Kind.TERRITOIRE):
        return
    gone = {retrait.url for retrait in site.retraits}
    for territory, slug in _named(site.geography):
        empty = Empty(slug, _title(territory), _identity(territory)[0])
        taken = empty.url in gone or f"{Kind.TERRITOIRE.value}/{slug}" in site.items
        if not taken and not site.territory_page(territory_code(territory)):
            yield empty


def derived_refs(draft: Draft) -> frozenset[str]:
    """References of the territories that no file tells: what a body may name besides files."""
    shown = (loaded.entry for ref, loaded in draft.items.items() if ref not in draft.hidden)
    free = _Free.of(shown, draft)
    named = _named(draft.geography) if free.codes else ()
    slugs = (slug for territory, slug in named if free.takes(slug, territory_code(territory)))
    return frozenset(f"{Kind.TERRITOIRE.value}/{slug}" for slug in slugs)


class _Free(Struct, frozen=True):
    """What is left to derive: codes that files tell, addresses that they have had or that were
    taken back."""

    codes: frozenset[str]
    gone: frozenset[str]

    @classmethod
    def of(cls, shown: Iterable[Entry | None], draft: Draft) -> _Free:
        entries = [entry for entry in shown if entry]
        codes = frozenset(code_of(entry) for entry in entries if isinstance(entry, Territoire))
        former = (former_path(path) for entry in entries for path in entry.anciennes_urls)
        return cls(
            codes, frozenset((*former, *(retrait.url for retrait in draft.register.retraits)))
        )

    def takes(self, slug: str, code: str) -> bool:
        """Whether the territory of ``code`` may have a page of that slug."""
        return code not in self.codes and Kind.TERRITOIRE.info.url(slug) not in self.gone


def _named(geography: Geography) -> Iterator[tuple[Territory, str]]:
    """Territories and their slugs: a département is called by its name, unless it is a region
    too."""
    home = geography.home
    for territory in geography.home_territoires:
        slug = geography.slug(territory)
        if isinstance(territory, Departement) and home and territory.nom != home.nom:
            slug = slugify(territory.nom)
        yield territory, slug


def _record(territory: Territory, slug: str, geography: Geography, store: Store) -> Loaded:
    path = PurePosixPath("data", "territoires", slug)
    stored = store.find(path, _STAMP)
    if stored is not None:
        return stored
    kind, code = _identity(territory)
    title = _title(territory)
    summary = _summary(territory, geography)
    digest = digest_of(slug, kind, code, title, summary)
    entry = Territoire.model_construct(
        slug=slug,
        titre=title,
        resume=summary,
        type=kind,
        code=code,
        auteurs=(),
        licence=LICENCE,
    )
    loaded = Loaded(path, digest, entry, BodyFacts((), (), (), (), 0, "", digest), front=digest)
    words = packed(plain(title), summary, (), "")
    store.put(loaded, _STAMP, BodyHtml("", "", words))
    return loaded


def _title(territory: Territory) -> str:
    return capital(typographie(short_name(territory)))


def _identity(territory: Territory) -> tuple[str, str]:
    """Type and code, as a file writes them."""
    match territory:
        case Epci(siren=siren, type=kind):
            return kind, siren
        case Departement(code=code):
            return "departement", code
        case Region(code=code):
            return "region", code


def _summary(territory: Territory, geography: Geography) -> str:
    """One sentence: its official name and where it is."""
    match territory:
        case Epci(nom=nom, departement=code):
            wide = geography.departement(code)
            return f"{typographie(nom)}{f', {in_territory(wide)}' if wide else ''}."
        case Departement(region=code):
            region = geography.region(code)
            return f"Un département de la région {region.nom}." if region else ""
        case Region():
            return "La région, ses départements et ses intercommunalités."
