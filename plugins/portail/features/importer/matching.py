"""Which content each item of a source is, though the source names it otherwise than last time.

In this order: its identifier; that identifier but for the hour it holds; its address; its title and
its place, on a day of it. Each item takes one content at most, and each content one item.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct

from portail.features.importer.asked import Asked
from portail.features.importer.base import Base, Journal, days_of, mark, names_of
from portail.features.importer.uids import hourless, is_derived, is_hourly
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.text.normalise import name_key, slugify

_MOST_PAIRS = 2_500
"""Of items and contents that are alike: with more, nothing says which is which."""
_LONGEST = 800
"""Days that an event takes at most."""
_MOVED = timedelta(days=180)
"""How far the date of an event moves at most: farther it is an edition of another year."""


class Traits(Struct, frozen=True):
    """What tells a content from others, on one side or the other."""

    kind: Kind
    number: int
    """Of the item; 0 for a content that is there."""
    ref: str
    titles: frozenset[str]
    place: tuple[str, str, str]
    """Slug of its lieu, else the name and the commune of its address; each may be empty."""
    starts: frozenset[str]
    days: frozenset[date]
    addresses: frozenset[str]
    namespace: str = ""
    identifier: str = ""
    aliases: frozenset[str] = frozenset()
    """Digests of the identifiers by which the source named it since."""

    @property
    def is_named(self) -> bool:
        """Whether its identifier is one of the source, neither an address nor made of its title."""
        weak = is_derived(self.identifier) or "://" in self.identifier
        return bool(self.identifier) and not weak


_Rule: TypeAlias = Callable[[Traits, Traits], bool]


def traits_of_item(one: Asked, entry: Entry | None) -> Traits:
    """Those of an item, whose file would be ``entry``."""
    title = one.text("titre")
    return Traits(
        kind=one.kind,
        number=one.number,
        ref="",
        titles=frozenset(filter(None, [name_key(title), name_key(slugify(title))])),
        place=_place(entry),
        starts=_starts(entry),
        days=_taken(entry) if entry else frozenset(),
        addresses=frozenset(filter(None, [address_key(one.address)])),
        namespace=one.namespace,
        identifier=one.identifier,
    )


def traits_of_content(item: Item, namespace: str, journal: Journal) -> Traits:
    """Those of a content, among what comes from ``namespace``."""
    entry = item.entry
    known = journal.get(item.ref, {}).get(f"ids_externes.{namespace}", "")
    urls = [*(one.url for one in entry.references if one.url), *entry.anciennes_urls]
    return Traits(
        kind=entry.kind,
        number=0,
        ref=item.ref,
        titles=titles_of(item),
        place=_place(entry),
        starts=_starts(entry),
        days=_taken(entry),
        addresses=frozenset(filter(None, map(address_key, urls))),
        namespace=namespace,
        identifier=dict(entry.ids_externes).get(namespace, ""),
        aliases=frozenset([str(known)] if known else []),
    )


def titles_of(item: Item) -> frozenset[str]:
    """Keys of what a content is called: its names, that of its file when it is another."""
    slug = item.entry.slug
    names = [*names_of(item)]
    own = [] if any(slug.startswith(slugify(name)) for name in names) else [slug]
    return frozenset(map(name_key, [*names, *own]))


def address_key(url: str) -> str:
    """What two writings of one address share.

    >>> address_key("http://www.Exemple.org/nuit/#haut"), address_key("https://exemple.org/nuit")
    ('exemple.org/nuit', 'exemple.org/nuit')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.netloc.rpartition("@")[2]).lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    return f"{host}{path}{f'?{parts.query}' if parts.query else ''}" if path or host else ""


def _place(entry: Entry | None) -> tuple[str, str, str]:
    if not isinstance(entry, Event):
        return ("", "", "")
    if entry.lieu or not entry.adresse:
        return (str(entry.lieu or ""), "", "")
    return ("", name_key(entry.adresse.nom or ""), str(entry.adresse.commune))


def _taken(entry: Entry) -> frozenset[date]:
    """The days of ``days_of``, and those between the ends of what lasts."""
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
    moments = [entry.debut, *(one.debut for one in entry.seances)]
    return frozenset(str(one) for one in moments if one)


def _same_place(one: Traits, other: Traits) -> bool:
    """Whether nothing of their places says that they are two."""
    both = zip(one.place, other.place, strict=True)
    return not any(mine and theirs and mine != theirs for mine, theirs in both)


def _same_title(one: Traits, other: Traits) -> bool:
    return bool(one.titles & other.titles)


