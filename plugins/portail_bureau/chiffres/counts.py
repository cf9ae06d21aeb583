"""What is counted, by what, of which year.

A content is of the year of its publication, an event of each year it takes place in; what is
cancelled, postponed or given as an example is not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.facts.price import is_free
from portail.features.services.bilans.counting import MONTHS, Counts, table
from portail.features.services.bilans.table import Key, Table, counted, share
from portail.features.services.editions.editions import for_schools
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind, is_place, ranked
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import MOIS
from portail.text.typography import capital, nombre

# What counts as a contribution: neither the directory nor what sorts the others.
KINDS = ranked(lambda info: info.news)


def plurals(kinds: Iterable[Kind]) -> dict[Kind, str]:
    return {kind: capital(kind.info.pluriel) for kind in kinds}


class YearEvent(Struct, frozen=True):
    """An event and the times of it that take place in a year, one at least."""

    item: Item
    times: tuple[Occurrence, ...]
    # Its first day in the year.
    premier: date

    @property
    def months(self) -> frozenset[int]:
        year = self.premier.year
        days = (time.first_day for time in self.times)
        return frozenset(day.month if day.year == year else 1 for day in days)

    @property
    def territoires(self) -> frozenset[str]:
        """Keys of the territories where it takes place; of what is everywhere, the region alone."""
        everywhere = self.item.partout
        codes = (code for code, _ in self.item.territoires)
        return frozenset(code for code in codes if code.startswith("R") or not everywhere)

    @property
    def event(self) -> Event:
        return self.item.of(Event)


def events_in(items: Iterable[Item], year: int) -> tuple[YearEvent, ...]:
    """The events among ``items`` that take place in a year, in the order of time."""
    first = date(year, 1, 1)
    last = date(year, 12, 31)
    events = []
    for item in items:
        times = tuple(
            time for time in item.occurrences if time.maintained and time.touches(first, last)
        )
        if times:
            day = max(first, min(time.first_day for time in times))
            events.append(YearEvent(item, times, day))
    return tuple(sorted(events, key=lambda event: (event.premier, event.item.ref)))


class Year(Struct, frozen=True, dict=True):
    """The contents of a year that are true, those of each kind in the order of its list."""

    annee: int
    items: tuple[Item, ...]

    @cached_property
    def events(self) -> tuple[YearEvent, ...]:
        return events_in(self.items, self.annee)

    @cached_property
    def kinds(self) -> Counter[Kind]:
        return Counter(item.entry.kind for item in self.items)

    @cached_property
    def structures(self) -> frozenset[str]:
        return structures_of(self.items)


def structures_of(items: Iterable[Item]) -> frozenset[str]:
    return frozenset(ref for item in items for ref in item.targets if is_place(ref))


@per_site
def years(site: Site) -> Mapping[int, Year]:
    """Years that have a true content, latest first."""
    by_year: dict[int, list[Item]] = defaultdict(list)
    for kind in KINDS:
        for item in genuine(site.of_kind(kind)):
            for year in _years_of(item):
                by_year[year].append(item)
    return {year: Year(year, tuple(by_year[year])) for year in sorted(by_year, reverse=True)}


def _years_of(item: Item) -> set[int]:
    published = item.entry.publie_le
    spans = (range(time.first_day.year, time.last_day.year + 1) for time in item.occurrences)
    return {year for span in spans for year in span} or ({published.year} if published else set())


def genuine(items: Iterable[Item], like: Entry | None = None) -> tuple[Item, ...]:
    """Contents whose figures are true; all of them for somebody who is invented (``like``)."""
    every = like is not None and bool(like.exemple)
    return tuple(item for item in items if every or not item.entry.exemple)


def published(items: Iterable[Item], year: int) -> tuple[Item, ...]:
    """Contents that came out in a year, in the order of time."""
    dated = ((item.entry.publie_le, item.ref, item) for item in items)
    rows = [(day, ref, item) for day, ref, item in dated if day and day.year == year]
    return tuple(item for _, _, item in sorted(rows, key=lambda row: row[:2]))


def called_off(items: Sequence[Item], year: int) -> int:
    """How many events among ``items`` were to take place in a year, all of whose times in it are
    cancelled or postponed."""
    days = date(year, 1, 1), date(year, 12, 31)
    due = sum(any(time.touches(*days) for time in item.occurrences) for item in items)
    return due - len(events_in(items, year))


def sessions(events: Iterable[YearEvent]) -> int:
    return sum(len(event.times) for event in events)


Test = Callable[[Event], object]


class Offer(NamedTuple):
    """How people may come: which events do, among those that say it (``answers``), and in words."""

    label: str
    test: Test
    answers: Test
    base: str


def _levels(event: Event) -> set[str]:
    access = event.accessibilite
    return set(access.niveaux.values()) - {"inconnu"} if access else set()


FREE = Offer("Gratuits", is_free, lambda event: is_free(event) is not None, "qui disent leur tarif")
OPEN = Offer(
    "Accessibles, au moins en partie, à un handicap",
    lambda event: event.accessibilite and event.accessibilite.ouverts,
    _levels,
    "qui disent leur accessibilité",
)
SCHOOLS = Offer("Pour les classes", for_schools, lambda event: True, "de l’année")
OFFERS = (FREE, OPEN, SCHOOLS)

# What a sheet may leave out.
UNSAID: Mapping[str, Test] = {
    "Tarif": lambda event: not FREE.answers(event),
    "Accessibilité": lambda event: not OPEN.answers(event),
    "Public": lambda event: not (event.publics or event.age or event.groupes),
    "Thème": lambda event: not event.themes,
}


def _how_many(events: Sequence[YearEvent], test: Test) -> int:
    return sum(bool(test(event.event)) for event in events)


class Events(Counts[YearEvent], frozen=True):
    """Events of a year, beside those of the year before."""

    @classmethod
    def of(cls, site: Site, items: Sequence[Item], year: int) -> Events:
        """Those of a year among ``items``."""
        now, before = (events_in(items, one) for one in (year, year - 1))
        return cls(site, year, now, before, year - 1 in years(site))

    def by_field(self, field: str, subject: str = "evenements") -> Table:
        """Events by the codes of a field; one may have several."""

        def codes(event: YearEvent) -> tuple[str, ...]:
            values: tuple[str, ...] = getattr(event.event, field)
            return values

        bare = sum(not codes(event) for event in self.now)
        none = f" ; {_some(bare, 'n’en dit aucun', 'n’en disent aucun')}" if bare else ""
        note = f"Un rendez-vous peut en avoir plusieurs{none}."
        return self.by(f"{subject}.{field}", codes, note=note)

    def months(self) -> Table:
        return self.by("evenements.mois", lambda event: event.months, MONTHS)

    def offered(self) -> Table:
        """How people may come; of each, how many say so: what is not said is unknown."""
        rows = []
        for offer in OFFERS:
            number = _how_many(self.now, offer.test)
            base = _how_many(self.now, offer.answers)
            before = _how_many(self.before, offer.test)
            if base or before:
                rows.append(self.row(offer.label, number, base, share(number, base), before=before))
        return table("evenements.accueil", rows, *self.last)

    def unsaid(self) -> Table:
        def lacks(event: YearEvent) -> Iterator[str]:
            return (label for label, test in UNSAID.items() if test(event.event))

        return self.by("evenements.manques", lacks, {label: label for label in UNSAID})

    def offer_keys(self) -> Iterator[Key]:
        """How many welcome people so, and among how many."""
        for offer in OFFERS if self.now else ():
            base = _how_many(self.now, offer.answers)
            number = _how_many(self.now, offer.test) if base else None
            note = f"sur {nombre(base)} {offer.base}" if base else "aucune fiche ne le dit"
            yield Key(offer.label, number, note=note)

    def detail(self) -> str:
        times = sessions(self.now)
        count = f", en {nombre(times)} séances" if times > len(self.now) else ""
        return f"{count}\u00a0: {became}" if (became := self.became()) else count

    def phrases(self) -> Iterator[str]:
        """How people may come, and the month that has most of them unless several do."""
        free, access, schools = (_how_many(self.now, offer.test) for offer in OFFERS)
        yield (
            "Parmi ces rendez-vous, "
            f"{_some(free, 'est annoncé gratuit', 'sont annoncés gratuits')}, "
            f"{_some(schools, 's’adresse aux classes', 's’adressent aux classes')} et "
            f"{_some(access, 'se dit accessible', 'se disent accessibles')}, au moins en partie, "
            "à un handicap."
        )
        ranking = Counter(month for event in self.now for month in event.months).most_common(2)
        if len(self.now) > 2 and (len(ranking) == 1 or ranking[0][1] > ranking[1][1]):
            month, most = ranking[0]
            yield f"Le mois qui en compte le plus est {MOIS[month - 1]}, avec {nombre(most)}."


def _some(number: int, singular: str, plural: str) -> str:
    if number:
        return counted(number, singular, plural)
    return f"aucun n’{singular}" if singular.startswith("e") else f"aucun ne {singular}"
