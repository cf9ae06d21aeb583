"""What a letter may tell, row by row of its table: each in the order of its rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain
from math import inf

from portail.agenda.occurrences import local
from portail.facts.place import online_link
from portail.facts.price import booking_day
from portail.facts.when import to_come
from portail.features.services.editions.editions import for_everyone, heads_of, years_of
from portail.model.collections import YearlyEntry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.empreintes import ALL_AROUND
from portail.outputs.pages.slots import OPEN_DAYS
from portail.site.contained import parent_of
from portail.site.item import Item
from portail.site.tools import is_tool

from . import rules
from .choice import Choice
from .days import (
    ALWAYS,
    Thing,
    comes_back,
    editions,
    leaves,
    listed,
    sessions,
    with_room,
)
from .editions import LOCAL, departement_of


def of_the_week(choice: Choice) -> Iterator[Thing]:
    """Events that take place before the next letter."""

    def told(item: Item) -> bool:
        # Who had to book did so.
        return choice.was_told(item, rules.TOLD if booking_day(item) else inf)

    return _invitations(choice, choice.thursday, rules.WEEK, told, "avant la prochaine lettre")


def ahead(choice: Choice) -> Iterator[Thing]:
    first = choice.thursday + rules.WEEK
    length = rules.AHEAD - rules.WEEK
    return _invitations(choice, first, length, choice.days_told, "dans les trois semaines")


def _invitations(
    choice: Choice, first: date, length: timedelta, told: Callable[[Item], object], words: str
) -> Iterator[Thing]:
    # What is put forward, then one a département before a second one.
    things = []
    now = leaves(choice.thursday)
    for item in choice.events:
        live = with_room(item, sessions(item, first, length), now)
        opens = item.occurrences[0].debut >= leaves(first)
        if live and (opens or not comes_back(item)) and not told(item):
            day = rules.day_in(live[0].first_day, choice.thursday)
            things.append(Thing(item, live[0].debut, f"A lieu le {day}, {words}."))
    spots: Counter[str] = Counter()
    places: dict[str, int] = {}
    # What contains another comes before it, which one tells where the former is not.
    refs = {thing.item.ref for thing in things}
    held = {thing.item.ref for thing in things if parent_of(thing.item.entry) in refs}
    things.sort(key=lambda thing: (thing.item.ref in held, _rank(choice, thing)))
    for thing in things:
        spot = departement_of(thing.item, choice.site) or str(
            bool(online_link(thing.item.of(Event)))
        )
        places[thing.item.ref] = spots[spot]
        spots[spot] += 1
    things.sort(
        key=lambda thing: (
            thing.item.ref in held,
            is_behind(choice, thing.item),
            places[thing.item.ref],
        )
    )
    yield from things


def _rank(choice: Choice, thing: Thing) -> tuple[object, ...]:
    item = thing.item
    level = choice.level(item)
    event = item.of(Event)
    narrow = not for_everyone(event)
    apart = is_behind(choice, item)
    far = apart or not item.partout  # what is put forward, and seen from anywhere, is for all
    told = len(choice.days_told(item))
    return apart, -level, narrow, far, not event.temps_fort, told, thing.start, item.ref


def is_behind(choice: Choice, item: Item) -> bool:
    until = item.entry.a_ne_pas_manquer
    return until is None or until < choice.thursday


def season(choice: Choice) -> Iterator[Thing]:
    """What comes back and is open before the next letter: what begins or ends, then what was told
    the longest ago."""
    first = leaves(choice.thursday)
    end = leaves(choice.thursday + rules.WEEK)
    things = []
    for item in choice.events:
        days = choice.days_told(item)
        live = []
        if comes_back(item):
            live = sessions(item, choice.thursday)
        # The more it was told, the longer it waits.
        if live and (not days or choice.thursday - days[-1] >= rules.MONTH * len(days)):
            things.append(
                Thing(item, live[0].debut, "Revient : dit de loin en loin, en une ligne.")
            )

    def rank(thing: Thing) -> tuple[object, ...]:
        item = thing.item
        turns = item.occurrences[0].debut < first and item.occurrences[-1].over_at > end
        told = choice.days_told(item)
        return -choice.level(item), turns, told[-1] if told else date.min, thing.start, item.ref

    yield from sorted(things, key=rank)


def openings(choice: Choice) -> Iterator[Thing]:
    """Temps forts that are on, or open before the next letter, and hold enough."""
    for opening in _openings(choice):
        if _is_near(choice, opening) and opening.rendez_vous >= rules.SEVERAL:
            yield opening


def openings_besides(choice: Choice) -> Iterator[Thing]:
    """Those that open before the next letter, whatever they hold."""
    return (opening for opening in _openings(choice) if _is_near(choice, opening))


def openings_ahead(choice: Choice) -> Iterator[Thing]:
    """Temps forts that open within ten days, which no letter told."""
    for opening in _openings(choice):
        if not (_is_near(choice, opening) or choice.days_told(opening.item)):
            yield opening


def _is_near(choice: Choice, opening: Thing) -> bool:
    return opening.start < leaves(choice.thursday + rules.WEEK)


def _openings(choice: Choice) -> Iterator[Thing]:
    # Temps forts that open before the next letter, or are on, or open within ten days and hold
    # enough: the most comes first.
    things = []
    for item in listed(choice.site, choice.thursday):
        for first, _ in editions(item, choice.thursday):
            if first > choice.thursday + rules.SOON:
                continue
            held = _held(choice, item, first.year)
            start = local(first)
            begins = choice.thursday <= first < choice.thursday + rules.WEEK
            if (begins or held >= rules.WORTH_OPENING) and not choice.was_told(item):
                reason = f"S’ouvre le {rules.day_in(first, choice.thursday)}."
                things.append(Thing(item, start, reason, held))
    yield from sorted(things, key=lambda thing: (-thing.rendez_vous, thing.start, thing.item.ref))


def _held(choice: Choice, item: Item, year: int) -> int:
    # How many events of the edition, or that one takes part in from home, a temps fort holds.
    years = (known for known in years_of(item, choice.site) if known.annee == year)
    events = chain.from_iterable(known.events for known in years)
    ours = [one for one in events if one.listed and (choice.level(one) == LOCAL or one.partout)]
    return sum(bool(to_come(event, choice.thursday)) for event in heads_of(ours))


def _is_read(item: Item) -> bool:
    # Whether a content is one that « À savoir » tells: it has no day, and is no tool.
    entry = item.entry
    return not (isinstance(entry, YearlyEntry) or entry.limite or is_tool(item))


def is_apart(item: Item) -> bool:
    """Whether a content to read is first about how sciences are shared: whose work that is reads
    it, the others come after."""
    return item.theme == ALL_AROUND


def fresh(choice: Choice) -> Iterator[Thing]:
    """What came out since the last letter."""
    return (thing for thing in news(choice) if choice.is_new(thing.item))


def news(choice: Choice) -> Iterator[Thing]:
    things = []
    for item in listed(choice.site, choice.thursday):
        entry = item.entry
        day = entry.publie_le
        if day is None or entry.kind not in rules.NEWS or not _is_read(item):
            continue
        if day >= choice.thursday - rules.MONTH and not choice.is_past(item):
            reason = (
                f"Publié le {rules.day_in(day, choice.thursday)}, dans aucune lettre jusqu’ici."
            )
            things.append(Thing(item, ALWAYS, reason))

    def rank(thing: Thing) -> tuple[object, ...]:
        entry = thing.item.entry
        forward = is_behind(choice, thing.item)
        day = entry.publie_le or date.min
        is_old = not choice.is_new(thing.item)
        return (
            -choice.level(thing.item),
            is_old,
            forward,
            is_apart(thing.item),
            -day.toordinal(),
            entry.kind,
            thing.item.ref,
        )

    yield from (thing for thing in sorted(things, key=rank) if not choice.days_told(thing.item))


def open_places(choice: Choice) -> Iterator[Thing]:
    """Where one may go most days of holidays: what was named the least, then what is open the
    most."""
    days = [choice.thursday + rules.DAY * count for count in range(7)]
    holidays = choice.site.holidays.own
    if any(any(day in holiday for holiday in holidays) for day in days):
        found = [one for one in OPEN_DAYS.ask(choice.site, days) if len(one[1]) >= rules.MOST_DAYS]
        for item, _ in sorted(found, key=lambda one: (choice.days_told(one[0]), -len(one[1]))):
            yield Thing(item, leaves(days[-1] + rules.DAY), "Ouvert pendant les vacances.")


def bookings(choice: Choice) -> Iterator[Thing]:
    """Events after those of the week whose booking ends within ten days."""
    first = leaves(choice.thursday)
    things = []
    for item in choice.events:
        until = booking_day(item)
        if until is None or until > choice.thursday + rules.SOON:
            continue
        live = with_room(item, to_come(item, until), first)
        if live and not choice.was_told(item):
            reason = f"Inscription à prendre, jusqu’au {rules.day_in(until, choice.thursday)}."
            things.append(Thing(item, live[0].debut, reason))
    yield from sorted(
        things,
        key=lambda thing: (
            len(choice.days_told(thing.item)),
            -choice.level(thing.item),
            thing.start,
            thing.item.ref,
        ),
    )


def endings(choice: Choice) -> Iterator[Thing]:
    """Calls, offers and fundings that end within ten days, or that are new."""
    things = []
    for item in listed(choice.site, choice.thursday):
        end = item.entry.limite
        if end is None or end < choice.thursday or item.is_answered or choice.days_told(item):
            continue
        if end <= choice.thursday + rules.SOON or choice.is_new(item):
            reason = f"Se termine le {rules.day_in(end, choice.thursday)}."
            things.append(Thing(item, local(end), reason))
    yield from sorted(
        things, key=lambda thing: (-choice.level(thing.item), thing.start, thing.item.ref)
    )


def older(choice: Choice) -> Iterator[Thing]:
    """What a quiet week goes back to: what no letter told for a year."""

    def rank(item: Item) -> tuple[object, ...]:
        day = item.entry.publie_le or date.min
        kind = rules.LASTING.index(item.entry.kind)
        return (
            -choice.level(item),
            len(choice.days_told(item)),
            is_apart(item),
            kind,
            -day.toordinal(),
            item.ref,
        )

    items = [
        item
        for item in listed(choice.site, choice.thursday)
        if item.entry.kind in rules.LASTING
        and _is_read(item)
        and not choice.is_new(item)
        and not choice.is_past(item)
    ]
    for item in sorted(items, key=rank):
        days = choice.days_told(item)
        if not days or abs(choice.thursday - days[-1]) >= rules.YEAR:
            yield Thing(item, ALWAYS, "À relire : la semaine est calme.")


def new_on_shelves(choice: Choice) -> Iterator[tuple[Kind, int]]:
    items = [
        item
        for item in listed(choice.site, choice.thursday)
        if choice.is_new(item) and choice.level(item)
    ]
    for kind, count in (
        (Kind.LIEU, sum(item.entry.kind is Kind.LIEU for item in items)),
        (Kind.RESSOURCE, sum(map(is_tool, items))),
    ):
        if count:
            yield kind, count