class _Search:
    """Rounds of rules, from the surest on."""

    def __init__(self, items: Sequence[Traits], contents: Sequence[Traits], today: date) -> None:
        self.items = items
        self.contents = contents
        self.today = today
        self.taken: dict[int, str] = {}
        self.claimed: set[str] = set()
        self.renumbered = False

    def take(self, one: Traits, other: Traits) -> None:
        self.taken[one.number] = other.ref
        self.claimed.add(other.ref)

    def groups(
        self, keys_of: Callable[[Traits], Iterable[object]]
    ) -> Iterable[tuple[list[Traits], list[Traits]]]:
        """Items and contents without a partner that share a key."""
        held: dict[object, tuple[list[Traits], list[Traits]]] = defaultdict(lambda: ([], []))
        for side, those in enumerate((self.items, self.contents)):
            for one in those:
                for key in keys_of(one):
                    held[one.kind, key][side].append(one)
        for items, contents in held.values():
            yield (
                [one for one in items if one.number not in self.taken],
                [one for one in contents if one.ref not in self.claimed],
            )

    def pair(
        self, items: list[Traits], contents: list[Traits], rule: _Rule, moved: _Rule | None = None
    ) -> None:
        """Those that begin together, then on a common day; then what is alone on both sides and
        may have ``moved``."""
        if not (items and contents):
            return
        for near in (_beginnings, _days):
            held: dict[object, list[Traits]] = defaultdict(list)
            for other in contents:
                for key in near(other):
                    held[key].append(other)
            for one in items:
                close = {other.ref: other for key in near(one) for other in held.get(key, ())}
                free = [other for ref, other in close.items() if ref not in self.claimed]
                fit = [other for other in free if rule(one, other)]
                if fit and one.number not in self.taken:
                    self.take(one, max(fit, key=lambda other: _likeness(one, other)))
        left = [one for one in items if one.number not in self.taken]
        free = [one for one in contents if one.ref not in self.claimed]
        if moved is None or len(left) * len(free) > _MOST_PAIRS:
            return
        pairs = [(a, b) for a in left for b in free if rule(a, b) and moved(a, b)]
        mine = Counter(one.number for one, _ in pairs)
        theirs = Counter(other.ref for _, other in pairs)
        for one, other in pairs:
            if mine[one.number] == theirs[other.ref] == 1:
                self.take(one, other)

    def may_have_moved(self, one: Traits, other: Traits) -> bool:
        """Whether the date of a content that is still to come may have become that of an item."""
        if not one.kind.info.dated or not one.days or not other.days:
            return True
        gap = min(abs(mine - theirs) for mine in one.days for theirs in other.days)
        return max(other.days) >= self.today and gap <= _MOVED

    def contradict(self, one: Traits, other: Traits) -> bool:
        """Whether a source that keeps its identifiers gives them two."""
        return one.is_named and other.is_named and not self.renumbered

    def run(self) -> Mapping[int, str]:
        self._by_identifier()
        sure = len(self.taken)
        self._by_address()
        self._by_title()
        there = any(one.is_named for one in self.contents)
        named = [one for one in self.items if one.is_named]
        if not sure and there and any(one.number in self.taken for one in named):
            self.renumbered = True
            self._by_address()
            self._by_title()
        return self.taken

    def _by_identifier(self) -> None:
        def marks(one: Traits) -> Iterable[object]:
            return {*one.aliases, *([mark(one.identifier)] if one.identifier else [])}

        def named(one: Traits, other: Traits) -> bool:
            return one.is_named or not one.kind.info.dated or self.may_have_moved(one, other)

        for items, contents in self.groups(marks):
            self.pair(items, contents, lambda one, other: True, named)
        titles: dict[str, set[str]] = defaultdict(set)
        for one in self.items:
            titles[hourless(one.identifier)] |= one.titles

        def bare(one: Traits) -> Iterable[object]:
            key = hourless(one.identifier)
            mine = one.number and not is_hourly(one.identifier, one.days)
            return [key] if key and not mine and len(titles[key]) < 2 else []

        for items, contents in self.groups(bare):
            self.pair(items, contents, lambda one, other: True, self.may_have_moved)

    def _by_address(self) -> None:
        """An address that several share tells nothing without the title."""
        shared = Counter(key for one in self.items for key in one.addresses)
        held = Counter(key for one in self.contents if one.identifier for key in one.addresses)

        def alike(one: Traits, other: Traits) -> bool:
            keys = one.addresses & other.addresses
            alone = any(shared[key] == held[key] == 1 for key in keys)
            return bool(other.identifier) and (
                _same_title(one, other) or (alone and not self.contradict(one, other))
            )

        def moved(one: Traits, other: Traits) -> bool:
            return not self.contradict(one, other) and self.may_have_moved(one, other)

        for items, contents in self.groups(lambda one: one.addresses):
            self.pair(items, contents, alike, moved)

    def _by_title(self) -> None:
        def moved(one: Traits, other: Traits) -> bool:
            if not one.kind.info.dated:
                return not (one.identifier and other.identifier) or self.renumbered
            own = one.addresses and other.addresses and not one.addresses & other.addresses
            unsure = (
                (own and not self.renumbered) or self.contradict(one, other) or not other.identifier
            )
            return not unsure and self.may_have_moved(one, other)

        for items, contents in self.groups(lambda one: one.titles):
            self.pair(items, contents, _same_place, moved)


def _beginnings(one: Traits) -> Iterable[object]:
    return [one.starts] if one.starts else []


def _days(one: Traits) -> Iterable[object]:
    return one.days


def _likeness(one: Traits, other: Traits) -> tuple[int, int, int]:
    same = len(one.days & other.days), len(one.starts & other.starts)
    return (len(one.addresses & other.addresses), *same)


def matched(items: Sequence[Traits], base: Base, journal: Journal) -> Mapping[int, Item]:
    """The content of each item that has one, by its number."""
    found: dict[int, Item] = {}
    for namespace in dict.fromkeys(one.namespace for one in items):
        mine = [one for one in items if one.namespace == namespace]
        kinds = {one.kind for one in mine}
        there = [
            traits_of_content(item, namespace, journal)
            for item in sorted(base.items.values(), key=lambda item: item.ref)
            if item.entry.kind in kinds
        ]
        taken = _Search(mine, there, base.portal.day).run()
        found |= {number: base.items[ref] for number, ref in taken.items()}
    return found
