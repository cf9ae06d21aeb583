"""The contents of a portal, year by year: what figures count; what took place in a year, by theme,
public, format, month, price, access. A content is of the year when it was published (so is an event
whose day is still to be set), an event of each year on whose days it takes place; its « séances »
are the times of it that touch the year. What is cancelled or postponed takes place on no day. What
is given as an example is not counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.facts.price import is_free
from portail.features.services.bilans.counting import (
    MONTHS,
    Cut,
    Measure,
    Past,
    count,
    part,
    table_of,
)
from portail.features.services.bilans.table import (
    Column,
    Key,
    Row,
    Table,
    Value,
    change,
    counted,
    share,
)
from portail.features.services.editions.editions import for_schools
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import is_place, ranked
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import MOIS, jour
from portail.text.typography import capital, nombre

KINDS = ranked(lambda info: info.news)
"""What counts as a contribution: neither the directory nor what sorts the others."""


class YearEvent(Struct, frozen=True):
    """An event and the times of it that take place in a year, one at least."""

    item: Item
    times: tuple[Occurrence, ...]
    premier: date
    """Its first day in the year."""

    @property
    def months(self) -> frozenset[int]:
        """Months of the year in which one of its times begins, or runs since the year before."""
        year = self.premier.year
        days = (time.first_day for time in self.times)
        return frozenset(day.month if day.year == year else 1 for day in days)

    @property
    def territoires(self) -> frozenset[str]:
        """Keys of the territories where it takes place: of what is everywhere, the region alone,
        for no part of it has more of it than another."""
        everywhere = self.item.partout
        codes = (code for code, _ in self.item.territoires)
        return frozenset(code for code in codes if code.startswith("R") or not everywhere)

    @property
    def event(self) -> Event:
        """Its fields."""
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
        """Its events that take place, in the order of time."""
        return events_in(self.items, self.annee)

    @cached_property
    def kinds(self) -> Counter[str]:
        """Its contents by kind."""
        return Counter(item.entry.kind.value for item in self.items)

    @cached_property
    def structures(self) -> frozenset[str]:
        """References of the places and structures that its contents name."""
        return frozenset(ref for item in self.items for ref in item.targets if is_place(ref))


@per_site
def years(site: Site) -> Mapping[int, Year]:
    """Years that have a true content, latest first."""
    by_year: dict[int, list[Item]] = defaultdict(list)
    for kind in KINDS:
        for item in site.of_kind(kind):
            if not item.entry.exemple:
                for year in _years_of(item):
                    by_year[year].append(item)
    return {year: Year(year, tuple(by_year[year])) for year in sorted(by_year, reverse=True)}


def _years_of(item: Item) -> set[int]:
    published = item.entry.publie_le
    spans = (range(time.first_day.year, time.last_day.year + 1) for time in item.occurrences)
    return {year for span in spans for year in span} or ({published.year} if published else set())


def called_off(items: Iterable[Item], year: int) -> int:
    """How many events among ``items`` were to take place in a year, all of whose times in it are
    cancelled or postponed."""
    first = date(year, 1, 1)
    last = date(year, 12, 31)
    dated = ([time for time in item.occurrences if time.touches(first, last)] for item in items)
    return sum(bool(times) and not any(time.maintained for time in times) for times in dated)


def sessions(events: Iterable[YearEvent]) -> int:
    """How many times they take place."""
    return sum(len(event.times) for event in events)


@per_site
def events_of(site: Site, year: int) -> Mapping[str, YearEvent]:
    """The events that take place in a year, by their references; examples are among them."""
    return {event.item.ref: event for event in events_in(site.dated, year)}


def _in_time(events: Iterable[YearEvent]) -> tuple[YearEvent, ...]:
    return tuple(sorted(events, key=lambda event: (event.premier, event.item.ref)))


Test = Callable[[Event], object]


class Offer(NamedTuple):
    """How people may come: which events do, among those that say it (``answers``), and in words."""

    label: str
    test: Test
    answers: Test
    base: str


def _levels(event: Event) -> set[str]:
    """What it says of access, for any handicap."""
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

UNSAID: tuple[tuple[str, Test], ...] = (
    ("Tarif", lambda event: not FREE.answers(event)),
    ("Accessibilité", lambda event: not OPEN.answers(event)),
    ("Public", lambda event: not (event.publics or event.age or event.groupes)),
    ("Thème", lambda event: not event.themes),
)
"""What a sheet may leave out."""


def how_many(events: Sequence[YearEvent], test: Test) -> int:
    """How many of them meet a test."""
    return sum(bool(test(event.event)) for event in events)


class Pair(Struct, frozen=True):
    """Events of a year and of the year before, to which it is ``compared`` when the portal knows
    something of that one."""

    annee: int
    now: tuple[YearEvent, ...]
    before: tuple[YearEvent, ...]
    compared: bool

    @classmethod
    def of(cls, site: Site, items: Sequence[Item], year: int) -> Pair:
        """Those of a year among ``items``."""
        tables = events_of(site, year), events_of(site, year - 1)
        now, before = (
            [event for item in items if (event := table.get(item.ref))] for table in tables
        )
        return cls(year, _in_time(now), _in_time(before), year - 1 in years(site))

    def row(self, label: str, *values: Value, before: Value, url: str = "") -> Row:
        """A row that ends with the year before, if there is one to compare with."""
        return Row(label, (*values, before) if self.compared else values, url)

    def columns(self, *names: Column) -> tuple[Column, ...]:
        """Those of such rows."""
        return (*names, Column(str(self.annee - 1))) if self.compared else names

    def became(self, now: int, before: int) -> str:
        """« 12 de plus qu’en 2020 »; nothing without a year to compare with."""
        return change(now, before, self.annee - 1) if self.compared else ""

    def table(self, cut: Cut[YearEvent], *measures: Measure[YearEvent], note: str = "") -> Table:
        """Events as a ``cut`` sorts them: how many, which part of all, unless other ``measures``
        are asked for; beside the year before, if it is compared with."""
        counts = measures or (count("Rendez-vous"), part(len(self.now)))
        past = Past(Column(str(self.annee - 1)), self.before) if self.compared else None
        return table_of(cut, counts, self.now, past, note)

    def by(self, code: str, titre: str, premiere: str, name: str, lists: Vocabularies) -> Table:
        """Events by the codes of a field, whose list is ``name``; one may have several."""
        labels = {key: capital(term.label) for key, term in lists[name].items()}
        bare = sum(not _codes(event.event, code) for event in self.now)
        none = f" ; {_some(bare, 'n’en dit aucun', 'n’en disent aucun')}" if bare else ""
        note = f"Un rendez-vous peut en avoir plusieurs{none}."
        cut = Cut[YearEvent](code, titre, premiere, lambda event: _codes(event.event, code), labels)
        return self.table(cut, note=note)

    def months(self) -> Table:
        """Events by month, every month of the year."""
        cut = Cut[YearEvent](
            "mois",
            "Mois par mois",
            "Mois",
            lambda event: event.months,
            MONTHS,
            dessin="colonnes",
            every=True,
        )
        note = "Un rendez-vous compte dans chaque mois où il a lieu."
        return self.table(cut, count(str(self.annee)), note=note)

    def offered(self) -> Table:
        """How people may come; of each, how many say so: what is not said is unknown."""
        columns = self.columns(Column("Nombre"), Column("Sur"), Column("Part", "%"))
        rows = []
        for offer in OFFERS:
            number = how_many(self.now, offer.test)
            base = how_many(self.now, offer.answers)
            before = how_many(self.before, offer.test)
            if base or before:
                rows.append(self.row(offer.label, number, base, share(number, base), before=before))
        note = "« Sur » : les rendez-vous qui disent leur tarif, leur accessibilité."
        title = "Comment on y est reçu"
        return Table("accueil", title, "Rendez-vous", columns, tuple(rows), "", note)

    def unsaid(self) -> Table:
        """What sheets leave out."""
        rows = (
            Row(label, (number, share(number, len(self.now))))
            for label, test in UNSAID
            if (number := how_many(self.now, test))
        )
        columns = (Column("Rendez-vous"), Column("Part", "%"))
        note = "Rendez-vous de l’année dont la fiche ne le dit pas."
        title = "Ce que les fiches ne disent pas"
        return Table("manques", title, "Manque", columns, tuple(rows), "barres", note)

    def key(self) -> Key:
        """How many there are, beside the year before."""
        now = len(self.now)
        return Key("Rendez-vous", now, note=self.became(now, len(self.before)))

    def offer_key(self, offer: Offer) -> Key:
        """How many welcome people so, and among how many."""
        base = how_many(self.now, offer.answers)
        number = how_many(self.now, offer.test) if base else None
        note = f"sur {nombre(base)} {offer.base}" if base else "aucune fiche ne le dit"
        return Key(offer.label, number, note=note)

    def most(self) -> Iterator[str]:
        """The month that has most of them, in a sentence; nothing when several do."""
        ranking = Counter(month for event in self.now for month in event.months).most_common(2)
        if len(self.now) > 2 and (len(ranking) == 1 or ranking[0][1] > ranking[1][1]):
            month, count = ranking[0]
            yield f"Le mois qui en compte le plus est {MOIS[month - 1]}, avec {nombre(count)}."

    def terms(self) -> str:
        """How people may come, in a sentence."""
        free, access, schools = (how_many(self.now, offer.test) for offer in OFFERS)
        return (
            "Parmi ces rendez-vous, "
            f"{_some(free, 'est annoncé gratuit', 'sont annoncés gratuits')}, "
            f"{_some(schools, 's’adresse aux classes', 's’adressent aux classes')} et "
            f"{_some(access, 'se dit accessible', 'se disent accessibles')}, au moins en partie, "
            "à un handicap."
        )


def listed(events: Sequence[YearEvent]) -> Table:
    """Each event: its first day in the year, how many times, where."""
    rows = []
    for event in events:
        day = jour(event.premier, semaine=False, annee=False)
        rows.append(
            Row(event.item.name, (day, len(event.times), event.item.town or None), event.item.url)
        )
    columns = (Column("À partir du"), Column("Séances"), Column("Commune"))
    return Table("rendez-vous", "Les rendez-vous", "Rendez-vous", columns, tuple(rows))


def genuine(items: Iterable[Item], like: Entry | None = None) -> tuple[Item, ...]:
    """Contents whose figures are true; all of them for somebody who is invented (``like``)."""
    every = like is not None and bool(like.exemple)
    return tuple(item for item in items if every or not item.entry.exemple)


def _codes(event: Event, field: str) -> tuple[str, ...]:
    codes: tuple[str, ...] = getattr(event, field)
    return codes


def _some(number: int, singular: str, plural: str) -> str:
    """« 3 sont annoncés gratuits », « aucun n’est annoncé gratuit »."""
    if number:
        return counted(number, singular, plural)
    return f"aucun n’{singular}" if singular.startswith("e") else f"aucun ne {singular}"
