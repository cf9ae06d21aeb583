"""Assembly of the site of one day: rules across documents, items, what is published."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import chain
from pathlib import PurePosixPath

from msgspec.structs import replace

from portail.agenda.weeks import SchoolHolidays
from portail.config import SiteConfig
from portail.day import Day
from portail.diagnostics import Report
from portail.feature import SUPPLIES, TELLS, Feature
from portail.files import digest_of
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.links import RefIndex, find_media, is_media, site_path, split_target
from portail.model.collections import (
    PlaceEntry,
    ResourceEntry,
    TerritoryEntry,
)
from portail.model.entry import Entry
from portail.model.event import Event, away
from portail.model.kinds import DATED, place_ref, territory_ref
from portail.model.registry import Mention
from portail.model.retraits import Retrait
from portail.model.vocabulary import Vocabularies
from portail.source.loader import Listing, Media, Register
from portail.source.store import Loaded, Store
from portail.text.normalise import fold
from portail.text.typography import EXEMPLE

from . import extensions
from .coordinates import commune_of
from .draft import Draft
from .facet_readers import ValueReader, facets_of
from .facets import EVENT_FACETS, Facets, OwnValues
from .indexes import build_indexes
from .item import Contents, Item, MediaRecord, Written, noting
from .outlook import Ahead
from .redirections import Renamed, follow, moved_refs
from .rivals import Late
from .showings import pairs_of_shown, showings_of
from .site import Site
from .territories import Enclosing, around, lineage
from .urls import AGENDA, NOT_FOUND, draft_path, media_url, path_of

# From what a document says alone to its item: what it leads to, names, shows; where and when.

_NOT_CITED = {"communautes", "dossiers", "territoires", "regle"}


def shown_medias(loaded: Loaded, medias: Collection[PurePosixPath]) -> dict[str, PurePosixPath]:
    """Pictures and documents, of ``medias``, that a content shows, by the name it gives them."""
    entry = loaded.entry
    facts = loaded.facts
    names = []
    if facts:
        names = [image.source for image in facts.images]
    if entry and entry.image:
        names += [entry.image.fichier]
    links = facts.links if facts else ()
    names += [link.target for link in links if is_media(split_target(link.target).path)]
    if not names:
        return {}
    shown = {name: find_media(split_target(name).path, loaded.path, medias) for name in names}
    return {name: media for name, media in shown.items() if media}


class ItemBuilder:
    """Makes the items of the documents that are published, ``visible`` by reference."""

    def __init__(self, draft: Draft, visible: Mapping[str, Loaded]) -> None:
        self.draft = draft
        self.visible = visible
        moved = {old: new for old, new in draft.moved.items() if new in visible}
        self.refs = RefIndex(visible, moved)
        self.urls = {ref: path_of(loaded.entry) for ref, loaded in visible.items() if loaded.entry}
        self._around: dict[str, tuple[Enclosing, ...]] = {}

    def item(self, ref: str, loaded: Loaded) -> Item:
        entry = loaded.entry
        facts = loaded.facts
        today = self.draft.day.date
        assert entry is not None and facts is not None
        medias = shown_medias(loaded, self.draft.medias)
        links = {
            link.target: self._destination(link.target, loaded.path)
            for link in facts.links
            if link.target not in medias
        }
        coming = [occurrence for occurrence in loaded.occurrences if not occurrence.is_over(today)]
        live = (occurrence for occurrence in coming if occurrence.maintained)
        mentions = self.draft.mentions(entry)
        named = [
            (mention, target) for mention in mentions if (target := mention.named(self.visible))
        ]
        commune = self._commune(entry)
        renamed = [rename.written for rename in self.draft.renamed.get(ref, ())]
        digest = loaded.digest
        front = loaded.front
        untitled = loaded.untitled
        if renamed:
            digest = digest_of(digest, *renamed)
            front = digest_of(front, *renamed)
            untitled = digest_of(untitled, *renamed)
        if entry.exemple:  # whatever names an example says that it is one
            entry = entry.model_copy(update={"titre": EXEMPLE + entry.titre})
        return Item(
            ref,
            self.urls.get(ref, ""),
            entry,
            written=Written(facts, digest, loaded.digest, front=front, untitled=untitled),
            occurrences=loaded.occurrences,
            commune=None if away(entry) else commune,
            upcoming=next(live, next(iter(coming), None)),
            coming=tuple(coming),
            is_over=not coming if loaded.occurrences else _is_over(entry, today),
            leads=links,
            medias=medias,
            targets=tuple(dict.fromkeys(ref for _, ref in named)),
            cited=tuple(dict.fromkeys(ref for mention, ref in named if _is_cited(mention))),
            territoires=self._territories(entry, commune),
            zone=tuple(line[0][0] for line in self._lineages(entry))
            if _is_everywhere(entry)
            else (),
        )

    def _destination(self, written: str, source: PurePosixPath) -> str:
        # Site path that an internal address leads to.
        # Only a preview still has addresses of what is not there: they lead to the 404 page.
        target = split_target(written)
        anchor = f"#{target.anchor}" if target.anchor else ""
        if not target.path:
            return anchor
        refs = self.refs.find(target.path, source)
        if refs:
            return self.urls[refs[0]] + anchor
        if self.draft.refs.find(target.path, source) or is_media(target.path):
            return NOT_FOUND
        return site_path(target.path) + anchor

    def _commune(self, entry: Entry) -> Commune | None:
        # Where a content is: its own commune, its address's, its lieu's or its owner's.
        if abroad := commune_of(entry):
            return abroad
        code: str | None = vars(entry).get("commune")
        if isinstance(entry, PlaceEntry):
            code = entry.code_commune
        elif isinstance(entry, Event) and entry.adresse:
            code = entry.adresse.commune
        lieu = None
        if code is None:
            lieu = self._lieu(entry)
        if lieu is not None:
            code = lieu.code_commune
        if lieu is not None and (abroad := commune_of(lieu)):
            return abroad
        if code:
            return self.draft.geography.by_code(code)
        return None

    def _lieu(self, entry: Entry) -> PlaceEntry | None:
        # Where an event is, what an article is about, who lends a tool.
        name = entry.proprietaire if isinstance(entry, ResourceEntry) else vars(entry).get("lieu")
        lieu = None
        if name:
            lieu = self.draft.entry(place_ref(name))
        if isinstance(lieu, PlaceEntry):
            return lieu
        return None

    def _territories(self, entry: Entry, commune: Commune | None) -> tuple[Enclosing, ...]:
        geography = self.draft.geography
        enclosing: tuple[Enclosing, ...] = ()
        if commune:
            cached = self._around.get(commune.code)
            enclosing = cached or self._around.setdefault(commune.code, around(commune, geography))
        typed = entry.territoires
        if commune is None and not typed:
            lieu = self._lieu(entry)
            typed = lieu.territoires if lieu else ()
        if not typed and not isinstance(entry, TerritoryEntry) and not _is_everywhere(entry):
            return enclosing
        names = dict(enclosing)
        for line in self._lineages(entry, typed):
            for code, name in line:
                names.setdefault(code, name)
        if isinstance(entry, TerritoryEntry):
            names.update(lineage(entry, geography)[1:])
        return tuple(names.items())

    def _lineages(self, entry: Entry, typed: Sequence[str] = ()) -> Iterator[tuple[Enclosing, ...]]:
        # Each territory that a content names, then what holds it; the region of the instance for
        # what is everywhere and names none.
        geography = self.draft.geography
        for slug in typed or entry.territoires:
            page = self.draft.entry(territory_ref(slug))
            territory = page if isinstance(page, TerritoryEntry) else geography.territoire(slug)
            if territory:
                yield lineage(territory, geography)
        if _is_everywhere(entry) and not entry.territoires and geography.home:
            yield lineage(geography.home, geography)


def _is_everywhere(entry: Entry) -> bool:
    return isinstance(entry, Event) and bool(entry.partout)


def _is_over(entry: Entry, today: date) -> bool:
    # Whether what has no occurrence is over: an announcement, an event that was to be dated.
    if isinstance(entry, Event):
        return (entry.edition or today.year) < today.year
    return bool(entry.ends) and entry.clos(today)


def _is_cited(mention: Mention) -> bool:
    # Whether pages write the name: what is gathered has its card, a rule is not shown.
    return mention.reference.code != "E401" and mention.loc[0] not in _NOT_CITED


def draft_of(
    listing: Listing,
    records: Sequence[Loaded],
    geography: Geography,
    day: Day,
    config: SiteConfig,
    register: Register | None = None,
    late: Iterable[Late] = (),
    *,
    features: tuple[Feature, ...] = (),
    parts: Mapping[str, object] | None = None,
) -> Draft:
    """Gather the records of a listing, beside the ``parts`` that ``features`` read; another
    document keeps the reference of those that are ``late``.
    """
    set_aside = {claim.path for claim in late}
    items: dict[str, Loaded] = {}
    doubles = []
    paths = {}
    for doc, record in zip(listing.documents, records, strict=False):
        if doc.path in set_aside:
            doubles.append(record)
            continue
        ref = f"{doc.kind.value}/{doc.slug}"
        paths[ref] = doc.path
        if record.entry is not None:
            items[ref] = record
    medias = {record.path: record for record in records[len(listing.documents) :]}
    ordered = dict(sorted(items.items()))
    taken = register or Register()
    entries = (loaded.entry for loaded in ordered.values() if loaded.entry)
    moved = moved_refs(entries, taken.retraits, paths)
    renamed = _follow(ordered, paths, moved) if moved else {}
    files = cache(lambda: {doc.path: doc for doc in listing.documents})
    return Draft(
        items=ordered,
        doubles=doubles,
        known=paths,
        medias=medias,
        geography=geography,
        day=day,
        preview=config.apercu,
        key=config.brouillons,
        bytes_of=lambda path: files()[path].file.read_bytes(),
        register=taken,
        moved=moved,
        renamed=renamed,
        features=features,
        parts=parts or {},
        unpublished=listing.unpublished,
    )


def _follow(
    items: dict[str, Loaded], claimed: Container[str], moved: Mapping[str, str]
) -> dict[str, tuple[Renamed, ...]]:
    renames = {}
    for ref, loaded in items.items():
        entry, renamed = follow(loaded.entry, claimed, moved) if loaded.entry else (None, ())
        if renamed:
            items[ref] = replace(loaded, entry=entry)
            renames[ref] = renamed
    return renames


def assemble(
    draft: Draft,
    listing: Listing,
    config: SiteConfig,
    store: Store,
    vocabularies: Vocabularies,
    holidays: SchoolHolidays,
    report: Report,
    derived: Sequence[Loaded] = (),
) -> Site:
    """The site that readers see: visible contents without those that ``report`` finds faulty, and
    the contents that no file tells (``derived``).
    """
    maker, items = _published(draft, derived, report.faulty_paths)
    drafts = _shared(draft, maker, report.faulty_paths)
    showings = showings_of(items, vocabularies, draft.geography, draft.day.date)
    written_items = _told(draft, maker, items)
    indexes = build_indexes(
        items, draft.geography, draft.day.date, showings.values(), written_items
    )
    medias = _medias([*items.values(), *drafts.values()], listing.medias, draft)
    events: list[Item] = []
    for kind in DATED:
        events.extend(items[ref] for ref in indexes.by_kind.get(kind, ()))

    @cache
    def facets() -> Facets:
        reader = ValueReader(draft.geography, vocabularies, draft.features)
        with noting():  # they are a read by themselves
            faceted = _facets(draft, events, items, reader, config.seuil_listes)
        shown_pairs = dict(pairs_of_shown(showings, written_items, reader, faceted.refs))
        by_ref = {**faceted.by_ref, **shown_pairs}
        everywhere = {**faceted.partout, **dict.fromkeys(written_items)}
        return replace(faceted, by_ref=by_ref, partout=everywhere)

    ahead = Ahead(indexes, facets, draft.day.date)
    whole = Contents(items, {**drafts, **written_items})
    return Site(
        config,
        draft.day,
        whole,
        medias=medias,
        indexes=indexes,
        bodies=store,
        vocabularies=vocabularies,
        geography=draft.geography,
        report=report,
        find_facets=facets,
        ahead=ahead,
        holidays=holidays,
        retraits=_retraits(draft, report.faulty_paths),
        showings=showings,
        features=draft.features,
        drafts=drafts,
        told=written_items,
    )


def _facets(
    draft: Draft,
    events: Sequence[Item],
    items: Mapping[str, Item],
    reader: ValueReader,
    seuil: int,
) -> Facets:
    # Those of events that have a day, features' own among them.
    features = draft.features
    dated = [item for item in events if item.occurrences and not item.reseau]
    names = {
        ("temps-fort", item.entry.slug): item.name
        for item in items.values()
        if item.entry.kind.info.yearly
    }
    adding = [feature for feature in features if feature.facets]
    own = OwnValues(names, partial(extensions.pairs_of, features=adding, items=items))
    every = (*EVENT_FACETS, *extensions.facets_of(features))
    facets = facets_of(AGENDA, every, dated, reader, own, seuil)
    return replace(facets, seances=extensions.sessions_of(dated, features))


def _published(
    draft: Draft, derived: Sequence[Loaded], faulty: frozenset[PurePosixPath]
) -> tuple[ItemBuilder, dict[str, Item]]:
    # What makes items of documents, and those of all that is published.
    supply = SUPPLIES.of(draft.features)
    visible: Mapping[str, Loaded] = _visible(draft, faulty)
    if supply:
        visible = supply.completed(visible, derived, draft)
    maker = ItemBuilder(draft, visible)
    items = {ref: maker.item(ref, loaded) for ref, loaded in visible.items()}
    return maker, supply.without_empty(items, draft) if supply else items


def _told(draft: Draft, maker: ItemBuilder, items: Mapping[str, Item]) -> dict[str, Item]:
    # What a feature tells of the world, where there is an agenda to tell it, but where somebody
    # wrote about it something that is everywhere.
    tells = TELLS.of(draft.features)
    dated = [item for item in items.values() if item.occurrences]
    written = [item for item in dated if item.partout and item.entry.indexable]
    items_told = {}
    if tells and dated:
        for url, loaded in tells(draft):
            item = replace(maker.item(str(loaded.path), loaded), url=url)
            if not any(_is_same(item, other) for other in written):
                items_told[item.ref] = item
    return items_told


def _is_same(simulated: Item, written: Item) -> bool:
    # Of that theme, and of that day, or of the day before or after with what one asks for it by.
    event = written.of(Event)
    text = fold(" ".join([event.titre, *event.mots_cles]))
    about = any(fold(word) in text for word in simulated.of(Event).mots_cles)
    days = [
        occurrence.first_day - simulated.occurrences[0].first_day
        for occurrence in written.occurrences
    ]
    return simulated.theme == written.theme and any(abs(day.days) <= about for day in days)


def _shared(draft: Draft, maker: ItemBuilder, faulty: frozenset[PurePosixPath]) -> dict[str, Item]:
    # The drafts that are shared, at the address of each: of what a preview shows at its own too,
    # this one is another page.
    return {
        ref: replace(maker.item(ref, loaded), url=draft_path(loaded.entry, draft.key))
        for ref, loaded in draft.items.items()
        if loaded.entry
        and loaded.entry.partage
        and loaded.path not in faulty
        and loaded.entry.kind.info.has_page
    }


def _retraits(draft: Draft, faulty: frozenset[PurePosixPath]) -> tuple[Retrait, ...]:
    if draft.register.path in faulty:
        return ()
    return tuple(retrait for retrait in draft.register.retraits if retrait.connu(draft.day.date))


def _visible(draft: Draft, faulty: frozenset[PurePosixPath]) -> dict[str, Loaded]:
    refused = faulty & draft.medias.keys()
    return {
        ref: loaded
        for ref, loaded in draft.items.items()
        if not (faulty and loaded.path in faulty)
        and loaded.entry
        and ref not in draft.hidden
        and not (refused and refused.intersection(shown_medias(loaded, draft.medias).values()))
    }


def _medias(
    items: Iterable[Item], files: Sequence[Media], draft: Draft
) -> dict[PurePosixPath, MediaRecord]:
    shown = set(chain.from_iterable(item.medias.values() for item in items))
    return {
        path: MediaRecord(
            path,
            media.file,
            record.digest,
            pixels=record.pixels,
            url=media_url(path),
            weight=media.stamp.size,
            animated=record.animated,
        )
        for media in files
        if (path := media.path) in shown and (record := draft.medias[path])
    }
