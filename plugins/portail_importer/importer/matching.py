"""Which content of the portal each item of a source is, even if the source has renamed it.

Tried in this order: identifier; identifier without its hour; address; title and place on a common
day. One item matches at most one content.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct, field

from portail.geo.coordinates import LatLon, distance_km
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.place import PlaceEntry
from portail.text.normalise import name_key, slugify

from .base import days_of, names_of
from .requests import Request
from .sources.prose import differ
from .uids import hourless, is_hourly, is_weak

# Above so many pairs of items and contents that look alike, no guess is made.
_MOST_PAIRS = 2_500
# Kilometres between two places of one name that are not the same.
_APART = 1.0
# Days that an event takes at most.
_LONGEST = 800
# A date that moves farther than this is that of another edition of the event.
_MOVED = timedelta(days=180)


class Traits(Struct, frozen=True):
    """What identifies an item of the source, or a content of the portal."""

    kind: Kind
    # Of the item; 0 for a content that is there.
    number: int
    ref: str
    titles: frozenset[str]
    # Slug of its lieu, else the name and the commune of its address; each may be empty. A place has
    # its commune alone.
    place: tuple[str, str, str]
    # Where it is, for a place.
    point: LatLon | None
    starts: frozenset[str]
    days: frozenset[date]
    addresses: frozenset[str]
    namespace: str = ""
    identifier: str = ""

    @property
    def is_named(self) -> bool:
        return bool(self.identifier) and not is_weak(self.identifier)


_Rule: TypeAlias = Callable[[Traits, Traits], bool]


def traits_of_item(request: Request, entry: Entry | None) -> Traits:
    title = request.text("titre")
    return Traits(
        kind=request.kind,
        number=request.number,
        ref="",
        titles=frozenset(filter(None, [name_key(title), name_key(slugify(title))])),
        place=_place(entry),
        point=point_of(entry),
        starts=_starts(entry),
        days=taken_by(entry) if entry else frozenset(),
        addresses=frozenset(filter(None, [address_key(request.address)])),
        namespace=request.namespace,
        identifier=request.identifier,
    )


def traits_of_content(entry: Entry, namespace: str) -> Traits:
    """Those of a content, among what comes from ``namespace``."""
    urls = [
        *(reference.url for reference in entry.references if reference.url),
        *entry.anciennes_urls,
    ]
    return Traits(
        kind=entry.kind,
        number=0,
        ref=entry.ref,
        titles=titles_of(entry),
        place=_place(entry),
        point=point_of(entry),
        starts=_starts(entry),
        days=taken_by(entry),
        addresses=frozenset(filter(None, map(address_key, urls))),
        namespace=namespace,
        identifier=dict(entry.ids_externes).get(namespace, ""),
    )


def titles_of(entry: Entry) -> frozenset[str]:
    """Keys of what a content is called: its names, that of its file when it is another."""
    slug = entry.slug
    names = [*names_of(entry)]
    own = [] if any(slug.startswith(slugify(name)) for name in names) else [slug]
    return frozenset(map(name_key, [*names, *own]))


def address_key(url: str) -> str:
    """What two writings of one address share; "" for a whole site, which tells no one content.

    >>> address_key("http://www.Exemple.org/nuit/#haut"), address_key("https://exemple.org/nuit")
    ('exemple.org/nuit', 'exemple.org/nuit')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.netloc.rpartition("@")[2]).lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    return f"{host}{path}{f'?{parts.query}' if parts.query else ''}" if path or parts.query else ""


def _place(entry: Entry | None) -> tuple[str, str, str]:
    if isinstance(entry, PlaceEntry):
        return ("", "", entry.code_commune or "")
    if not isinstance(entry, Event):
        return ("", "", "")
    if entry.lieu or not entry.adresse:
        return (str(entry.lieu or ""), "", "")
    return ("", name_key(entry.adresse.nom or ""), str(entry.adresse.commune))


def are_apart(first: LatLon | None, second: LatLon | None) -> bool:
    """Whether two places are surely not one, by where they are."""
    return first is not None and second is not None and distance_km(first, second) > _APART


def point_of(entry: Entry | None) -> LatLon | None:
    there = entry.coordonnees if isinstance(entry, PlaceEntry) else None
    return (there.lat, there.lon) if there else None


def taken_by(entry: Entry) -> frozenset[date]:
    ends: list[tuple[date, date]] = []
    if isinstance(entry, Event) and entry.debut and entry.fin:
        ends.append((entry.debut.jour, entry.fin.jour))
    if isinstance(entry, Event) and entry.horaires:
        ends.append((entry.horaires.du, entry.horaires.au))
    between = {
        first + timedelta(days=rank)
        for first, last in ends
        for rank in range(min((last - first).days + 1, _LONGEST))
    }
    return days_of(entry) | between


def _starts(entry: Entry | None) -> frozenset[str]:
    if not isinstance(entry, Event):
        return frozenset()
    moments = [entry.debut, *(seance.debut for seance in entry.seances)]
    return frozenset(str(moment) for moment in moments if moment)


def _same_place(item: Traits, content: Traits) -> bool:
    return not (are_apart(item.point, content.point) or differ(item.place, content.place))


def _same_title(item: Traits, content: Traits) -> bool:
    return bool(item.titles & content.titles)


