"""What a page proposes of others: a few to read next, what comes next, what is around a place. To
read next is what lasts, so that neither the day nor a new content changes the choice of many.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, islice
from typing import NamedTuple, TypeAlias

from portail.geo.coordinates import BoundingBox, LatLon, distance_km
from portail.geo.places import Territoire
from portail.geo.territories import Geography
from portail.model.collections import AnnouncementEntry
from portail.model.event import Event
from portail.model.kinds import ANTHOLOGIES, BY_FOLDER, place_ref, ranked
from portail.site.item import Item
from portail.site.memo import answer, kept_answer, per_site
from portail.site.site import Site
from portail.text.normalise import fold_word
from portail.text.typography import nombre

# What its members have in common: (sort, value…).
Group: TypeAlias = tuple[str, ...]

_LASTING = ranked(lambda info: info.lasting if info.read_next else 0)
# How many neighbours of each kind are looked at on each side, in each group.
_SIDE = 2
_WORDS = 5
_EVERYTHING: Group = ("tout",)


# A content that lasts: its reference, address and day, its groups from what brings nearest.
_Row: TypeAlias = tuple[str, str, int, tuple[tuple[Group, ...], ...]]


@kept_answer
def _lasting(site: Site) -> tuple[_Row, ...]:
    days = (
        (item, item.entry.publie_le)
        for item in site.untitled_of(_LASTING)
        if item.entry.limite is None
    )
    rows = []
    for item, day in days:
        if day:
            apart = ("réseau",) * item.reseau  # neither reads on to the other's
            tiers = (tuple((*apart, *group) for group in tier) for tier in _tiers(item, site))
            rows.append((item.ref, item.url, day.toordinal(), tuple(tiers)))
    return tuple(rows)


@per_site
def relations_of(site: Site) -> Relations:
    """The relations of a site: no title, summary or event changes them."""
    return Relations(_lasting(site))


class Relations:
    """Answers for one site; built in one pass over its contents."""

    __slots__ = ("_days", "_groups", "_keys", "_refs")

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._groups: dict[tuple[str, Group], list[tuple[int, str]]] = defaultdict(list)
        self._keys: dict[str, tuple[tuple[Group, ...], ...]] = {}
        self._refs: dict[str, str] = {}
        self._days: dict[str, int] = {}
        for ref, url, day, tiers in rows:
            self._refs[url] = ref
            self._days[ref] = day
            self._keys[ref] = tiers
            for tier in tiers:
                for group in tier:
                    self._groups[_folder(ref), group].append((day, ref))
        for members in self._groups.values():
            members.sort()

    def near(self, item: Item, count: int, shown: Collection[str] = ()) -> tuple[str, ...]:
        """At most ``count`` references, the nearest first, without those ``shown`` already; none
        for a content that does not last.
        """
        ref = item.ref
        refs = dict[str, None]()
        paths = (url.partition("#")[0] for url in item.links.values())
        excluded = {ref, *shown, *(self._refs.get(path, "") for path in paths)}
        for tier in self._keys.get(ref, ()):
            fresh = set(chain.from_iterable(self._around(group, ref) for group in tier)) - excluded
            excluded |= fresh
            refs |= dict.fromkeys(
                sorted(fresh, key=lambda neighbour: self._distance(ref, neighbour))
            )
            if len(refs) >= count:
                break
        return tuple(refs)[:count]

    def _around(self, group: Group, ref: str) -> Iterator[str]:
        # Neighbours of ``ref`` in a group that holds it, by day, in each kind.
        for kind in _LASTING:
            members = self._groups.get((kind.value, group), [])
            place = bisect_left(members, (self._days[ref], ref))
            for _, member in members[max(0, place - _SIDE) : place + _SIDE + 1]:
                yield member

    def _distance(self, ref: str, neighbour: str) -> tuple[int, int, bool, int, int, str]:
        # Order inside a tier: the more groups in common, the same kind, then the days.
        mine = self._keys[ref]
        theirs = self._keys[neighbour]
        dossiers, themes, places, words = (
            -len(set(mine[tier]).intersection(theirs[tier])) for tier in (0, 3, 4, 5)
        )
        days = abs(self._days[ref] - self._days[neighbour])
        return (
            dossiers,
            themes,
            _folder(ref) != _folder(neighbour),
            places + words,
            days,
            neighbour,
        )


def _tiers(item: Item, site: Site) -> Iterator[list[Group]]:
    # Groups of a content, from what brings nearest: dossier, several themes, theme and territory,
    # theme, territory, keyword, everything.
    entry = item.entry
    themes = sorted(entry.themes)
    place = item.territoires[:1]
    gatherers = site.indexes.gatherers.get(item.ref, ())
    yield [
        ("dossier", gatherer)
        for gatherer in gatherers
        if BY_FOLDER[_folder(gatherer)] in ANTHOLOGIES
    ]
    yield [("thèmes", *pair) for pair in combinations(themes, 2)]
    yield [("thème là", theme, place[0][0]) for theme in themes if place]
    yield [("thème", theme) for theme in themes]
    yield [("là", code) for code, _ in place]
    yield [("mot", fold_word(word)) for word in entry.mots_cles[:_WORDS]]
    yield [_EVERYTHING]


def _folder(ref: str) -> str:
    return ref.partition("/")[0]


# What comes next: near an event or an announcement, in the days ahead.
#
# In each group of events that have something in common (village, lieu, subject, territory), in the
# order of time, only the few just after and just before are looked at: one event edited changes
# the pages of its neighbours, not of all that ever took place there. What a village contains is
# proposed inside that village only.

_REACH = 8
_SHOWN = 6
_TELLING = ranked(lambda info: info.grows)


class Next(NamedTuple):
    """A content still to come, and what it has in common (``parent``, ``lieu``, ``sujet``,
    ``territoire``, ``categorie``, ``theme`` or ``tout``).
    """

    lien: str
    ref: str


def next_of(site: Site, ref: str, count: int, shown: Collection[str] = ()) -> tuple[Next, ...]:
    """At most ``count`` contents still to come: the nearest group first, the soonest first in
    each.
    """
    item = site.items[ref]
    following = dict[str, Next]()
    mine = _stamp(item), ref
    for key in _passing(item):
        members = _members(site, *key)
        place = bisect_left(members, mine)
        for _, member in (
            *members[place : place + _REACH + 1],
            *members[max(0, place - _REACH) : place],
        ):
            if member != ref and member not in shown and _is_on(site.items[member]):
                following.setdefault(member, Next(key[0], member))
        if len(following) >= count:
            break
    return tuple(following.values())[:count]


@kept_answer
def _members(site: Site, *group: str) -> tuple[tuple[float, str], ...]:
    return tuple(sorted(_grouped(site).get(group, ())))


@per_site
def _grouped(site: Site) -> Mapping[Group, Sequence[tuple[float, str]]]:
    groups: dict[Group, list[tuple[float, str]]] = defaultdict(list)
    for item in site.untitled_of():
        keys = tuple(_passing(item))
        for key in keys[:1] if keys and keys[0][0] == "parent" else keys:
            groups[key].append((_stamp(item), item.ref))
    return groups


@answer
def _named(site: Site) -> Mapping[str, tuple[str, ...]]:
    # By reference, so that neither the day nor a new content changes which is read first.
    items = sorted(site.untitled_of(), key=lambda item: item.ref)
    refs = {item.url: item.ref for item in items}
    named = {}
    for item in items:
        urls = dict.fromkeys(url.partition("#")[0] for url in item.links.values())
        if urls:
            named[item.ref] = tuple(refs[url] for url in urls if url in refs)
    return named


@per_site
def _readers(site: Site) -> Mapping[str, Sequence[str]]:
    readers: dict[str, list[str]] = defaultdict(list)
    folders = {kind.value for kind in _TELLING}
    for ref, named in _named(site).items():
        if _folder(ref) in folders:
            for target in named:
                readers[target].append(ref)
    return readers


def telling(site: Site, ref: str) -> tuple[str, ...]:
    """Contents that the text of ``ref`` names or whose text names it: a few of each kind, in the
    order of lists."""
    linked = {*_named(site).get(ref, ()), *_readers(site).get(ref, ())}
    kinds = (site.indexes.by_kind.get(kind, ()) for kind in _TELLING)
    return tuple(
        chain.from_iterable(
            islice((ref for ref in refs if ref in linked), _SHOWN) for refs in kinds
        )
    )


def reading(site: Site, ref: str) -> str:
    """The article to read about an event: tied by text, or by its lieu; ``""`` for none."""
    lieu = getattr(site.items[ref].entry, "lieu", None)
    article = _article((*_named(site).get(ref, ()), *_readers(site).get(ref, ())))
    return article or (_about(site, place_ref(lieu)) if lieu else "")


@answer
def _about(site: Site, place: str) -> str:
    targets = site.indexes.by_target.get(place, ()) if place in site.items else ()
    return _article((*targets, *_readers(site).get(place, ())))


def _article(refs: Iterable[str]) -> str:
    return next((ref for ref in refs if BY_FOLDER[_folder(ref)].info.to_read), "")


def _is_on(item: Item) -> bool:
    shown = item.shown
    return item.listed and not item.is_over and (shown is None or shown.maintained)


def _passing(item: Item) -> Iterator[Group]:
    entry = item.entry
    if isinstance(entry, Event):
        if entry.evenement_parent:
            yield "parent", entry.evenement_parent
        if entry.lieu:
            yield "lieu", entry.lieu
        yield from (("sujet", "dossier", slug) for slug in entry.dossiers)
        yield from (("sujet", "mot", fold_word(word)) for word in entry.mots_cles[:_WORDS])
        if item.territoires:
            yield "territoire", item.territoires[0][0]
    elif isinstance(entry, AnnouncementEntry):
        yield "categorie", entry.categorie or ""
        yield from (("theme", theme) for theme in entry.themes)
        yield ("tout",)


def _stamp(item: Item) -> float:
    # When it is shown to take place, or ends: seconds, then days, never compared.
    shown = item.shown
    if shown:
        return shown.debut.timestamp()
    end = item.entry.limite
    if end:
        return float(end.toordinal())
    return 0.0


# What is around a place: the contents nearest to a point, the point of a territory.
#
# Distances are as the crow flies, between centres of communes (``geo.coordinates.distance_km``).

# What a structure that can come or help offers others (vocabulary ``offres``).
HELPS = frozenset({"animation", "pret", "conseil", "formation"})


class Around(NamedTuple):
    """A content, and how far it is in whole kilometres: 0 in the commune itself only."""

    item: Item
    km: int

    @property
    def loin(self) -> str:
        if self.km:
            return f"à {nombre(self.km)}\u00a0km"
        return "sur place"


def nearest(
    point: LatLon, items: Iterable[Item], most: int = 6, reach: float | None = None
) -> tuple[Around, ...]:
    """The ``most`` contents nearest to ``point`` within ``reach`` kilometres; none without a
    commune.
    """
    rows: list[tuple[float, int, Item]] = []
    for rank, item in enumerate(items):
        if item.commune and item.commune.point:
            km = distance_km(point, item.commune.point)
            if reach is None or km <= reach:
                rows.append((km, rank, item))
    rows.sort(key=lambda row: row[:2])
    return tuple(Around(item, round(km) or int(km > 0)) for km, _, item in rows[:most])


def lender_of(tool: Item) -> str:
    """Who lends a tool, as its sheet names it; the tool itself when it names nobody."""
    return getattr(tool.entry, "proprietaire", None) or tool.ref


def nearest_by_lender(
    point: LatLon, tools: Sequence[Item], most: int, reach: float | None = None
) -> tuple[Around, ...]:
    """The nearest tool of each of the ``most`` nearest lenders, as ``nearest`` tells them."""
    first: dict[str, Around] = {}
    for near in nearest(point, tools, len(tools), reach):
        first.setdefault(lender_of(near.item), near)
    return tuple(first.values())[:most]


def is_helper(item: Item) -> bool:
    """Whether a place is one to ask for help: an ``acteur-ressource``, or one that offers others to
    come, to lend, to advise or to train."""
    roles: tuple[str, ...] = getattr(item.entry, "roles", ())
    offers: tuple[str, ...] = getattr(item.entry, "offre", ())
    return "acteur-ressource" in roles or bool(HELPS.intersection(offers))


@per_site
def point_of(site: Site, territory: Territoire, siege: str = "") -> LatLon | None:
    """The point from which distances of a territory are told: its ``siege``, its largest town, else
    its middle.
    """
    geography = site.geography
    seat = geography.by_code(siege) if siege else None
    return (seat and seat.point) or next(_centres(territory, geography), None)


def _centres(territory: Territoire, geography: Geography) -> Iterator[LatLon]:
    communes = geography.communes_of(territory)
    codes = {commune.code for commune in communes}
    yield from filter(None, (town.point for town in geography.towns if town.code in codes))
    box = BoundingBox.of(filter(None, (commune.point for commune in communes)))
    if box:
        yield box.centre
