"""The contents of a portal, year by year: what figures count.

A content is of the year when it was published (so is an event whose day is still to be set), an
event of each year on whose days it takes place; its « séances » are the times of it that touch the
year. What is cancelled or postponed takes place on no day. What is given as an example is not
counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

KINDS = (Kind.EVENT, Kind.ARTICLE, Kind.ANNONCE, Kind.RESSOURCE, Kind.DOSSIER, Kind.PROJET)
"""What counts as a contribution: neither the directory nor what sorts the others."""


class Held(Struct, frozen=True):
    """An event and the times of it that take place in a year, one at least."""

    item: Item
    times: tuple[Occurrence, ...]
    premier: date
    """Its first day in the year."""

    @property
    def months(self) -> frozenset[int]:
        """Months of the year in which one of its times begins, or runs since the year before."""
        year = self.premier.year
        days = (one.premier_jour for one in self.times)
        return frozenset(day.month if day.year == year else 1 for day in days)

    @property
    def event(self) -> Event:
        """Its fields."""
        return self.item.of(Event)


def held_in(items: Iterable[Item], year: int) -> tuple[Held, ...]:
    """The events among ``items`` that take place in a year, in the order of time."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = []
    for item in items:
        times = tuple(one for one in item.occurrences if one.maintenue and one.touche(first, last))
        if times:
            day = max(first, min(one.premier_jour for one in times))
            found.append(Held(item, times, day))
    return tuple(sorted(found, key=lambda one: (one.premier, one.item.ref)))


class Year(Struct, frozen=True, dict=True):
    """The contents of a year that are true, those of each kind in the order of its list."""

    annee: int
    items: tuple[Item, ...]

    @cached_property
    def events(self) -> tuple[Held, ...]:
        """Its events that take place, in the order of time."""
        return held_in(self.items, self.annee)

    @cached_property
    def kinds(self) -> Counter[str]:
        """Its contents by kind."""
        return Counter(one.entry.kind.value for one in self.items)

    @cached_property
    def structures(self) -> frozenset[str]:
        """References of the places and structures that its contents name."""
        return frozenset(ref for one in self.items for ref in one.targets if is_place(ref))

    @cached_property
    def themes(self) -> Counter[str]:
        """Its contents by theme: one that has two counts in both."""
        return Counter(code for one in self.items for code in one.entry.themes)

    @cached_property
    def publications(self) -> Counter[int]:
        """Its contents but events, by month."""
        days = (one.entry.publie_le for one in self.items if not isinstance(one.entry, Event))
        return Counter(day.month for day in days if day)


def is_place(ref: str) -> bool:
    """Whether a reference is that of a place or structure."""
    return ref.startswith(f"{Kind.LIEU.value}/")


@per_site
def years(site: Site) -> Mapping[int, Year]:
    """Years that have a true content, latest first."""
    found: dict[int, list[Item]] = defaultdict(list)
    for kind in KINDS:
        for item in site.of_kind(kind):
            if not item.entry.exemple:
                for year in _years_of(item):
                    found[year].append(item)
    return {year: Year(year, tuple(found[year])) for year in sorted(found, reverse=True)}


def _years_of(item: Item) -> set[int]:
    published = item.entry.publie_le
    spans = (range(one.premier_jour.year, one.dernier_jour.year + 1) for one in item.occurrences)
    return {year for span in spans for year in span} or ({published.year} if published else set())
