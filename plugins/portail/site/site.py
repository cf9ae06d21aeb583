"""The whole site of one day, immutable: outputs read it and nothing else.

Beside it: how the next one is made when only words changed, and whether the entries of its menu
lead somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, get_type_hints

from msgspec import structs

from portail.agenda.weeks import SchoolHolidays
from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.day import Day
from portail.diagnostics import Diagnostic, Report
from portail.feature import Feature
from portail.geo.places import Departement
from portail.geo.territories import Geography
from portail.history import Revision
from portail.late import found
from portail.model.entry import Entry
from portail.model.event import away
from portail.model.kinds import DATED, KINDS, PLACES, Kind, where
from portail.model.retraits import Retrait
from portail.model.vocabulary import Vocabularies
from portail.settings import MENU, place_of
from portail.source.store import Loaded, Store, kept
from portail.text.suggest import nearest

from . import urls
from .facets import Facets
from .indexes import Indexes
from .item import Contents, Item, MediaRecord, noting
from .outlook import Ahead
from .showings import Showing
from .subscriptions import Ways, joined


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that outputs read; mappings are sorted by key.

    ``items`` has the published contents by reference. It finds, without ever listing them, two
    others: ``drafts``, which are shared by their address alone, and ``told``, what takes place and
    has neither file nor page. ``ahead`` is what is on from ``day`` on, ``showings`` the tools on
    show, by reference; ``retraits`` the contents that were taken back, ``revisions`` what Git
    remembers of files, ``parts`` what features read besides contents. ``find_facets`` makes
    ``facets``, those of events, when they are first asked for.
    """

    config: SiteConfig
    day: Day
    items: Mapping[str, Item]
    medias: Mapping[PurePosixPath, MediaRecord]
    indexes: Indexes
    bodies: Store
    vocabularies: Vocabularies
    geography: Geography
    report: Report
    find_facets: Callable[[], Facets]
    ahead: Ahead
    holidays: SchoolHolidays
    retraits: tuple[Retrait, ...]
    showings: Mapping[str, Showing] = field(default_factory=dict)
    features: tuple[Feature, ...] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)
    revisions: Mapping[str, Revision] = field(default_factory=dict)
    drafts: Mapping[str, Item] = field(default_factory=dict)
    told: Mapping[str, Item] = field(default_factory=dict)
    # A digest of all of it but words, revisions and report: sites that share it are the same but
    # for these. ``""`` when it is not known.
    fond: str = ""
    # A digest of all of it but these and the titles and summaries that neither order nor name
    # anything elsewhere (``Loaded.untitled``).
    fond_untitled: str = ""
    # Values that outputs derived from it, each once for all outputs (``site.memo``).
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def has_come(self, day: date) -> bool:
        """Whether ``day`` is that of the build or before. Ask this rather than compare with
        ``day``: what is built on the answer changes once, not each night."""
        return day <= self.day.date

    def is_over(self, day: date) -> bool:
        """Whether ``day`` is before that of the build."""
        return self.has_come(day + timedelta(days=1))

    @property
    def facets(self) -> Facets:
        return self.find_facets()

    def part(self, name: str) -> Any:
        """What a feature reads besides the contents (``feature.Source``) or makes of them
        (``feature.Derived``, when it is first asked for); ``None`` where the instance does not use
        that feature."""
        if name in self.parts:
            return self.parts[name]
        if name not in self.memo:
            with noting():  # what it reads is not read by who asks for it
                self.memo[name] = self._derived(name)
        return self.memo[name]

    def _derived(self, name: str) -> Any:
        makers = (maker for feature in self.features for maker in feature.derives)
        make = next((found(maker.make) for maker in makers if maker.name == name), None)
        if make is None:
            return None
        kind = get_type_hints(make).get("return")
        # A value is remembered for the next build only if its type says how to read it back.
        key = self.fond_untitled if hasattr(kind, "__struct_fields__") else ""
        return kept(self.bodies, f"part {name}", key, kind, partial(make, self))

    def of_kind(self, kind: Kind) -> tuple[Item, ...]:
        """Published contents of a kind, in the order of its index."""
        if kind not in self.memo:
            refs = self.indexes.by_kind.get(kind, ())
            self.memo[kind] = tuple([self.items[ref] for ref in refs])
        items: tuple[Item, ...] = self.memo[kind]
        return items

    def untitled(self, ref: str) -> Item:
        """A content of which the caller reads neither title nor summary."""
        return self.items[ref]

    def untitled_of(self, kinds: Iterable[Kind] = Kind) -> tuple[Item, ...]:
        """Published contents of ``kinds``, read as ``untitled``."""
        return self.of_kinds(kinds)

    def of_kinds(self, kinds: Iterable[Kind]) -> tuple[Item, ...]:
        return tuple(chain.from_iterable(map(self.of_kind, kinds)))

    @property
    def dated(self) -> tuple[Item, ...]:
        return self.of_kinds(DATED)

    @property
    def places(self) -> tuple[Item, ...]:
        return self.of_kinds(PLACES)

    def listing(self, kinds: Iterable[Kind]) -> str:
        """Site path of the list of the first of these kinds that has contents; ``""`` for none."""
        return next((kind.info.listing for kind in kinds if self.has(kind)), "")

    def has(self, *kinds: Kind) -> bool:
        """Whether there is a content of one of these kinds."""
        return any(map(self.indexes.by_kind.get, kinds))

    @property
    def has_dates(self) -> bool:
        """Whether something takes place on days."""
        return self.has(*DATED)

    def for_all(self, kind: Kind) -> tuple[Item, ...]:
        """Contents of a kind but those for professionals alone (``reseau``)."""
        return tuple(item for item in self.of_kind(kind) if not item.reseau)

    def trade(self) -> tuple[Item, ...]:
        """Contents for professionals alone, of the kinds that can be, read as ``untitled``."""
        kinds = where(lambda info: info.trade)
        return tuple(item for item in self.untitled_of(kinds) if item.reseau)

    def put_forward(self) -> list[tuple[date, Item]]:
        """Contents « à ne pas manquer », each with the last day of that, the nearest first."""
        chosen = ((item.entry.a_ne_pas_manquer, item.ref) for item in self.untitled_of())
        current = sorted((day, ref) for day, ref in chosen if day and day >= self.day.date)
        items = ((day, self.items[ref]) for day, ref in current)
        return [(day, item) for day, item in items if self.is_topical(item)]

    def is_topical(self, item: Item) -> bool:
        """Whether a content may be put forward: neither over nor called off, and its text does not
        announce a day that has passed."""
        return not item.is_over and item.goes_ahead and not item.day_told(self.day.date)

    def on(self, ref: str) -> Item:
        """What a row of the programme is about: a content, or a tool as it is shown somewhere."""
        showing = self.showings.get(ref)
        if showing:
            return showing.item
        return self.items[ref]

    def find(self, value: str, *kinds: Kind) -> Item | None:
        """The published content that ``value`` names: a reference, or a slug of the first of
        ``kinds`` that has it."""
        if "/" in value:
            return self.items.get(value)
        for kind in kinds:
            item = self.items.get(f"{kind.value}/{value}")
            if item is not None:
                return item
        return None

    def page(self, slug: str) -> Item | None:
        """The published page of the portal with that slug, if it has one."""
        return self.items.get(f"{Kind.PAGE.value}/{slug}")

    def lieu(self, value: str | None) -> Item | None:
        """The content of the directory that ``value`` (slug or reference) names."""
        if value:
            return self.find(value, *PLACES)
        return None

    def lieu_of(self, entry: Entry) -> Item | None:
        """Where it takes place, if that is in the directory; none for what is on line alone."""
        if away(entry):
            return None
        return self.lieu(vars(entry).get("lieu"))

    def departement_of(self, item: Item) -> Departement | None:
        """The département of its commune, else of the first of its territories that is in one."""
        if item.commune:
            return self.geography.departement(item.commune.departement)
        codes = (code for code, _ in item.territoires)
        return next(filter(None, map(self.geography.departement, codes)), None)

    def ways(self, page: str) -> Ways:
        """How one follows a page, by its site path: what all features bring to it."""
        return joined(feature.ways(self, page) for feature in self.features if feature.ways)

    def territory_page(self, code: str) -> Item | None:
        ref = self.indexes.territory_pages.get(code)
        if ref:
            return self.items[ref]
        return None

    def territory_url(self, code: str) -> str:
        """Site path of the page of a territory, by its key; ``""`` when it has none."""
        page = self.territory_page(code)
        if page:
            return page.url
        return ""

    def as_written(self, ref: str) -> Item:
        """A content of which the caller reads what its file says, nothing that is derived."""
        return self.items[ref]

    def medias_of(self, item: Item) -> dict[str, MediaRecord]:
        """The medias of a content that exist, under the names that it gives them."""
        records = ((name, self.medias.get(path)) for name, path in item.medias.items())
        return {name: record for name, record in records if record}


