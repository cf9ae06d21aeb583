"""Yearly rendezvous, year by year: their editions, the events of each, whom these are for, and
where one tells how an event was, once it is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from msgspec import Struct

from portail.model.collections import Edition, YearlyEntry
from portail.model.event import Event
from portail.outputs.pages.slots import PROPOSE
from portail.site.item import SCHOOL, Item, lineage, parent_of
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.normalise import sort_key
from portail.text.typography import capital
from portail.text.yearly import yearly_days

_LAST = 1_000_000
EXPECTED = "{jours} (attendu)"


def children_of(item: Item, site: Site) -> tuple[Item, ...]:
    """Events that an event contains, by step then by hour."""
    children = (
        child
        for child in _naming(item, site)
        if child.occurrences and parent_of(child.entry) == item.ref
    )
    return tuple(sorted(children, key=_order))


def _naming(item: Item, site: Site) -> Iterator[Item]:
    for table in (site.indexes.by_target, site.indexes.apart):
        yield from (site.items[ref] for ref in table.get(item.ref, ()))


def siblings_of(item: Item, site: Site) -> tuple[Item, ...]:
    """The events of the one that contains this one, itself included; none without it."""
    parent = site.items.get(parent_of(item.entry))
    if parent:
        return children_of(parent, site)
    return ()


def _order(item: Item) -> tuple[int, float, str]:
    step = None
    if isinstance(item.entry, Event):
        step = item.entry.etape
    return (step or _LAST, item.occurrences[0].debut.timestamp(), item.ref)


_APART = SCHOOL | {"professionnels"}


class YearOf(Struct, frozen=True):
    """One year of a yearly rendezvous: its edition if it is written, its events in the order
    of their list, each followed by what it holds; those whose day is still to be set."""

    annee: int
    edition: Edition | None
    events: tuple[Item, ...]
    undated: tuple[Item, ...] = ()

    @property
    def heads(self) -> tuple[Item, ...]:
        """Its events without what these hold."""
        return heads_of(self.events)

    @property
    def told(self) -> bool:
        return bool(self.events or self.undated or (self.edition and self.edition.chiffres))


def shares(events: Sequence[Item]) -> tuple[int, int]:
    invented = sum(bool(event.entry.exemple) for event in events)
    return len(events) - invented, invented


def by_town(events: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Communes in alphabetical order, events of each in order of time."""
    towns: dict[str, list[Item]] = defaultdict(list)
    for item in events:
        towns[item.town].append(item)
    for name in sorted(towns, key=sort_key):
        yield name, sorted(towns[name], key=lambda event: (event.occurrences[0].debut, event.ref))


def heads_of(events: Sequence[Item]) -> tuple[Item, ...]:
    """Events without those that another one of them holds: its page tells of these."""
    refs = {event.ref for event in events}
    return tuple(event for event in events if parent_of(event.entry) not in refs)


def years_of(item: Item, site: Site) -> tuple[YearOf, ...]:
    """Years of a yearly rendezvous that have an edition or an event, latest first."""
    entry = item.of(YearlyEntry)
    editions = {edition.annee: edition for edition in entry.editions}
    events: dict[int, dict[str, Item]] = defaultdict(dict)
    undated: dict[int, list[Item]] = defaultdict(list)
    for event in _naming(item, site):
        if not isinstance(event.entry, Event):
            continue
        if event.occurrences:
            year = event.entry.edition or event.occurrences[0].first_day.year
            _gather(event, site, events[year])
        elif event.entry.edition:
            undated[event.entry.edition].append(event)
    return tuple(
        YearOf(year, editions.get(year), tuple(events.get(year, {}).values()), tuple(undated[year]))
        for year in sorted({*editions, *events, *undated}, reverse=True)
    )


def _gather(item: Item, site: Site, gathered: dict[str, Item]) -> None:
    if item.ref not in gathered:
        gathered[item.ref] = item
        for child in children_of(item, site):
            _gather(child, site, gathered)


def last_day(edition: Edition | None) -> date | None:
    if edition and edition.jours:
        return edition.jours[1]
    return None


def is_to_come(edition: Edition | None, today: date) -> bool:
    """Whether an edition has a day, and is not over."""
    last = last_day(edition)
    return last is not None and last >= today


