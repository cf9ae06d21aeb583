"""The choice of the contents of one edition of the letter in one week, and why others are left.

A content is chosen if it concerns the edition, by its territories, themes and publics, and by the
time at which it takes place, in hours from the sending of the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain
from math import inf
from typing import NamedTuple, TypeAlias

from portail.agenda.occurrences import Occurrence, local
from portail.agenda.weeks import Week
from portail.facts.price import booking_closes
from portail.features.services.editions.editions import for_everyone
from portail.model.collections import YearlyEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.pages.slots import OPEN
from portail.site.facets import PARTOUT, territory_pair
from portail.site.item import SCHOOL, Item, for_classes, parent_of
from portail.site.lists import value_reader
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.territories import is_whole
from portail.text.normalise import fold

from . import rules
from .issue import SectionKey
from .picks import History, Motive, Pick
from .sent import sent_weeks
from .settings import Edition, letter_of


class Thing(NamedTuple):
    """A content that a letter may tell."""

    item: Item
    # See ``Pick.start``.
    start: datetime
    reason: str
    # By which it comes before others of its row; then by its reference.
    rank: tuple[object, ...]
    rendez_vous: int = 0
    heures: str = ""


# The start of what has none.
ALWAYS = local(date(1990, 1, 1))


def leaves(thursday: date) -> datetime:
    return local(thursday, rules.HOUR)


@per_site
def listed(site: Site, thursday: date) -> tuple[Item, ...]:
    """What lists show of the contents that are out when a letter goes out."""
    connu = min(thursday, site.day.date)
    return tuple(
        item
        for item in site.items.values()
        if item.listed and not item.reserve and item.entry.paru(connu)
    )


@per_site
def open_on(site: Site, day: date) -> tuple[tuple[Item, str], ...]:
    """Places that receive visitors on a day, as surely, and at which hours, which no line parts."""
    every = OPEN.ask(site, day)
    return tuple((item, opened.lien.note.replace(" –", "\u00a0–")) for item, opened in every)


def sessions(item: Item, thursday: date, length: timedelta = rules.WEEK) -> list[Occurrence]:
    """The sessions of an event that take place, of which something is still to come when the letter
    of a Thursday leaves, and that begin before the next one, by default."""
    first = leaves(thursday)
    end = leaves(thursday + length)
    return [
        occurrence
        for occurrence in item.occurrences
        if occurrence.maintained
        and occurrence.debut < end
        and max(occurrence.over_at, occurrence.debut) > first
    ]


def is_on(item: Item, thursday: date) -> bool:
    """Whether an event, or a temps fort, is on between the letter of a Thursday and the next."""
    if isinstance(item.entry, Event):
        return bool(sessions(item, thursday))
    return any(first < thursday + rules.WEEK for first, _ in editions(item, thursday))


def editions(item: Item, thursday: date) -> Iterator[tuple[date, date]]:
    """The first and the last day of each edition of a temps fort that is not over."""
    for edition in item.entry.editions if isinstance(item.entry, YearlyEntry) else ():
        if edition.jours and edition.jours[1] >= thursday:
            yield edition.jours


def with_room(item: Item, live: Iterable[Occurrence], now: datetime) -> list[Occurrence]:
    """Those of these sessions to which one may still go, as one knows ``now``."""
    until = booking_closes(item)
    is_closed = until is not None and until <= now
    if is_closed:
        return []
    return [occurrence for occurrence in live if occurrence.etat != "complet"]


def comes_back(item: Item) -> bool:
    """Whether an event is there for weeks: an exhibition, a club, opening hours."""
    on = [occurrence for occurrence in item.occurrences if occurrence.maintained]
    days = [*(one.first_day for one in on), *(one.last_day for one in on)]
    is_long = bool(on) and max(days) - min(days) >= rules.AHEAD
    return is_long and (any(one.is_long for one in on) or len({*map(Week.of, days)}) > 2)


Pair: TypeAlias = tuple[str, str]

# How near a content is to an edition: compared as numbers, the nearest is the greatest.
# Not in the edition.
ELSEWHERE = 0
# In every edition of this sort, after the contents that are the edition's own.
WIDE = 1
# The edition's own.
LOCAL = 2

# Stands for a département, of what one takes part in from anywhere.
EVERYWHERE = PARTOUT[0]


def has_letter(site: Site) -> bool:
    """Whether the site has a letter: one may subscribe to it, was sent it, or prepares it."""
    config = site.config
    letter = letter_of(config)
    contact = config.courriel or letter.expediteur or letter.service != "courriel"
    there = contact or sent_weeks(site) or site.has(Kind.NEWSLETTER)
    return bool(there) and Kind.NEWSLETTER.value not in config.sans


def level(edition: Edition, item: Item, site: Site) -> int:
    """``LOCAL``, ``WIDE`` or ``ELSEWHERE``: what is of the whole region, or of no territory,
    concerns all.
    """
    if edition.filtre is None:
        return LOCAL
    key, code = edition.filtre
    if key == "theme":
        if code in item.entry.themes:
            return LOCAL
        return ELSEWHERE
    if key == "public":
        if code in getattr(item.entry, "publics", ()):
            return LOCAL
        if item.entry.kind.info.for_anyone:
            return WIDE
        return ELSEWHERE
    return _territory(edition.filtre, item, site)


# The public that a letter of the public does not tell of.
PROFESSIONALS = "professionnels"


def for_professionals(entry: Entry) -> bool:
    """Whether a content is for professionals alone: what ``reseau: true`` says of an event or of an
    article. The directory tells of their places as of others."""
    publics: tuple[str, ...] = getattr(entry, "publics", ())
    return {*publics} == {PROFESSIONALS} and entry.kind is not Kind.LIEU


def departement_of(item: Item, site: Site) -> str:
    """Code of INSEE of the département of a content, ``EVERYWHERE``, ``""`` for none."""
    if item.partout:
        return EVERYWHERE
    departement = site.departement_of(item)
    if departement:
        return departement.code
    return ""


def _territory(filtre: Pair, item: Item, site: Site) -> int:
    pairs = _territory_pairs(item, site)
    if filtre in pairs:
        return LOCAL
    wide = not pairs and all(code.startswith("R") for code, _ in item.territoires)
    if isinstance(item.entry, Event):
        if wide and (item.partout or item.entry.mode == "en-ligne"):
            return WIDE
        return ELSEWHERE
    if wide:
        return WIDE
    if pairs and pairs[0] == _around(site).get(filtre):
        return WIDE
    return ELSEWHERE


def _territory_pairs(item: Item, site: Site) -> tuple[Pair, ...]:
    # Territories that hold a content, or that it covers; none of what covers the region.
    if item.partout:
        whole = is_whole(item.zone, site.geography)
        if whole:
            return ()
        return value_reader(site).covered(item.zone)
    return tuple(chain.from_iterable(_pair(site, code) for code, _ in item.territoires))


@per_site
def _pair(site: Site, code: str) -> tuple[Pair, ...]:
    territory = site.geography.departement(code) or site.geography.epci(code)
    if territory:
        return (territory_pair(territory, site.geography),)
    return ()


@per_site
def _around(site: Site) -> Mapping[Pair, Pair]:
    geography = site.geography
    home = site.geography.home
    wide = {}
    if home:
        wide = {
            departement.code: departement for departement in geography.departements_of(home.code)
        }
    return {
        territory_pair(epci, geography): territory_pair(wide[epci.departement], geography)
        for epci in geography.epci_of(wide)
    }


class Row(NamedTuple):
    """Who comes into a section (``None``: the section of each), until it has ``most`` lines, and
    the letter ``things``."""

    section: SectionKey | None
    most: int
    motive: Motive
    who: Callable[[Choice], Iterable[Thing]]
    things: float = inf


@dataclass
class Choice:
    """What is known of it, and what was taken so far."""

    site: Site
    edition: Edition
    week: Week
    history: History
    pins: tuple[str, ...]
    # References that the editor refuses.
    excluded: frozenset[str]
    picks: list[Pick] = field(default_factory=list)
    # Reason of each reference that is left out.
    left: dict[str, str] = field(default_factory=dict)
    _topics: set[str] = field(default_factory=set)

    @property
    def thursday(self) -> date:
        return self.week.thursday

    @property
    def first(self) -> datetime:
        """When the letter leaves."""
        return leaves(self.thursday)

    @property
    def next(self) -> datetime:
        """When the next one does."""
        return leaves(self.thursday + rules.WEEK)

    @cached_property
    def items(self) -> list[Item]:
        """What concerns the edition."""
        return [item for item in listed(self.site, self.thursday) if self.level(item)]

    @cached_property
    def events(self) -> list[Item]:
        """Those that have a day, which is sure, and are for its readers."""
        events = [item for item in self.items if item.occurrences]
        return [one for one in events if not (one.of(Event).a_confirmer or self.apart(one))]

    def level(self, item: Item) -> int:
        """How much the edition is concerned by a content: 0 is not at all."""
        return level(self.edition, item, self.site)

    def days_told(self, item: Item) -> tuple[date, ...]:
        """Days of the letters that told a content."""
        return self.history.days.get(item.ref, ())

    def was_told(self, item: Item, most: float = rules.TOLD) -> bool:
        """Whether letters told enough of what has days: one of a week when it was on, or ``most``
        of them."""
        days = self.days_told(item)
        enough = len(days) >= most or any(is_on(item, day) for day in days)
        if enough:
            self.leave(item.ref, f"Déjà dans la lettre du {self.said(days[-1])}.")
        return enough

    def is_new(self, item: Item) -> bool:
        day = item.entry.publie_le
        return day is not None and day >= (self.history.last or self.thursday - rules.WEEK)

    def is_past(self, item: Item) -> bool:
        """Whether a content tells of a past day as one to come."""
        day = item.day_told(self.thursday)
        if day:
            self.leave(item.ref, f"Parle d’un jour passé, le {self.said(day)}.")
        return bool(day) or item.entry.clos(self.thursday)

    def apart(self, item: Item) -> str:
        """The reason why a content is not for the readers of the edition; ``""`` without any."""
        if item.ref in self.excluded:
            return rules.EXCLUDED
        key, code = self.edition.filtre or ("", "")
        public = code if key == "public" else ""
        entry = item.entry
        if public != PROFESSIONALS and for_professionals(entry):
            return rules.FOR_TRADE
        school = isinstance(entry, Event) and for_classes(item) and not for_everyone(entry)
        if school and public not in SCHOOL:
            return rules.FOR_CLASSES
        return ""

    def said(self, day: date) -> str:
        """A day as the letter says it: its year is said when it is another."""
        return rules.day_in(day, self.thursday)

    def leave(self, ref: str, reason: str) -> None:
        self.left.setdefault(ref, reason)

    def ranked(self, who: Callable[[Choice], Iterable[Thing]]) -> list[Thing]:
        """What comes in, in the order of its rank."""
        return sorted(who(self), key=lambda thing: (*thing.rank, thing.item.ref))

    def fill(self, row: Row) -> None:
        """Take what a row of the table brings, as long as there is room."""
        for thing in self.ranked(row.who):
            if len(self.picks) >= row.things:
                return
            item = thing.item
            if any(pick.ref == item.ref for pick in self.picks):
                continue
            section = row.section or self._section_of(item)
            reason = self.apart(item)
            if row.motive != "epingle":
                reason = reason or self._told_by_others(item)
            in_section = sum(pick.section == section for pick in self.picks)
            full = len(self.picks) == rules.THINGS or in_section >= row.most
            reason = reason or rules.FULL * full
            if reason:
                self.leave(item.ref, reason)
                continue
            self.left.pop(item.ref, None)
            self._topics.add(topic(item))
            self.picks.append(picked(thing, section, row.motive))

    def _told_by_others(self, item: Item) -> str:
        # The reason why what was taken tells a content: the event that contains it, enough of what
        # this contains, or its subject.
        parent = parent_of(item.entry)
        told = [pick.ref for pick in self.picks]
        beside = [ref for ref in told if parent_of(self.site.items[ref].entry) == parent]
        if parent and (parent in told or len(beside) >= rules.SEVERAL):
            return rules.HELD
        return rules.SAME * (topic(item) in self._topics)

    def _section_of(self, item: Item) -> SectionKey:
        entry = item.entry
        if isinstance(entry, Event):
            if sessions(item, self.thursday):
                return "faire"
            return "prendre"
        if entry.limite:
            return "prendre"
        return "savoir"


def picked(thing: Thing, section: SectionKey, motive: Motive) -> Pick:
    """A content as it is told."""
    return Pick(
        thing.item.ref,
        section,
        motive,
        reason=thing.reason,
        start=thing.start,
        rendez_vous=thing.rendez_vous,
        heures=thing.heures,
    )


def topic(item: Item) -> str:
    """What a content is about: its first keyword, else itself."""
    words = getattr(item.entry, "mots_cles", ())
    if words:
        return fold(words[0])
    return item.ref