class Search(Struct):
    """Applies the rules, surest first; an item or content taken by a rule is out of the next."""

    items: Sequence[Traits]
    contents: Sequence[Traits]
    today: date
    taken: dict[int, str] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    renumbered: bool = False

    def take(self, item: Traits, content: Traits) -> None:
        self.taken[item.number] = content.ref
        self.claimed.add(content.ref)

    def groups(
        self, keys_of: Callable[[Traits], Iterable[object]]
    ) -> Iterable[tuple[list[Traits], list[Traits]]]:
        by_key: dict[object, tuple[list[Traits], list[Traits]]] = defaultdict(lambda: ([], []))
        for side, those in enumerate((self.items, self.contents)):
            for traits in those:
                for key in keys_of(traits):
                    by_key[traits.kind, key][side].append(traits)
        for items, contents in by_key.values():
            yield (
                [item for item in items if item.number not in self.taken],
                [content for content in contents if content.ref not in self.claimed],
            )

    def pair(
        self, items: list[Traits], contents: list[Traits], rule: _Rule, moved: _Rule | None = None
    ) -> None:
        if not (items and contents):
            return
        for near in (_beginnings, _days):
            by_key: dict[object, list[Traits]] = defaultdict(list)
            for content in contents:
                for key in near(content):
                    by_key[key].append(content)
            for item in items:
                close = {
                    content.ref: content for key in near(item) for content in by_key.get(key, ())
                }
                free = [content for ref, content in close.items() if ref not in self.claimed]
                fit = [content for content in free if rule(item, content)]
                if fit and item.number not in self.taken:
                    self.take(item, max(fit, key=lambda content: _likeness(item, content)))
        left = [item for item in items if item.number not in self.taken]
        free = [content for content in contents if content.ref not in self.claimed]
        if moved is None or len(left) * len(free) > _MOST_PAIRS:
            return
        pairs = [(a, b) for a in left for b in free if rule(a, b) and moved(a, b)]
        mine = Counter(item.number for item, _ in pairs)
        theirs = Counter(content.ref for _, content in pairs)
        for item, content in pairs:
            if mine[item.number] == theirs[content.ref] == 1:
                self.take(item, content)

    def may_have_moved(self, item: Traits, content: Traits) -> bool:
        if not item.kind.info.dated or not item.days or not content.days:
            return True
        gap = min(abs(mine - theirs) for mine in item.days for theirs in content.days)
        return max(content.days) >= self.today and gap <= _MOVED

    def contradict(self, item: Traits, content: Traits) -> bool:
        return item.is_named and content.is_named and not self.renumbered

    def run(self) -> Mapping[int, str]:
        self._by_identifier()
        sure = len(self.taken)
        self._by_address()
        self._by_title()
        there = any(content.is_named for content in self.contents)
        named = [item for item in self.items if item.is_named]
        if not sure and there and any(item.number in self.taken for item in named):
            self.renumbered = True
            self._by_address()
            self._by_title()
        return self.taken

    def _by_identifier(self) -> None:
        def marks(traits: Traits) -> Iterable[object]:
            return [traits.identifier] if traits.identifier else []

        def named(item: Traits, content: Traits) -> bool:
            return item.is_named or not item.kind.info.dated or self.may_have_moved(item, content)

        for items, contents in self.groups(marks):
            self.pair(items, contents, lambda item, content: True, named)
        titles: dict[str, set[str]] = defaultdict(set)
        for item in self.items:
            titles[hourless(item.identifier)] |= item.titles

        def bare(traits: Traits) -> Iterable[object]:
            key = hourless(traits.identifier)
            mine = traits.number and not is_hourly(traits.identifier, traits.days)
            return [key] if key and not mine and len(titles[key]) < 2 else []

        for items, contents in self.groups(bare):
            self.pair(items, contents, lambda item, content: True, self.may_have_moved)

    def _by_address(self) -> None:
        shared = Counter(key for item in self.items for key in item.addresses)
        holders = Counter(
            key for content in self.contents if content.identifier for key in content.addresses
        )

        def alike(item: Traits, content: Traits) -> bool:
            keys = item.addresses & content.addresses
            alone = any(shared[key] == holders[key] == 1 for key in keys)
            return bool(content.identifier) and (
                _same_title(item, content) or (alone and not self.contradict(item, content))
            )

        def moved(item: Traits, content: Traits) -> bool:
            return not self.contradict(item, content) and self.may_have_moved(item, content)

        for items, contents in self.groups(lambda traits: traits.addresses):
            self.pair(items, contents, alike, moved)

    def _by_title(self) -> None:
        def moved(item: Traits, content: Traits) -> bool:
            if not item.kind.info.dated:
                return not (item.identifier and content.identifier) or self.renumbered
            own = item.addresses and content.addresses and not item.addresses & content.addresses
            unsure = (
                (own and not self.renumbered)
                or self.contradict(item, content)
                or not content.identifier
            )
            return not unsure and self.may_have_moved(item, content)

        for items, contents in self.groups(lambda traits: traits.titles):
            self.pair(items, contents, _same_place, moved)


def _beginnings(traits: Traits) -> Iterable[object]:
    return [traits.starts] if traits.starts else []


def _days(traits: Traits) -> Iterable[object]:
    return traits.days


def _likeness(item: Traits, content: Traits) -> tuple[int, int, int]:
    same = len(item.days & content.days), len(item.starts & content.starts)
    return (len(item.addresses & content.addresses), *same)
