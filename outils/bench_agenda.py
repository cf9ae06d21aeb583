"""Speed and size of the agenda: 10,000 events, 40,000 occurrences, in one process.

``make parts`` runs it (``--events 10000 --runs 3``). The corpus is read once, unmeasured; then
are timed, the best of the runs: what the agenda is found by (indexes), each output's plan, every
calendar, the rules of check. Every event is expanded anew beside a peer, recurring-ical-events, to
which icalendar reads the same events.
Exit codes: 0 every target met, 1 one missed, 2 the peer does not find the same occurrences.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import process_time
from typing import NamedTuple, TypeVar

import recurring_ical_events
from icalendar import Calendar, Component
from msgspec.structs import replace

from corpus import DAY, Generator, Item, write
from portail.agenda.recurrence import expand
from portail.agenda.weeks import SchoolHolidays
from portail.config import SiteConfig
from portail.day import Day
from portail.diagnostics import Report
from portail.geo.territories import Geography
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.outputs import OUTPUTS
from portail.outputs.base import TextFile
from portail.outputs.calendars.components import FOOT, event_text, head_text
from portail.outputs.calendars.events import event_wording
from portail.resources import data_dir, quiet_gc
from portail.site.assemble import RULES, assemble, draft_of
from portail.site.calendars import build_calendars
from portail.site.coming import Ahead
from portail.site.draft import Draft, Mapper, read_all
from portail.site.facet_readers import facets_of
from portail.site.facets import EVENT_FACETS
from portail.site.indexes import build_indexes
from portail.site.site import Site
from portail.source.loader import Listing, list_content
from portail.source.store import Loaded, MemoryStore

INDEXES = 1.5
"""Seconds: the indexes of the agenda."""
DATA = 120_000
"""Bytes, gzip: the data of the filters for ``COMING`` events to come."""
COMING = 1000

Made = TypeVar("Made")


class Agenda(Generator):
    """Events only, with the fixed contents that they name: four occurrences each on average."""

    def __init__(self, count: int) -> None:
        super().__init__(count, words=(20, 40))
        self.drawn = [("events", self.slug(number)) for number in range(1, count + 1)]

    def when(self) -> dict[str, object]:
        """Plain events, séances, weekly timetables, rules, exhibitions."""
        draw = self.random.random()
        if draw < 0.75:
            return super().when()
        day = DAY + timedelta(days=self.random.randrange(-150, 200))
        if draw < 0.93:
            days = [day + timedelta(days=7 * week) for week in range(self.random.randrange(5, 14))]
            return {"seances": [{"debut": f"{one} 14:00", "fin": f"{one} 15:30"} for one in days]}
        return {"debut": day, "fin": day + timedelta(days=self.random.randrange(20, 120))}


class Read(NamedTuple):
    """The corpus, read: the records of documents, then those of pictures."""

    listing: Listing
    records: list[Loaded]
    vocabularies: Vocabularies
    geography: Geography
    holidays: SchoolHolidays
    bodies: MemoryStore

    def draft(self, most: int | None = None) -> Draft:
        """The draft of all, or of the ``most`` first events with the contents they name."""
        pairs = list(zip(self.listing.documents, self.records, strict=False))
        left = len(pairs) if most is None else most
        kept = []
        for pair in pairs:
            if pair[0].kind is Kind.EVENT:
                left -= 1
            if left >= 0 or pair[0].kind is not Kind.EVENT:
                kept.append(pair)
        listing = replace(self.listing, documents=[one for one, _ in kept])
        medias = self.records[len(pairs) :]
        records = [*(one for _, one in kept), *medias]
        return draft_of(listing, records, self.geography, Day(DAY, pinned=True), preview=False)

    def site(self, draft: Draft) -> Site:
        """The site of a draft."""
        config, report = (
            SiteConfig(region="Hauts-de-France", siteurl="https://portail.example.org"),
            Report(),
        )
        return assemble(
            draft, self.listing, config, self.bodies, self.vocabularies, self.holidays, report
        )


def read(folder: Path, items: Iterable[Item], mapper: Mapper = map) -> Read:
    """Write a corpus and read it; nothing of it is timed."""
    write(folder, [*items])
    vocabularies = Vocabularies.load(data_dir())
    geography = Geography.load(data_dir(), "Hauts-de-France")
    home = geography.home
    holidays = SchoolHolidays.load(data_dir(), home.code if home else "")
    listing = list_content(folder / "content", [])
    bodies, reading = MemoryStore(), Reading(vocabularies, geography)
    records = read_all([*listing.documents, *listing.medias], bodies, reading, mapper)
    return Read(listing, list(records), vocabularies, geography, holidays, bodies)


def best(runs: int, work: Callable[[], Made]) -> tuple[float, Made]:
    """The best time of ``work``, in seconds of processor since other work on a machine only adds,
    and what it gives."""
    times = []
    for _ in range(runs):
        start = process_time()
        made = work()
        times.append(process_time() - start)
    return min(times), made


def index(site: Site) -> Ahead:
    """Everything the agenda is found by: programme and all its weeks, facets, what is to come of
    each value, calendars."""
    day = site.day.date
    indexes = build_indexes(site.items, site.geography, day)
    for week in indexes.programme.weeks:
        indexes.programme.week(week)
    events = (site.items[ref] for ref in indexes.by_kind[Kind.EVENT])
    facets = facets_of(EVENT_FACETS, events, site.vocabularies, site.geography)
    ahead = Ahead(indexes.programme, indexes.reserved, facets, day)
    list(ahead.pairs())
    build_calendars(site.items, indexes, facets, site.geography, day)
    return ahead


def files(site: Site, name: str) -> Iterator[TextFile]:
    """Text files of an output."""
    output = next(one for one in OUTPUTS if one.name == name)
    return (one for one in output.plan(site) if isinstance(one, TextFile))


def written(site: Site) -> int:
    """Characters of every calendar."""
    return sum(len(part) for one in files(site, "calendriers") for part in one.produce())


def facet_data(site: Site) -> int:
    """Bytes of the data of the filters of the agenda, compressed."""
    for one in files(site, "facettes"):
        if one.url == "/agenda/facettes.json":
            return len(gzip.compress("".join(one.produce()).encode(), 9))
    raise LookupError("/agenda/facettes.json")


def coming(site: Site) -> int:
    """How many events are on or to come."""
    return sum(not item.passe for item in site.of_kind(Kind.EVENT))


def few(corpus: Read) -> Site:
    """A site with ``COMING`` events to come, within one in a hundred."""
    share = COMING / max(1, coming(corpus.site(corpus.draft())))
    events = sum(one.kind is Kind.EVENT for one in corpus.listing.documents)
    most = int(share * events)
    site = corpus.site(corpus.draft(most))
    while coming(site) < COMING and most < events:
        most += max(1, COMING - coming(site))
        site = corpus.site(corpus.draft(most))
    return site


def as_icalendar(site: Site) -> str:
    """Every event of the site in one calendar, those that are over too, which have no file."""
    found = []
    for item in site.of_kind(Kind.EVENT):
        event, told = item.of(Event), event_wording(item, site)
        found.append(event_text(event, item.occurrences, told, site.vocabularies))
    return "".join((head_text("-//Banc//Portail//FR"), *found, FOOT))


def occurrences(events: Iterable[Event]) -> int:
    """How many occurrences Portail finds, each event expanded anew."""
    return sum(
        len(expand(one.debut, one.fin, one.seances, one.horaires, one.rrule, one.etat))
        for one in events
    )


def expanded(calendar: Component) -> int:
    """How many occurrences the peer finds."""
    years = date(DAY.year - 5, 1, 1), date(DAY.year + 5, 1, 1)
    return len(recurring_ical_events.of(calendar).between(*years))


def rules(draft: Draft) -> int:
    """How many diagnostics the rules of check find."""
    return sum(1 for rule in RULES for _ in rule(draft))


def planned(site: Site) -> int:
    """How many artifacts the site has."""
    return sum(1 for output in OUTPUTS for _ in output.plan(site))


def measure(corpus: Read, runs: int) -> bool:
    """Print every figure; whether each target is met. Raises `LookupError` when the peer and the
    site do not find the same occurrences."""
    draft = corpus.draft()
    site = corpus.site(draft)
    events = site.of_kind(Kind.EVENT)
    entries = [item.entry for item in events if isinstance(item.entry, Event)]
    ours, known = best(runs, lambda: occurrences(entries))
    print(f"{len(events)} events, {known} occurrences, {coming(site)} on or to come")
    met = judged("indexes of the agenda", best(runs, lambda: index(site))[0], INDEXES, "s")
    calendar = Calendar.from_ical(as_icalendar(site))
    peer, found = best(1, lambda: expanded(calendar))
    if found != known:
        raise LookupError(f"the peer finds {found} occurrences, the site {known}")
    print(f"  every event expanded: {ours:.2f} s, {ours / peer:.2f} × recurring-ical-events")
    some = few(corpus)
    size = facet_data(some) / 1000
    met &= judged(f"data of the filters, {coming(some)} events to come", size, DATA / 1000, "kB")
    for name, work in (
        ("every calendar", partial(written, site)),
        ("plan of the whole site", partial(planned, site)),
        ("rules of check", partial(rules, draft)),
    ):
        spent, count = best(runs, work)
        print(f"  {name}: {spent:.2f} s ({count})")
    return met


def judged(name: str, value: float, target: float, unit: str) -> bool:
    """Print a figure beside its target; whether it is met."""
    met = value <= target
    print(f"  {name}: {value:.2f} {unit} (target ≤ {target:g}): {'met' if met else 'MISSED'}")
    return met


def main() -> int:
    """Measure, print each figure beside its target, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portail-agenda-") as name, quiet_gc():
        corpus = read(Path(name), Agenda(options.events).items())
        try:
            return 0 if measure(corpus, options.runs) else 1
        except LookupError as error:
            print(f"not measured: {error}", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
