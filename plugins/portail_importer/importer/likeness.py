"""Who is who where identifiers do not say it: the contents that a source has renumbered, moved or
named otherwise, and whether two sources tell one event.

Between sources only what neither title, place nor hour tells apart is surely there already;
anything less is a question to who reads the proposal. Each is said once: identifiers say it next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from portail.features.services.tableurs.models import NAMESPACE
from portail.geo.coordinates import LatLon, distance_km
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind, place_ref
from portail.model.place import PlaceEntry
from portail.model.scalars import Moment
from portail.site.rules.references import near, title_words
from portail.text.normalise import name_key, slugify

from .base import Base, days_of, names_of
from .requests import Request
from .uids import hourless, is_hourly, is_weak

# Above so many pairs of items and contents that look alike, no guess is made.
_MOST_PAIRS = 2_500
# Kilometres between two places of one name that are not the same.
_APART = 1.0
# Days that an event takes at most.
_LONGEST = 800
# A date that moves farther than this is that of another edition of the event.
_MOVED = timedelta(days=180)
_TOGETHER = timedelta(hours=2)
# What says no more of a street than that it is one.
_WAYS = title_words("rue place avenue boulevard bd av allée quai chemin impasse route square cours")
# Of what many houses of one town give on one evening: a title of these alone names none of them.
_USUAL = title_words(
    "nuit nocturne fête journée semaine dimanche mercredi européen national science musée "
    "patrimoine portes ouvertes visite guidée libre atelier famille enfant heure conte café table "
    "ronde conférence concert spectacle exposition vernissage projection lecture rencontre balade"
)

Words = frozenset[str]


class Told(Struct, frozen=True, kw_only=True):
    """What is told of an item of a source, or of a content, as far as another may tell the same."""

    kind: Kind
    # Of the item; 0 for a content.
    number: int = 0
    ref: str = ""
    # What it is called, as written.
    names: frozenset[str] = frozenset()
    title: Words
    town: str
    place: Words
    street: Words
    # Where it is, for a place.
    point: LatLon | None
    starts: frozenset[Moment]
    days: frozenset[date]
    addresses: frozenset[str] = frozenset()
    identifier: str = ""

    @property
    def is_named(self) -> bool:
        """Whether its source gave it an identifier that is of nothing else."""
        return bool(self.identifier) and not is_weak(self.identifier)


def told_of_item(request: Request, entry: Entry | None, base: Base) -> Told:
    titre = request.text("titre")
    # Rows of two tables may have the same numbers, which prove nothing.
    own = "" if request.namespace == NAMESPACE else request.identifier
    told = _told(request.kind, entry, base, name=entry.titre if entry else titre)
    return replace(
        told,
        number=request.number,
        names=names_in(titre),
        addresses=frozenset(filter(None, [address_key(request.address)])),
        identifier=own,
    )


def told_of_content(entry: Entry, identifier: str, base: Base) -> Told:
    urls = [
        *(reference.url for reference in entry.references if reference.url),
        *entry.anciennes_urls,
    ]
    return replace(
        _told(entry.kind, entry, base, name=entry.titre),
        ref=entry.ref,
        names=titles_of(entry),
        addresses=frozenset(filter(None, map(address_key, urls))),
        identifier=identifier,
    )


def _told(kind: Kind, entry: Entry | None, base: Base, *, name: str) -> Told:
    event = entry if isinstance(entry, Event) else None
    lieu = base.items.get(place_ref(event.lieu)) if event and event.lieu else None
    address = event.adresse if event else None
    town = address.commune if address else ""
    if lieu:
        town = lieu.commune.code if lieu.commune else ""
    if isinstance(entry, PlaceEntry):
        town = entry.code_commune or ""
    commune = base.portal.geography.by_code(f"{town}")
    around = title_words(commune.nom) if commune else frozenset()
    moments = [event.debut, *(it.debut for it in event.seances)] if event else []
    called = lieu.name if lieu else address and address.nom
    return Told(
        kind=kind,
        title=title_words(name),
        town=f"{town}",
        place=title_words(called or "") - around,
        street=title_words((address and address.rue) or "") - _WAYS,
        point=point_of(entry),
        starts=frozenset(filter(None, moments)),
        days=_taken_by(entry) if entry else frozenset(),
    )


def names_in(title: str) -> frozenset[str]:
    return frozenset(filter(None, [name_key(title), name_key(slugify(title))]))


def titles_of(entry: Entry) -> frozenset[str]:
    """Keys of what a content is called: its names, that of its file when it is another."""
    slug = entry.slug
    names = [*names_of(entry)]
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


def are_apart(first: LatLon | None, second: LatLon | None) -> bool:
    """Whether two places are surely not one, by where they are."""
    return first is not None and second is not None and distance_km(first, second) > _APART


def point_of(entry: Entry | None) -> LatLon | None:
    there = entry.coordonnees if isinstance(entry, PlaceEntry) else None
    return (there.lat, there.lon) if there else None


def _taken_by(entry: Entry) -> frozenset[date]:
    ends: list[tuple[date, date]] = []
    if isinstance(entry, Event) and entry.debut and entry.fin:
        ends.append((entry.debut.jour, entry.fin.jour))
    if isinstance(entry, Event) and entry.horaires:
        ends.append((entry.horaires.du, entry.horaires.au))
    between: set[date] = set()
    for first, last in ends:
        length = min((last - first).days + 1, _LONGEST)
        between |= {first + timedelta(days=rank) for rank in range(length)}
    return days_of(entry) | between


def _same_place(first: Told, second: Told) -> bool | None:
    # ``None`` when neither the name nor the street that both tell says so.
    if are_apart(first.point, second.point):
        return False
    if first.town and second.town and first.town != second.town:
        return False
    told_twice = [
        mine <= its or its <= mine or near(mine, its)
        for mine, its in ((first.place, second.place), (first.street, second.street))
        if mine and its
    ]
    return any(told_twice) if told_twice else None


# Of one source: what it renumbered, moved or named otherwise.


def known_again(items: Sequence[Told], contents: Sequence[Told], today: date) -> Mapping[int, str]:
    """The content that each of ``items`` is, by its number, among those of its source: without the
    hour of its identifier, by its address, by its title and place; on a common day first. One item
    is at most one content."""
    search = _Search(items, contents, today)
    search.by_identifier()
    search.by_address()
    search.by_title()
    named = [item for item in items if item.is_named]
    if any(it.number in search.taken for it in named) and any(it.is_named for it in contents):
        search.renumbered = True
        search.by_address()
        search.by_title()
    return search.taken


_Rule = Callable[[Told, Told], bool]


class _Search(Struct):
    # What a rule takes is out of the next.
    items: Sequence[Told]
    contents: Sequence[Told]
    today: date
    taken: dict[int, str] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    renumbered: bool = False

    def take(self, item: Told, content: Told) -> None:
        self.taken[item.number] = content.ref
        self.claimed.add(content.ref)

    def pair(self, keys: Callable[[Told], Iterable[object]], rule: _Rule, moved: _Rule) -> None:
        groups: dict[object, tuple[list[Told], list[Told]]] = defaultdict(lambda: ([], []))
        for side, those in enumerate((self.items, self.contents)):
            for told in those:
                for key in keys(told):
                    groups[told.kind, key][side].append(told)
        for items, contents in groups.values():
            if items and contents:
                self._pair(items, contents, rule, moved)

    def _pair(
        self, items: Sequence[Told], contents: Sequence[Told], rule: _Rule, moved: _Rule
    ) -> None:
        for when in (_beginnings, _days):
            by_key: dict[object, list[Told]] = defaultdict(list)
            for content in contents:
                for key in when(content):
                    by_key[key].append(content)
            for item in items:
                if item.number in self.taken:
                    continue
                close = {it.ref: it for key in when(item) for it in by_key.get(key, ())}
                fit = [
                    content
                    for ref, content in close.items()
                    if ref not in self.claimed and rule(item, content)
                ]
                if fit:
                    self.take(item, max(fit, key=lambda content: _common(item, content)))
        left = [item for item in items if item.number not in self.taken]
        free = [content for content in contents if content.ref not in self.claimed]
        if len(left) * len(free) > _MOST_PAIRS:
            return
        pairs = [
            (item, content)
            for item in left
            for content in free
            if rule(item, content) and moved(item, content)
        ]
        mine = Counter(item.number for item, _ in pairs)
        theirs = Counter(content.ref for _, content in pairs)
        for item, content in pairs:
            if mine[item.number] == theirs[content.ref] == 1:
                self.take(item, content)

    def may_have_moved(self, item: Told, content: Told) -> bool:
        if not item.kind.info.dated or not item.days or not content.days:
            return True
        gap = min(abs(mine - theirs) for mine in item.days for theirs in content.days)
        return max(content.days) >= self.today and gap <= _MOVED

    def contradict(self, item: Told, content: Told) -> bool:
        return item.is_named and content.is_named and not self.renumbered

    def by_identifier(self) -> None:
        titles: dict[str, set[str]] = defaultdict(set)
        for item in self.items:
            titles[hourless(item.identifier)] |= item.names

        def bare(told: Told) -> Iterable[object]:
            key = hourless(told.identifier)
            stays = told.number and not is_hourly(told.identifier, told.days)
            return [key] if key and not stays and len(titles[key]) < 2 else []

        self.pair(bare, lambda item, content: True, self.may_have_moved)

    def by_address(self) -> None:
        shared = Counter(key for item in self.items for key in item.addresses)
        holders = Counter(
            key for content in self.contents if content.identifier for key in content.addresses
        )

        def alike(item: Told, content: Told) -> bool:
            keys = item.addresses & content.addresses
            alone = any(shared[key] == holders[key] == 1 for key in keys)
            same = bool(item.names & content.names)
            return bool(content.identifier) and (
                same or (alone and not self.contradict(item, content))
            )

        def moved(item: Told, content: Told) -> bool:
            return not self.contradict(item, content) and self.may_have_moved(item, content)

        self.pair(lambda told: told.addresses, alike, moved)

    def by_title(self) -> None:
        def moved(item: Told, content: Told) -> bool:
            if not item.kind.info.dated:
                return not (item.identifier and content.identifier) or self.renumbered
            own = item.addresses and content.addresses and not item.addresses & content.addresses
            unsure = (
                (own and not self.renumbered)
                or self.contradict(item, content)
                or not content.identifier
            )
            return not unsure and self.may_have_moved(item, content)

        def there(item: Told, content: Told) -> bool:
            return _same_place(item, content) is not False

        self.pair(lambda told: told.names, there, moved)


def _beginnings(told: Told) -> Iterable[object]:
    return [told.starts] if told.starts else []


def _days(told: Told) -> Iterable[object]:
    return told.days


def _common(item: Told, content: Told) -> tuple[int, int, int]:
    same = len(item.days & content.days), len(item.starts & content.starts)
    return (len(item.addresses & content.addresses), *same)


# Of two sources.


class Likeness(Enum):
    """How surely one event is another, the surest first; the value is what is asked of it."""

    THERE = ""
    NEAR = "peut-être déjà là : {ref}"
    ELSEWHERE = "peut-être déjà là, en un autre lieu : {ref}"
    LATER = "peut-être déjà là, à une autre heure : {ref}"


def twins_of(
    events: Iterable[Told], contents: Iterable[Told]
) -> Mapping[int, tuple[str, Likeness]]:
    """The content that each event is like, the surest first; each is so of one event alone."""
    by_day: dict[date, dict[str, Told]] = defaultdict(dict)
    for content in contents:
        for day in content.days:
            by_day[day][content.ref] = content
    pairs: list[tuple[Likeness, int, str]] = []
    for event in events:
        near_it = {ref: it for day in event.days for ref, it in by_day.get(day, {}).items()}
        for ref, content in sorted(near_it.items()):
            if likeness := _likeness(event, content):
                pairs.append((likeness, event.number, ref))
    found: dict[int, tuple[str, Likeness]] = {}
    claimed: set[str] = set()
    for level in Likeness:
        for likeness, number, ref in pairs:
            if likeness is level and number not in found and ref not in claimed:
                found[number] = ref, level
                claimed.add(ref)
    return found


def _likeness(first: Told, second: Told) -> Likeness | None:
    same = first.title == second.title
    there = _same_place(first, second)
    if not (same or (there is not False and near(first.title, second.title))):
        return None
    at_once = first.starts & second.starts
    if there is False:
        in_town = first.town and first.town == second.town and not first.title <= _USUAL
        return Likeness.ELSEWHERE if in_town and at_once else None
    if same and there and at_once:
        return Likeness.THERE
    if any(_together(mine, its) for mine in first.starts for its in second.starts):
        return Likeness.NEAR
    return Likeness.LATER if same else None


def _together(first: Moment, second: Moment) -> bool:
    if first.heure is None or second.heure is None:
        return first.jour == second.jour or first.heure == second.heure
    gap = datetime.combine(first.jour, first.heure) - datetime.combine(second.jour, second.heure)
    return abs(gap) <= _TOGETHER
