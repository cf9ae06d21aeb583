"""Which contents answer to which key, each in the order in which lists show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from msgspec import Struct

from portail.agenda.occurrences import Occurrence, local
from portail.agenda.programme import Programme
from portail.model.collections import Regle, TerritoryEntry, YearlyEntry
from portail.model.event import Event
from portail.model.kinds import Kind, kept, territory_ref
from portail.model.registry import references_of
from portail.text.normalise import fold_word, sort_key
from portail.text.typography import plain

from .facets import FACETS, Facet, OwnValues
from .territories import code_of, territory_code
from .urls import AGENDA, listing_of

if TYPE_CHECKING:
    from portail.geo.territories import Geography

    from .item import Item
    from .showings import Showing

Refs: TypeAlias = tuple[str, ...]
K = TypeVar("K")


class Indexes(Struct, frozen=True):
    """References by key, each list in the order in which lists show contents.

    ``by_target`` is by what a content names in its fields, ``by_territoire`` by the keys of
    ``site.territories``, ``gathered`` by what gathers. What lists do not show is in ``by_kind``
    alone, and in ``apart``. ``programme`` is what is on, week by week; ``reserved`` what is to come
    for some alone: both are made when they are asked for.
    """

    by_kind: Mapping[Kind, Refs]
    by_theme: Mapping[str, Refs]
    by_target: Mapping[str, Refs]
    by_territoire: Mapping[str, Refs]
    apart: Mapping[str, Refs]
    gathered: Mapping[str, Refs]
    gatherers: Mapping[str, Refs]
    find_programme: Callable[[], Programme]
    find_reserved: Callable[[], Programme]
    territory_pages: Mapping[str, str]

    @property
    def programme(self) -> Programme:
        return self.find_programme()

    @property
    def reserved(self) -> Programme:
        return self.find_reserved()


def _in_order(items: Iterable[Item], today: date) -> Iterator[Item]:
    # Kind after kind, each in the order of its list.
    groups: dict[Kind, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.entry.kind].append(item)
    for kind in Kind:
        if kind.info.order == "week":
            yield from sorted(groups[kind], key=lambda item: item.entry.slug, reverse=True)
        else:
            yield from sorted(groups[kind], key=lambda item: _listing_key(item, today))


def _listing_key(item: Item, today: date) -> tuple[Any, ...]:
    # What comes or ends soonest, then what is over, latest first; else the newest first, what is
    # closed last; else the alphabet. What is true comes before examples: of the same day, but among
    # resources, whose day says little.
    entry = item.entry
    order = entry.kind.info.order
    invented = bool(entry.exemple)
    way = -1 if item.is_over else 1
    if order == "date":
        stamp = way * item.shown.debut.timestamp() if item.shown else inf
        return (item.is_over, stamp, invented, entry.slug)
    if entry.ends:
        end = (entry.limite or today).toordinal()
        return (item.is_over, way * end, invented, entry.slug)
    if order == "name":
        return (sort_key(plain(entry.titre)), entry.slug)
    new = -(entry.publie_le or date.min).toordinal()
    if order == "open":
        return (entry.clos(today), invented, new, entry.slug)
    return (entry.clos(today), new, invented, entry.slug)


def build_indexes(
    items: Mapping[str, Item],
    geography: Geography,
    today: date,
    showings: Iterable[Showing] = (),
    told: Mapping[str, Item] = MappingProxyType({}),
) -> Indexes:
    """Index published contents; the programme tells of ``showings`` and of ``told`` too."""
    ordered = tuple(_in_order(items.values(), today))
    listed = [item for item in ordered if item.listed]
    open_refs = {item.ref for item in listed}
    apart = [item for item in ordered if item.ref not in open_refs and not item.reseau]
    hidden = {item.ref for item in apart}
    gatherer = _Gatherer(
        items,
        _index(listed, lambda item: item.entry.themes),
        _index(listed, lambda item: map(fold_word, item.entry.mots_cles)),
        by_territoire=_index(listed, lambda item: (code for code, _ in item.territoires)),
        by_target=_index(
            (item for item in ordered if item.ref not in hidden), lambda item: item.targets
        ),
        geography=geography,
    )
    gathered = {item.ref: gatherer.gather(item) for item in ordered if item.entry.kind.info.gathers}
    return Indexes(
        _index(ordered, lambda item: (item.entry.kind,)),
        gatherer.by_theme,
        gatherer.by_target,
        by_territoire=gatherer.by_territoire,
        apart=_index(apart, lambda item: item.targets),
        gathered=gathered,
        gatherers=_inverse(gathered),
        find_programme=cache(lambda: _programme([*ordered, *told.values()], showings, today)),
        find_reserved=cache(
            lambda: Programme(
                (item.ref, item.occurrences) for item in ordered if _kept_for_some(item)
            )
        ),
        territory_pages={
            code_of(item.entry): item.ref
            for item in ordered
            if isinstance(item.entry, TerritoryEntry)
        },
    )


def _kept_for_some(item: Item) -> bool:
    return item.reserve and not (item.is_over or item.reseau)


def _programme(every: Iterable[Item], showings: Iterable[Showing], today: date) -> Programme:
    items = [item for item in every if not item.reseau]
    dated = (
        (
            item.ref,
            tuple(occurrence for occurrence in item.occurrences if occurrence.is_over(today))
            if item.reserve
            else item.occurrences,
        )
        for item in items
    )
    spans = ((showing.item.ref, showing.du, showing.au) for showing in showings)
    moved = _moved(item for item in items if not item.reserve)
    return Programme((row for row in dated if row[1]), (*_spans(items), *spans), moved)


def _spans(items: Iterable[Item]) -> Iterator[tuple[str, date, date]]:
    for item in items:
        if isinstance(item.entry, YearlyEntry):
            for edition in item.entry.editions:
                if edition.du and edition.au:
                    yield item.ref, edition.du, edition.au


def _moved(items: Iterable[Item]) -> Iterator[tuple[str, Occurrence, date]]:
    for item in items:
        entry = item.entry
        if not isinstance(entry, Event):
            continue
        for occurrence in item.occurrences:
            if occurrence.etat not in ("reporte", "reprogramme") or (
                occurrence.source is None and occurrence.rang
            ):
                continue
            written = entry if occurrence.source is None else entry.seances[occurrence.source]
            old = written.ancien_debut
            if old and old.jour != occurrence.day:
                start = local(old.jour, old.heure)
                fin = None if old.heure else start
                ghost = Occurrence(
                    start,
                    fin,
                    fin is not None,
                    etat="reporte",
                    rang=occurrence.rang,
                    source=occurrence.source,
                )
                yield item.ref, ghost, occurrence.first_day


def _inverse(rows: Mapping[str, Refs]) -> dict[str, Refs]:
    # Keys of rows by what these hold.
    holders: dict[str, Refs] = {}
    for key, refs in rows.items():
        for ref in refs:
            holders[ref] = (*holders.get(ref, ()), key)
    return holders


def _index(items: Iterable[Item], keys: Callable[[Item], Iterable[K]]) -> dict[K, Refs]:
    # References of items, in their order, by each key of theirs.
    refs: dict[K, list[str]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            refs[key].append(item.ref)
    return {key: tuple(refs_of) for key, refs_of in refs.items()}


class _Gatherer(Struct, frozen=True):
    """Finds what dossiers and communities gather; every list is in the order of lists."""

    items: Mapping[str, Item]
    by_theme: Mapping[str, Refs]
    by_word: Mapping[str, Refs]
    by_territoire: Mapping[str, Refs]
    by_target: Mapping[str, Refs]
    geography: Geography

    def gather(self, gatherer: Item) -> Refs:
        # Elements in their order, then what names the gatherer, then what its rule finds.
        entry = gatherer.entry
        elements = references_of(entry, "elements")
        refs = [ref for mention in elements if (ref := mention.named(self.items))]
        key = entry.kind.info.gathers
        naming = self.by_target.get(gatherer.ref, ())
        refs += [ref for ref in naming if entry.slug in getattr(self.items[ref].entry, key)]
        regle: Regle | None = getattr(entry, "regle", None)
        if regle:
            refs += self._matching(regle)
        return tuple(ref for ref in dict.fromkeys(refs) if ref != gatherer.ref)

    def _matching(self, regle: Regle) -> Iterator[str]:
        lists = [
            table.get(key, ())
            for table, key in (
                (self.by_theme, regle.theme),
                (self.by_word, regle.mot_cle and fold_word(regle.mot_cle)),
                (self.by_territoire, regle.territoire and self._code(regle.territoire)),
            )
            if key is not None
        ]
        others = [frozenset(refs) for refs in lists[1:]]
        for ref in lists[0]:
            entry = self.items[ref].entry
            is_subject = entry.kind.info.is_subject and not entry.sans_fichier
            if is_subject and all(ref in refs for refs in others):
                yield ref

    def _code(self, slug: str) -> str:
        # Key of the territory of a page, or of the tables.
        page = self.items.get(territory_ref(slug))
        if page and isinstance(page.entry, TerritoryEntry):
            return code_of(page.entry)
        territory = self.geography.territoire(slug)
        if territory:
            return territory_code(territory)
        return ""


# Lists that facets narrow: where each is, what it holds, by what it is narrowed.
#
# The agenda has its own reckoning (``site.ahead``), since its contents come back day after day.


class NarrowedList(Struct, frozen=True):
    """The list at ``url`` of the contents of ``kind`` that it ``holds``, narrowed by ``facets``.

    ``near``: it is sorted around a commune. ``values`` gives what it alone reads; ``shows`` what it
    holds today, by default what is not over.
    """

    url: str
    kind: Kind
    facets: tuple[Facet, ...]
    nom: str
    pluriel: str
    article: str
    holds: Callable[[Item], bool] = lambda _: True
    more_kinds: tuple[Kind, ...] = ()
    near: bool = False
    # Both are given the ``Site``, whose module imports this one.
    values: Callable[[Any, Sequence[Item]], OwnValues] = lambda site, items: OwnValues()
    shows: Callable[[Any], tuple[Item, ...]] | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (self.kind, *self.more_kinds)

    @property
    def all_of_it(self) -> str:
        return f"{'Toutes' if self.article == 'une' else 'Tous'} les {self.pluriel}"

    @property
    def none_of_it(self) -> str:
        return f"{'Aucune' if self.article == 'une' else 'Aucun'} {self.nom}"

    @property
    def names(self) -> tuple[str, str, str]:
        """What one is called, several, and none."""
        return self.nom, self.pluriel, self.none_of_it

    def counted(self, number: int) -> str:
        """Its noun, agreeing with ``number`` (French: plural from two)."""
        if number > 1:
            return self.pluriel
        return self.nom


def _of(kind: Kind) -> NarrowedList:
    info = kind.info
    words = (info.nom, info.pluriel, info.article)
    return NarrowedList(listing_of(kind), kind, FACETS[kind], *words, near=info.near)


# Lists of kinds, which have facets as soon as they are of use.
LISTS = kept(
    list[NarrowedList](),
    lambda: [_of(kind) for kind in FACETS if kind.info.listing != AGENDA],
)
