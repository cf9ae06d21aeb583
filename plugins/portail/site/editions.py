"""Yearly rendezvous, year by year: their editions, the events of each, whom these are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portail.model.event import Event
from portail.model.temps_fort import Edition, TempsFort
from portail.site.hierarchy import children_of, parent_of

if TYPE_CHECKING:
    from portail.site.item import Item
    from portail.site.site import Site

__all__ = [
    "SCHOOL",
    "YearOf",
    "for_everyone",
    "for_schools",
    "heads_of",
    "is_to_come",
    "last_day",
    "shown",
    "years_of",
]

SCHOOL = frozenset({"maternelle", "primaire", "college", "lycee", "enseignants"})
"""Publics that come with their school."""

_APART = SCHOOL | {"professionnels"}


@dataclass(frozen=True, slots=True)
class YearOf:
    """One year of a yearly rendezvous: its edition if it is written, its events in the order
    of their list, each followed by what it holds."""

    annee: int
    edition: Edition | None
    events: tuple[Item, ...]

    @property
    def heads(self) -> tuple[Item, ...]:
        """Its events without what these hold."""
        return heads_of(self.events)

    @property
    def told(self) -> bool:
        """Whether there is something to tell: events, figures."""
        return bool(self.events or (self.edition and self.edition.chiffres))


def heads_of(events: Sequence[Item]) -> tuple[Item, ...]:
    """Events without those that another one of them holds: its page tells of these."""
    refs = {one.ref for one in events}
    return tuple(one for one in events if parent_of(one.entry) not in refs)


def years_of(item: Item, site: Site) -> tuple[YearOf, ...]:
    """Years of a yearly rendezvous that have an edition or an event, latest first."""
    entry = item.entry
    assert isinstance(entry, TempsFort)
    editions = {one.annee: one for one in entry.editions}
    events: dict[int, dict[str, Item]] = defaultdict(dict)
    for ref in site.indexes.by_target.get(item.ref, ()):
        one = site.items[ref]
        if isinstance(one.entry, Event) and one.occurrences:
            year = one.entry.edition or one.occurrences[0].premier_jour.year
            _gather(one, site, events[year])
    return tuple(
        YearOf(year, editions.get(year), tuple(events.get(year, {}).values()))
        for year in sorted({*editions, *events}, reverse=True)
    )


def _gather(item: Item, site: Site, found: dict[str, Item]) -> None:
    """Add an event, then what it holds."""
    if item.ref not in found:
        found[item.ref] = item
        for child in children_of(item, site):
            _gather(child, site, found)


def last_day(edition: Edition | None) -> date | None:
    """The last day of an edition, if it has one."""
    return (edition.au or edition.du) if edition else None


def is_to_come(edition: Edition | None, today: date) -> bool:
    """Whether an edition has a day, and is not over."""
    last = last_day(edition)
    return last is not None and last >= today


def shown(years: Iterable[YearOf], today: date) -> YearOf | None:
    """The year that runs or comes next, else the last one whose days are known or that has events,
    else the last."""
    known = list(years)
    dated = [one for one in known if one.edition and (one.edition.au or one.edition.du)]
    coming = [one for one in dated if is_to_come(one.edition, today)]
    if coming:
        return min(coming, key=lambda one: one.annee)
    held = [one for one in known if one.events]
    return max(dated or held or known, key=lambda one: one.annee, default=None)


def for_schools(event: Event) -> bool:
    """Whether an event is for classes: it names a public of theirs, or says how to come with a
    group."""
    return event.groupes is not None or not SCHOOL.isdisjoint(event.publics)


def for_everyone(event: Event) -> bool:
    """Whether anyone may come: it names other publics than schools and professionals, or none
    without being for groups."""
    if not event.publics:
        return event.groupes is None
    return not _APART.issuperset(event.publics)