def with_texts(site: Site, read: Iterable[Loaded]) -> Site | None:
    """The site once these files are read again; ``None`` when more than words changed in them, and
    the site has to be made anew."""
    items = {**site.items}
    for loaded in read:
        item = None
        if loaded.entry and not loaded.faulty:
            item = site.items.get(loaded.entry.ref)
        if item is None or loaded.facts is None:
            return None
        was = item.written
        if was.front != loaded.front or was.facts.outline != loaded.facts.outline:
            return None
        written = structs.replace(
            was, facts=loaded.facts, digest=loaded.digest, stored=loaded.digest
        )
        items[item.ref] = structs.replace(item, written=written)
    return replace(site, items=Contents(items, {**site.drafts, **site.told}))


# Pages of the kernel that exist as soon as they have something to show.
SERVICES = frozenset({urls.THEMES, urls.PLAN, urls.HOME})


def menu_faults(
    config: SiteConfig, root: Path, pages: Collection[str], features: Iterable[Feature]
) -> Iterator[Diagnostic]:
    """Entries of ``PORTAIL_MENU`` that lead neither to one of ``pages`` nor to one that would exist
    with something to show (E156)."""
    addresses = {*pages, *may_be_empty(config, features)}
    for keys, (_, address) in config.menu.entries:
        page = address.partition("#")[0].partition("?")[0]
        if not address.startswith("/") or page in addresses:
            continue
        near = nearest(
            page, sorted(candidate for candidate in addresses if candidate.endswith("/")), limit=1
        )
        remedy = f"Vouliez-vous dire {near[0]} ?" if near else "Écrivez l’adresse d’une page."
        place = place_of(root, MENU, *keys)
        if place.line == 1:  # not found under its keys: its address may be
            place = place_of(root, MENU, keys[0], address)
        yield diagnostic("E156", place, adresse=address, remede=remedy)


def may_be_empty(config: SiteConfig, features: Iterable[Feature]) -> Set[str]:
    """Addresses of the pages that a portal has as soon as they hold something: lists of kinds,
    services, pages of features."""
    lists = {info.listing for kind, info in KINDS.items() if kind.value not in config.sans}
    return lists.union(SERVICES, *(feature.pages for feature in features)) - {""}
