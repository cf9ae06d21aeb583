"""What comes next: near an event or an announcement, in the days ahead.

In each group of events that have something in common (village, lieu, intercommunality, theme), in
the order of time, only the few just after and just before are looked at: one event edited changes
the pages of its neighbours, not of all that ever took place there. What a village contains is
proposed inside that village only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from portail.agenda.programme import Dated, Lasting, Programme, lasting, upcoming
from portail.model.articles import Annonce
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.site.facets import OUI, RESERVED, Facet, Facets, Pair, Value
from portail.site.urls import facet_of, listing_of

if TYPE_CHECKING:
    from portail.site.indexes import Indexes
    from portail.site.item import Item

Group: TypeAlias = tuple[str, ...]
"""What its members have in common: its sort, then what names it."""

_REACH = 8
_TOLD = 6
_TELLING = (Kind.EVENT, Kind.ARTICLE, Kind.RESSOURCE, Kind.ANNONCE)


class Next(NamedTuple):
    """A content that is still to come, and what it has in common: ``parent``, ``lieu``,
    ``territoire``, ``theme``, ``categorie`` or ``tout``."""

    lien: str
    ref: str


class Coming:
    """Answers for one site on one day; built in one pass over its contents."""

    __slots__ = ("_groups", "_indexes", "_items", "_keys", "_on", "_places", "_readers", "_refs")

    def __init__(self, items: Mapping[str, Item], indexes: Indexes) -> None:
        self._items, self._indexes = items, indexes
        self._keys: dict[str, tuple[Group, ...]] = {}
        self._groups: dict[Group, list[tuple[float, str]]] = defaultdict(list)
        self._readers: dict[str, list[str]] = defaultdict(list)
        self._refs: dict[str, str] = {}
        self._places: dict[str, str] = {}
        for ref, item in items.items():
            self._refs[item.url] = ref
            keys = self._keys[ref] = tuple(_groups(item))
            for key in keys[:1] if keys and keys[0][0] == "parent" else keys:
                self._groups[key].append((_stamp(item), ref))
            if item.entry.kind in _TELLING:
                for path in {url.partition("#")[0] for url in item.links.values()}:
                    self._readers[path].append(ref)
        for members in self._groups.values():
            members.sort()
        self._on = {ref for ref, keys in self._keys.items() if keys and _is_on(items[ref])}

    def after(self, ref: str, count: int, known: Collection[str] = ()) -> tuple[Next, ...]:
        """At most ``count`` contents still to come, nearest group first, soonest first; none of
        those ``known``."""
        found: dict[str, Next] = {}
        for key in self._keys[ref]:
            for one in self._around(key, ref):
                if one in self._on and one != ref and one not in known:
                    found.setdefault(one, Next(key[0], one))
            if len(found) >= count:
                break
        return tuple(found.values())[:count]

    def _around(self, key: Group, ref: str) -> Iterator[str]:
        """Neighbours of ``ref`` in a group: what follows it, then what precedes it."""
        members = self._groups.get(key, [])
        place = bisect_left(members, (_stamp(self._items[ref]), ref))
        following = members[place : place + _REACH + 1]
        for _, one in (*following, *members[max(0, place - _REACH) : place]):
            yield one

    def telling(self, ref: str) -> tuple[str, ...]:
        """Contents that the text of ``ref`` names or whose text names it: a few of each kind, in
        the order of lists."""
        item = self._items[ref]
        named = (self._refs.get(url.partition("#")[0]) for url in item.links.values())
        found = {*filter(None, named), *self._readers.get(item.url, ())}
        kinds = (self._indexes.by_kind.get(kind, ()) for kind in _TELLING)
        return tuple(
            one for refs in kinds for one in islice((ref for ref in refs if ref in found), _TOLD)
        )

    def reading(self, ref: str) -> str:
        """The article to read about an event: one that its text names, that names it, that is
        about its lieu, or names its lieu; ``""`` for none."""
        item = self._items[ref]
        lieu = getattr(item.entry, "lieu", None)
        named = (self._refs.get(url.partition("#")[0]) for url in item.links.values())
        found = self._article((*filter(None, named), *self._readers.get(item.url, ())))
        return found or (self._about(f"{Kind.LIEU.value}/{lieu}") if lieu else "")

    def _about(self, place: str) -> str:
        """The article about a lieu: looked for once, many events name it."""
        if place in self._items and place not in self._places:
            targets = self._indexes.by_target.get(place, ())
            readers = self._readers.get(self._items[place].url, ())
            self._places[place] = self._article((*targets, *readers))
        return self._places.get(place, "")

    def _article(self, refs: Iterable[str]) -> str:
        return next((one for one in refs if self._items[one].entry.kind is Kind.ARTICLE), "")


def _is_on(item: Item) -> bool:
    """Whether a content is still to come, and will take place."""
    shown = item.montree
    return item.listed and not item.passe and (shown is None or shown.maintenue)


def _groups(item: Item) -> Iterator[Group]:
    """Groups of a content, nearest first; none for what does not pass."""
    entry = item.entry
    if isinstance(entry, Event):
        if entry.evenement_parent:
            yield "parent", entry.evenement_parent
        if entry.lieu:
            yield "lieu", entry.lieu
        if item.territoires:
            yield "territoire", item.territoires[0][0]
    elif isinstance(entry, Annonce):
        yield "categorie", entry.categorie or ""
    else:
        return
    for theme in entry.themes:
        yield "theme", entry.kind.value, theme
    yield "tout", entry.kind.value


def _stamp(item: Item) -> float:
    """When it is shown to take place, or ends: seconds, then days, never compared."""
    shown = item.montree
    if shown:
        return shown.debut.timestamp()
    end = item.entry.limite
    return float(end.toordinal()) if end else 0.0


# What is on from the day of the build on: of everything, and of each value of a facet.
#
# Found once, in one pass over the coming days, for all that tells of it: the pages of the agenda,
# their posters. A value is shown, and its page linked to, while it holds something.

_WINDOW = timedelta(days=13)
"""Two weeks: what lasts and begins later is told on the day when it begins."""


class Outlook(NamedTuple):
    """What is on, in the order of time, and apart what lasts and is on within two weeks."""

    rows: tuple[Dated, ...]
    lasting: tuple[Lasting, ...]

    def __bool__(self) -> bool:
        return bool(self.rows or self.lasting)


class Ahead:
    """What is on from ``today`` on; ``window`` is the last day of its two first weeks. Made
    cheaply: days are looked at when first asked for."""

    __slots__ = ("_all", "_by_pair", "_facets", "_programme", "_reserved", "today", "window")

    def __init__(
        self, programme: Programme, reserved: Programme, facets: Facets, today: date
    ) -> None:
        self._programme, self._reserved, self._facets = programme, reserved, facets
        self.today, self.window = today, today + _WINDOW
        self._all: Outlook | None = None
        self._by_pair: Mapping[Pair, Outlook] | None = None

    @property
    def all(self) -> Outlook:
        """Everything that is open, highlights included."""
        if self._all is None:
            self._all = self._outlook(self._programme)
        return self._all

    @property
    def every(self) -> Outlook:
        """What is reserved to some too."""
        more = self.of(RESERVED)
        rows = sorted((*self.all.rows, *more.rows), key=lambda row: row[0])
        return Outlook(tuple(rows), (*self.all.lasting, *more.lasting)) if more else self.all

    def _outlook(self, programme: Programme) -> Outlook:
        return Outlook(
            tuple(upcoming(programme, self.today, self.window)),
            tuple(lasting(programme, self.today, self.window)),
        )

    def of(self, pair: Pair) -> Outlook:
        """Events of one value; nothing for a value that no coming event has."""
        if self._by_pair is None:
            self._by_pair = self._shared_out()
        return self._by_pair.get(pair, _NOTHING)

    def pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Values that hold something, with their facets, in the order in which they are shown,
        whether they have a page or not."""
        for facet, value in self._facets.pairs():
            if self.of((facet.cle, value.code)):
                yield facet, value

    def page_of(self, pair: Pair) -> str:
        """Site path of the page of a value, ``""`` while it holds nothing, or when it has none."""
        return agenda_of(pair) if self._facets.listed(pair) and self.of(pair) else ""

    def _shared_out(self) -> Mapping[Pair, Outlook]:
        rows: dict[Pair, list[Dated]] = defaultdict(list)
        bars: dict[Pair, list[Lasting]] = defaultdict(list)
        by_ref = self._facets.by_ref
        for row in self.all.rows:
            for pair in by_ref.get(row[1].ref, ()):
                rows[pair].append(row)
        for one in self.all.lasting:
            for pair in by_ref.get(one.ref, ()):
                bars[pair].append(one)
        pairs = dict.fromkeys((*rows, *bars))
        found = {pair: Outlook(tuple(rows[pair]), tuple(bars[pair])) for pair in pairs}
        return {**found, RESERVED: self._outlook(self._reserved)}


_NOTHING = Outlook((), ())


def agenda_of(pair: Pair) -> str:
    """Where the agenda of a value is.

    >>> agenda_of(("theme", "numerique")), agenda_of(("gratuit", "oui"))
    ('/agenda/theme/numerique/', '/agenda/gratuit/')
    """
    cle, code = pair
    return facet_of(listing_of(Kind.EVENT), cle, "" if code == OUI else code)
