"""The choice of one edition of one week, as it is made: who is told, and why the others are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from math import inf
from typing import NamedTuple

from portail.agenda.weeks import Week
from portail.features.services.editions.editions import for_everyone
from portail.model.event import Event
from portail.site.contained import parent_of
from portail.site.item import Item
from portail.site.school import SCHOOL, for_classes
from portail.site.site import Site
from portail.text.normalise import fold

from . import rules
from .days import Thing, is_on, leaves, listed, sessions
from .editions import PROFESSIONALS, for_professionals, level
from .issue import SectionKey
from .picks import History, Motive, Pick
from .settings import Edition


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
        return bool(day) or item.is_answered or item.entry.clos(self.thursday)

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