def shown(years: Iterable[YearOf], today: date) -> YearOf | None:
    """The year that runs or comes next, else the last one that has something."""
    every = list(years)
    dated = [year for year in every if last_day(year.edition)]
    coming = [year for year in dated if is_to_come(year.edition, today)]
    if coming:
        return min(coming, key=lambda year: year.annee)
    with_events = [year for year in every if year.events]
    return max(dated or with_events or every, key=lambda year: year.annee, default=None)


def edition_days(edition: Edition | None) -> str:
    """« Du 1er au 11 octobre 2021 »; empty when its days are not known."""
    if edition and edition.jours:
        return capital(periode(*edition.jours))
    return ""


def highlight_days(item: Item, site: Site, day: date) -> str:
    """Days of the edition of a yearly rendezvous that runs on ``day`` or comes next, else those
    that its rule lets expect, else when it usually is."""
    edition = coming_edition(item, site, day)
    days = edition_days(edition) if edition else expected_days(item, day)
    return days or capital(item.of(YearlyEntry).periode or "")


def coming_edition(item: Item, site: Site, day: date) -> Edition | None:
    """The edition of a yearly rendezvous that runs on ``day`` or comes next."""
    year = shown(years_of(item, site), day)
    edition = year.edition if year else None
    if is_to_come(edition, day):
        return edition
    return None


# Days within which an edition that is written stands for what the rule says.
_NEAR = timedelta(days=45)


def expected(item: Item, today: date) -> tuple[date, date] | None:
    """What the rule of a yearly rendezvous says of its next days, where no edition does; ``None``
    without a rule."""
    return next(_expected(item, today), None)


def _expected(item: Item, today: date) -> Iterator[tuple[date, date]]:
    entry = item.of(YearlyEntry)
    if not entry.regle:
        return
    written = [edition.jours[0] for edition in entry.editions if edition.jours]
    spans = chain.from_iterable(
        yearly_days(entry.regle, year)
        for year in (today.year - 1, today.year, today.year + 1, today.year + 2)
    )
    for first, last in spans:
        if last >= today and all(abs(first - day) > _NEAR for day in written):
            yield first, last


def expected_days(item: Item, today: date, months: Container[int] = range(1, 13)) -> str:
    """« Du 6 au 16 octobre 2023 (attendu) », the next ones that begin in some months; empty without
    a rule."""
    spans = (span for span in _expected(item, today) if span[0].month in months)
    rule = item.of(YearlyEntry).regle or ""
    template = EXPECTED
    if rule[:1].isdecimal():  # « 14 mars » is that day each year
        template = "{jours}"
    return next((template.format(jours=capital(periode(*span))) for span in spans), "")


def for_schools(event: Event) -> bool:
    """Whether an event is for classes: it names a public of theirs, or says how to come with a
    group."""
    return event.groupes is not None or not SCHOOL.isdisjoint(event.publics)


def for_everyone(event: Event) -> bool:
    """Whether anyone may come: not for schools, groups or professionals alone. A public of schools
    that has an age is one of children."""
    if not event.publics:
        return event.groupes is None
    apart = _APART if event.age is None else _APART - SCHOOL
    return not apart.issuperset(event.publics)


def return_form(item: Item, site: Site) -> str:
    """Site path of the form of an event, opened on its return; ``""`` where there is no form."""
    form = PROPOSE.ask(site, item.entry.kind)
    return form and f"{form}?retour={item.entry.slug}"


def asks_return(item: Item, site: Site) -> bool:
    """Whether an event has still to be told of: it took place, in a yearly rendezvous."""
    event = item.of(Event)
    if not item.is_over or event.etat == "annule" or (event.retour and event.retour.dit):
        return False
    line = lineage(event, site.items).values()
    part = (
        not entry_of.brouillon
        for entry_of in line
        if isinstance(entry_of, Event) and entry_of.temps_fort
    )
    return next(part, False)


def return_to(site: Site, item: Item) -> str:
    """Address where an event says how it went; ``""`` while nothing asks it."""
    if asks_return(item, site):
        return return_form(item, site)
    return ""
