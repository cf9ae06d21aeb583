"""Who is who where identifiers do not say it: the content that a source has given another number,
moved or renamed; whether two sources tell of one event.

First, what identifiers are worth: some hold an hour, or number the dates of one event. Then, two
sources tell of one event only if neither title, place nor hour tells them apart; anything less is
a question for whoever reads the proposal. Each answer is needed once: identifiers then say it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import product, starmap
from string import hexdigits

from msgspec import Struct, field
from msgspec.structs import replace

from portail.geo.coordinates import LatLon, distance_km
from portail.model.collections import PlaceEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind, place_ref
from portail.model.scalars import Moment
from portail.site.rules.references import near, title_words
from portail.text.normalise import name_key, slugify
from portail_importer.tableurs.models import NAMESPACE

from .base import Base, days_of, names_of
from .values import Request

# An instant in seconds or thousandths since 1970, or a day with its hour.
_TIME = re.compile(
    r"(?<!\d)(?:1\d{9}(?:\d{3})?|(?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[T_-]?\d\d[:h]?\d\d(?:[:]?\d\d)?Z?)?)"
    r"(?!\d)",
    re.ASCII,
)


def is_derived(identifier: str) -> bool:
    """Whether an import made it of an item whose source gives none."""
    digits = identifier.removeprefix("d-")
    return len(digits) == 12 == len(identifier) - 2 and {*digits} <= {*hexdigits}


def is_weak(identifier: str) -> bool:
    """Whether it may be that of several items: made here, or the address of a page."""
    return is_derived(identifier) or "://" in identifier


def is_hourly(identifier: str, days: Collection[date]) -> bool:
    """Whether it holds one of these days: it changes with the date of what it names.

    >>> is_hourly("41-1796475600-1796482800@musee.example.org", [date(2026, 12, 5)])
    True
    >>> is_hourly("20260101T080000Z-41@musee.example.org", [date(2026, 12, 5)])
    False
    """
    told = filter(None, (_day_of(match[0]) for match in _TIME.finditer(identifier)))
    return any(abs((day - own).days) <= 1 for day, own in product(days, told))


def hourless(identifier: str) -> str:
    """What is left without days and hours; "" for one that holds none, or no number besides.

    >>> hourless("41-1796475600-1796482800@musee.example.org"), hourless("20261205@example.org")
    ('41@musee.example.org', '')
    """
    if "://" in identifier or not _TIME.search(identifier):
        return ""
    name, at, host = identifier.partition("@")
    name = re.sub(r"[-_.:]{2,}", "-", _TIME.sub("", name)).strip("-_.:")
    if any(map(str.isdecimal, name)):
        return f"{name}{at}{host}"
    return ""


def event_key(identifier: str, days: Collection[date]) -> str:
    """What the dates of one event share of their identifiers.

    >>> event_key("12345-2@openagenda.example", [])
    '12345@openagenda.example'
    """
    bare = ""
    if is_hourly(identifier, days):
        bare = hourless(identifier)
    name, at, host = (bare or identifier).partition("@")
    event, _, rank = name.rpartition("-")
    return f"{event if len(rank) < 4 and rank.isdecimal() else name}{at}{host}"


def _day_of(text: str) -> date | None:
    digits = "".join(filter(str.isdecimal, text))
    try:
        if len(digits) in (10, 13) and digits[0] == "1":
            return datetime.fromtimestamp(int(digits[:10]), UTC).date()
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except (ValueError, OverflowError):
        return None


# Pairs of items and contents that look alike, beyond which no guess is made.
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
    identifier: str = ""

    @property
    def is_named(self) -> bool:
        """Whether its source gave it an identifier that stays when it moves."""
        is_made = is_derived(self.identifier) or is_hourly(self.identifier, self.days)
        return bool(self.identifier) and not is_made


def told_of_item(request: Request, entry: Entry | None, base: Base) -> Told:
    titre = request.text("titre")
    # Rows of two tables may have the same numbers, which prove nothing.
    own = "" if request.namespace == NAMESPACE else request.identifier
    told = _told(request.kind, entry, base, name=entry.titre if entry else titre)
    return replace(
        told,
        number=request.number,
        names=names_in(titre),
        identifier=own,
    )


def told_of_content(entry: Entry, identifier: str, base: Base) -> Told:
    return replace(
        _told(entry.kind, entry, base, name=entry.titre),
        ref=entry.ref,
        names=titles_of(entry),
        identifier=identifier,
    )


def _told(kind: Kind, entry: Entry | None, base: Base, *, name: str) -> Told:
    lieu = address = None
    moments: list[Moment | None] = []
    if isinstance(entry, Event):
        lieu = base.items.get(place_ref(entry.lieu or ""))
        address = entry.adresse
        moments = [entry.debut, *(it.debut for it in entry.seances)]
    town = (address and address.commune) or ""
    if lieu:
        town = (lieu.commune and lieu.commune.code) or ""
    if isinstance(entry, PlaceEntry):
        town = entry.code_commune or ""
    commune = base.portal.geography.by_code(f"{town}")
    around = title_words((commune and commune.nom) or "")
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


def are_apart(first: LatLon | None, second: LatLon | None) -> bool:
    """Whether two places are surely not one, by where they are."""
    return first is not None and second is not None and distance_km(first, second) > _APART


def point_of(entry: Entry | None) -> LatLon | None:
    there = None
    if isinstance(entry, PlaceEntry):
        there = entry.coordonnees
    if there:
        return (there.lat, there.lon)
    return None


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
    if told_twice:
        return any(told_twice)
    return None


# Of one source: what it renumbered or moved.


def known_again(items: Sequence[Told], contents: Sequence[Told], today: date) -> Mapping[int, str]:
    """The content that each of ``items`` is, by its number, among those of its source: by its title
    and place, at one time, on a common day, then alone to have moved. One item is at most one
    content; what identifiers tell apart is one only in a source that renumbers what it says."""
    search = _Search(items, contents, today)
    search.run()
    search.renumbered = any(item.is_named and item.number in search.taken for item in items)
    if search.renumbered:
        search.run()
    return search.taken


class _Search(Struct):
    items: Sequence[Told]
    contents: Sequence[Told]
    today: date
    taken: dict[int, str] = field(default_factory=dict)
    renumbered: bool = False

    def run(self) -> None:
        claimed = {*self.taken.values()}
        for when in (_beginnings, _days):
            for item, content in sorted(self._pairs(when), key=_unlikeness):
                if item.number not in self.taken and content.ref not in claimed:
                    self.taken[item.number] = content.ref
                    claimed.add(content.ref)
        moved = [pair for pair in self._pairs(_always) if self._may_have_moved(*pair)]
        mine = Counter(item.number for item, _ in moved)
        theirs = Counter(content.ref for _, content in moved)
        for item, content in moved[:_MOST_PAIRS]:
            if mine[item.number] == theirs[content.ref] == 1:
                self.taken[item.number] = content.ref

    def _pairs(self, when: Callable[[Told], Iterable[object]]) -> Iterator[tuple[Told, Told]]:
        # Those that are free, of one title and not of two places.
        claimed = {*self.taken.values()}
        by_key: dict[object, dict[str, Told]] = defaultdict(dict)
        for content in self.contents:
            if content.ref not in claimed:
                for key in product(content.names, when(content)):
                    by_key[content.kind, key][content.ref] = content
        for item in self.items:
            if item.number not in self.taken:
                near_it: dict[str, Told] = {}
                for key in product(item.names, when(item)):
                    near_it |= by_key[item.kind, key]
                for content in near_it.values():
                    if _same_place(item, content) is not False:
                        yield item, content

    def _may_have_moved(self, item: Told, content: Told) -> bool:
        is_dated = item.kind.info.dated
        are_apart = item.is_named and content.is_named if is_dated else item.identifier
        if are_apart and content.identifier and not self.renumbered:
            return False
        gaps: list[timedelta] = []
        for mine in item.days:
            gaps.extend(abs(mine - theirs) for theirs in content.days)
        to_come = max(content.days, default=self.today) >= self.today
        is_near = to_come and min(gaps, default=_MOVED) <= _MOVED
        # A draft that waits for its day has none.
        return not (is_dated and content.days) or (bool(content.identifier) and is_near)


def _beginnings(told: Told) -> Iterable[object]:
    if told.starts:
        return [told.starts]
    return []


def _days(told: Told) -> Iterable[object]:
    return told.days


def _always(told: Told) -> Iterable[object]:
    return [""]


def _unlikeness(pair: tuple[Told, Told]) -> tuple[int, int]:
    item, content = pair
    return -len(item.days & content.days), -len(item.starts & content.starts)


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
        near_it: dict[str, Told] = {}
        for day in event.days:
            near_it |= by_day.get(day, {})
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
        if in_town and at_once:
            return Likeness.ELSEWHERE
        return None
    is_only_there = there is None and first.town == second.town and not first.title <= _USUAL
    if same and at_once and (there or is_only_there):
        return Likeness.THERE
    if any(starmap(_together, product(first.starts, second.starts))):
        return Likeness.NEAR
    if same:
        return Likeness.LATER
    return None


def _together(first: Moment, second: Moment) -> bool:
    if first.heure is None or second.heure is None:
        return first.jour == second.jour or first.heure == second.heure
    gap = datetime.combine(first.jour, first.heure) - datetime.combine(second.jour, second.heure)
    return abs(gap) <= _TOGETHER
