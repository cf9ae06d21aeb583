"""The whole site of one day, immutable: the only thing outputs may read.

Entries of menus that lead somewhere.
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
from .coming import Ahead
from .facets import Facets
from .indexes import Indexes
from .item import Contents, Item, MediaRecord, Written, noting
from .showings import Showing
from .ways import Ways, joined


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the outputs read, in the order of keys.

    ``facets`` are those of events, found once they are asked for, ``ahead`` what is on from its day
    on, ``retraits`` what was taken back, ``showings`` the tools on show by reference, ``parts``
    what features read, ``revisions`` what Git remembers. Nothing lists ``drafts``, shared by their
    address alone; ``told`` is what takes place and has neither file nor page.
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
    # A digest that no other site has but for its words, revisions and report, if it is known.
    fond: str = ""
    # What outputs derive from it, once for all of them (``site.memo``).
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def has_come(self, day: date) -> bool:
        """Whether ``day`` is that of the build or before: its answer changes once, not each
        night.
        """
        return day <= self.day.date

    def is_over(self, day: date) -> bool:
        """Whether ``day`` is before that of the build: the next one has come."""
        return self.has_come(day + timedelta(days=1))

    @property
    def facets(self) -> Facets:
        return self.find_facets()

    def part(self, name: str) -> Any:
        """What a feature reads besides the contents (``feature.Source``) or makes of them
        (``feature.Derived``, once it is asked for); ``None`` where the instance does not use it."""
        if name in self.parts:
            return self.parts[name]
        if name not in self.memo:
            with noting():  # it is a read by itself
                self.memo[name] = self._made(name)
        return self.memo[name]

    def _made(self, name: str) -> Any:
        makers = (maker for feature in self.features for maker in feature.derives)
        make = next((found(maker.make) for maker in makers if maker.name == name), None)
        if make is None:
            return None
        kind = get_type_hints(make).get("return")
        # Only what says its type is read back as it was.
        key = self.fond if hasattr(kind, "__struct_fields__") else ""
        return kept(self.bodies, f"part {name}", key, kind, partial(make, self))

    def of_kind(self, kind: Kind) -> tuple[Item, ...]:
        if kind not in self.memo:
            refs = self.indexes.by_kind.get(kind, ())
            self.memo[kind] = tuple([self.items[ref] for ref in refs])
        items: tuple[Item, ...] = self.memo[kind]
        return items

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
        return next((kind.info.listing for kind in kinds if self.of_kind(kind)), "")

    def for_all(self, kind: Kind) -> tuple[Item, ...]:
        key = "public", kind
        every = self.of_kind(kind)
        if key not in self.memo:
            self.memo[key] = tuple([item for item in every if not item.reseau])
        items: tuple[Item, ...] = self.memo[key]
        return items

    def trade(self) -> tuple[Item, ...]:
        kinds = where(lambda info: info.trade)
        return tuple(item for item in chain.from_iterable(map(self.of_kind, kinds)) if item.reseau)

    def put_forward(self) -> list[tuple[date, Item]]:
        chosen = ((item.entry.a_ne_pas_manquer, item) for item in self.items.values())
        current = ((until, item) for until, item in chosen if until and until >= self.day.date)
        going = (pair for pair in current if self.is_topical(pair[1]))
        return sorted(going, key=lambda pair: (pair[0], pair[1].ref))

    def is_topical(self, item: Item) -> bool:
        """Whether a content may be put forward: it is neither over nor called off, and tells of no
        past day as one to come."""
        return not item.is_over and item.goes_ahead and not item.day_told(self.day.date)

    def on(self, ref: str) -> Item:
        """What a row of the programme tells of: a content, or a tool where it is shown."""
        showing = self.showings.get(ref)
        if showing:
            return showing.item
        return self.items[ref]

    def find(self, value: str, *kinds: Kind) -> Item | None:
        """The published content that ``value`` (slug or reference) names among ``kinds``."""
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
        if value:
            return self.find(value, *PLACES)
        return None

    def lieu_of(self, entry: Entry) -> Item | None:
        if away(entry):
            return None
        return self.lieu(vars(entry).get("lieu"))

    def departement_of(self, item: Item) -> Departement | None:
        if item.commune:
            return self.geography.departement(item.commune.departement)
        codes = (code for code, _ in item.territoires)
        return next(filter(None, map(self.geography.departement, codes)), None)

    def ways(self, page: str) -> Ways:
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
        return self.items[ref]

    def medias_of(self, item: Item) -> dict[str, MediaRecord]:
        records = ((name, self.medias.get(path)) for name, path in item.medias.items())
        return {name: record for name, record in records if record}


def with_texts(site: Site, read: Iterable[Loaded]) -> Site | None:
    """The site once these files were read again, if nothing changed but words; else ``None``."""
    items = {**site.items}
    for loaded in read:
        item = None
        if loaded.entry and not loaded.faulty:
            item = site.items.get(loaded.entry.ref)
        if item is None or loaded.facts is None:
            return None
        was = item.written  # a file whose fields were given names of now has another front
        if was.front != loaded.front or was.facts.outline != loaded.facts.outline:
            return None
        written = Written(loaded.facts, loaded.digest, loaded.digest, loaded.front)
        items[item.ref] = structs.replace(item, written=written)
    return replace(site, items=Contents(items, {**site.drafts, **site.told}))


# Pages of the portal that are there as soon as they have something to show.
SERVICES = frozenset({urls.THEMES, urls.PLAN, urls.HOME})


def menu_faults(
    config: SiteConfig, root: Path, pages: Collection[str], features: Iterable[Feature]
) -> Iterator[Diagnostic]:
    """Entries of ``PORTAIL_MENU`` that lead to none of ``pages`` (E156)."""
    may_be = may_be_empty(config, features)
    addresses = {*pages, *may_be}
    for keys, (_, address) in config.menu.entries:
        page = address.partition("#")[0].partition("?")[0]
        if not address.startswith("/") or page in addresses:
            continue
        near = nearest(
            page, sorted(candidate for candidate in addresses if candidate.endswith("/")), limit=1
        )
        remedy = f"Vouliez-vous dire {near[0]} ?" if near else "Écrivez l’adresse d’une page."
        place = place_of(root, MENU, *keys)
        if place.line == 1:
            place = place_of(root, MENU, keys[0], address)
        yield diagnostic("E156", place, adresse=address, remede=remedy)


def may_be_empty(config: SiteConfig, features: Iterable[Feature]) -> Set[str]:
    """Lists and services that a portal has as soon as they hold something."""
    lists = {info.listing for kind, info in KINDS.items() if kind.value not in config.sans}
    return lists.union(SERVICES, *(feature.pages for feature in features)) - {""}
