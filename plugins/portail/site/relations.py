"""Related contents: few, near by what they are before when they came out; what is around.

Only what lasts is proposed, never a date or a call that will be over: the choice does not change
with the day. In each group of contents that have something in common, only those that came out
just before and just after are looked at: a new content changes the choice of its neighbours, not
of its whole theme, and the work does not grow with the size of the groups.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from portail.geo.coordinates import BoundingBox, LatLon, distance_km
from portail.geo.places import Commune, Territoire
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import fold

if TYPE_CHECKING:
    from portail.site.indexes import Indexes

Group: TypeAlias = tuple[str, ...]
"""What its members have in common: (sort, value…)."""

_LASTING = (Kind.ARTICLE, Kind.DOSSIER, Kind.RESSOURCE, Kind.PROJET)
_SIDE = 2
"""How many neighbours of each kind are looked at on each side, in each group."""
_WORDS = 5
_EVERYTHING: Group = ("tout",)


class Relations:
    """Answers for one site; built in one pass over its contents."""

    __slots__ = ("_groups", "_indexes", "_items", "_keys", "_refs")

    def __init__(self, items: Mapping[str, Item], indexes: Indexes) -> None:
        self._items, self._indexes = items, indexes
        groups: dict[tuple[Kind, Group], list[tuple[int, str]]] = defaultdict(list)
        self._keys: dict[str, tuple[tuple[Group, ...], ...]] = {}
        self._refs: dict[str, str] = {}
        for ref, item in items.items():
            day = item.entry.publie_le
            if day is None or not _lasts(item):
                continue
            self._refs[item.url] = ref
            tiers = self._keys[ref] = tuple(map(tuple, self._tiers(item)))
            for tier in tiers:
                for group in tier:
                    groups[item.entry.kind, group].append((day.toordinal(), ref))
        for members in groups.values():
            members.sort()
        self._groups = groups

    def near(self, ref: str, count: int, known: Collection[str] = ()) -> tuple[str, ...]:
        """At most ``count`` references, nearest first; empty for a content that does not last.

        Neither those ``known`` to be on its page already, nor those that its text leads to. What
        a nearer group gives always comes before the next group.
        """
        found: dict[str, None] = {}
        paths = (url.partition("#")[0] for url in self._items[ref].links.values())
        seen = {ref, *known, *(self._refs.get(path, "") for path in paths)}
        for tier in self._keys.get(ref, ()):
            fresh = {one for group in tier for one in self._around(group, ref)} - seen
            seen |= fresh
            found |= dict.fromkeys(sorted(fresh, key=lambda one: self._distance(ref, one)))
            if len(found) >= count:
                break
        return tuple(found)[:count]

    def _around(self, group: Group, ref: str) -> Iterator[str]:
        """Neighbours of ``ref`` in a group that holds it, by day, in each kind."""
        mine = self._day(ref), ref
        for kind in _LASTING:
            members = self._groups.get((kind, group), ())
            place = bisect_left(members, mine)
            for _, one in members[max(0, place - _SIDE) : place + _SIDE + 1]:
                yield one

    def _day(self, ref: str) -> int:
        day = self._items[ref].entry.publie_le
        assert day is not None
        return day.toordinal()

    def _distance(self, ref: str, other: str) -> tuple[int, int, bool, int, int, str]:
        """Order inside a tier: the more groups in common, the same kind, then the days."""
        mine, theirs = self._keys[ref], self._keys[other]
        dossiers, themes, places, words = (
            -len(set(mine[tier]).intersection(theirs[tier])) for tier in (0, 3, 4, 5)
        )
        days = abs(self._day(ref) - self._day(other))
        kinds = self._items[ref].entry.kind is not self._items[other].entry.kind
        return (dossiers, themes, kinds, places + words, days, other)

    def _tiers(self, item: Item) -> Iterator[list[Group]]:
        """Groups of a content, from what brings nearest: dossier, several themes, theme and
        territory, theme, territory, keyword, everything."""
        entry, kinds = item.entry, self._items
        gatherers = self._indexes.gatherers.get(item.ref, ())
        themes, place = sorted(entry.themes), item.territoires[:1]
        dossiers = (one for one in gatherers if kinds[one].entry.kind is Kind.DOSSIER)
        yield [("dossier", one) for one in dossiers]
        yield [("thèmes", *pair) for pair in combinations(themes, 2)]
        yield [("thème là", theme, code) for theme in themes for code, _ in place]
        yield [("thème", theme) for theme in themes]
        yield [("là", code) for code, _ in place]
        yield [("mot", fold(word)) for word in entry.mots_cles[:_WORDS]]
        yield [_EVERYTHING]


def _lasts(item: Item) -> bool:
    return item.entry.kind in _LASTING and item.entry.limite is None


# What is around a place: the contents nearest to a point, the point of a territory.
#
# Distances are as the crow flies, between centres of communes (``geo.coordinates.distance_km``).

HELPS = frozenset({"animation", "pret", "conseil", "formation"})
"""What a structure that can come or help offers others (vocabulary ``offres``)."""


class Around(NamedTuple):
    """A content, and how far it is in whole kilometres: 0 in the commune itself only."""

    item: Item
    km: int

    @property
    def loin(self) -> str:
        """How far, in words."""
        return f"à {self.km}\u00a0km" if self.km else "sur place"


def point_of_commune(commune: Commune | None) -> LatLon | None:
    """The centre of a commune; ``None`` when it is unknown."""
    if commune is None or commune.lat is None or commune.lon is None:
        return None
    return commune.lat, commune.lon


def nearest(
    point: LatLon, items: Iterable[Item], most: int = 6, reach: float | None = None
) -> tuple[Around, ...]:
    """The ``most`` contents nearest to ``point``, within ``reach`` kilometres if given, the nearest
    first, then in the order given. A content without a commune is nowhere, thus never near."""
    found: list[tuple[float, int, Item]] = []
    for rank, item in enumerate(items):
        there = point_of_commune(item.commune)
        km = distance_km(point, there) if there else None
        if km is not None and (reach is None or km <= reach):
            found.append((km, rank, item))
    found.sort(key=lambda row: row[:2])
    return tuple(Around(item, round(km) or int(km > 0)) for km, _, item in found[:most])


def lender_of(tool: Item) -> str:
    """Who lends a tool, as its sheet names it; the tool itself when it names nobody."""
    return getattr(tool.entry, "proprietaire", None) or tool.ref


def nearest_by_lender(
    point: LatLon, tools: Sequence[Item], most: int, reach: float | None = None
) -> tuple[Around, ...]:
    """The nearest tool of each of the ``most`` nearest lenders, as ``nearest`` tells them."""
    first: dict[str, Around] = {}
    for found in nearest(point, tools, len(tools), reach):
        first.setdefault(lender_of(found.item), found)
    return tuple(first.values())[:most]


def is_helper(item: Item) -> bool:
    """Whether a place is one to ask for help: an ``acteur-ressource``, or one that offers others to
    come, to lend, to advise or to train."""
    roles: tuple[str, ...] = getattr(item.entry, "roles", ())
    offers: tuple[str, ...] = getattr(item.entry, "offre", ())
    return "acteur-ressource" in roles or bool(HELPS.intersection(offers))


@per_site
def point_of(site: Site, territory: Territoire, siege: str = "") -> LatLon | None:
    """The point from which distances of a territory are told: the centre of its ``siege`` (INSEE
    code), else of its most populous town, else the middle of its communes."""
    geography = site.geography
    seat = point_of_commune(geography.by_code(siege) if siege else None)
    return seat or next(_centres(territory, geography), None)


def _centres(territory: Territoire, geography: Geography) -> Iterator[LatLon]:
    """Its towns, the most populous first, then the middle of all its communes."""
    communes = geography.communes_of(territory)
    codes = {one.code for one in communes}
    towns = (one for one in geography.towns if one.code in codes)
    yield from filter(None, map(point_of_commune, towns))
    box = BoundingBox.of(filter(None, map(point_of_commune, communes)))
    if box:
        yield box.centre
