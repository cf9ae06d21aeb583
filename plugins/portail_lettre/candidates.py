"""What a letter may tell, row by row of its table: each with its rank."""

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
from portail.outputs.empreintes import ALL_AROUND
from portail.site.facets import is_tool
from portail.site.item import Item, parent_of
from portail.text.dates import JOURS

from . import rules
from .choice import (
    ALWAYS,
    LOCAL,
    Choice,
    Thing,
    comes_back,
    departement_of,
    editions,
    leaves,
    open_on,
    sessions,
    with_room,
)


def pinned(choice: Choice) -> Iterator[Thing]:
    """What the editors pin, unless it is over when the letter leaves."""
    for rank, ref in enumerate(choice.pins):
        item = choice.site.items.get(ref)
        if item is None or not item.entry.paru(min(choice.thursday, choice.site.day.date)):
            choice.leave(ref, rules.NOT_PUBLISHED)
        elif not choice.level(item):
            choice.leave(ref, rules.NOT_HERE)
        else:
            live = [one for one in to_come(item, choice.thursday) if one.over_at > choice.first]
            if choice.is_past(item) or (item.occurrences and not live):
                choice.leave(ref, rules.OVER)
                continue
            start = live[0].debut if live else ALWAYS
            yield Thing(item, start, "Épinglé par la rédaction.", rank=(rank,))


def of_the_week(choice: Choice) -> Iterator[Thing]:
    """Events that take place before the next letter."""

    def told(item: Item) -> bool:
        # Who had to book did so.
        return choice.was_told(item, rules.TOLD if booking_day(item) else inf)

    return _invitations(choice, choice.thursday, rules.WEEK, told, "avant la prochaine lettre")


def ahead(choice: Choice) -> Iterator[Thing]:
    """Those that take place after it, within three weeks."""
    first = choice.thursday + rules.WEEK
    length = rules.AHEAD - rules.WEEK
    return _invitations(choice, first, length, choice.days_told, "dans les trois semaines")


def _invitations(
    choice: Choice, first: date, length: timedelta, told: Callable[[Item], object], words: str
) -> Iterator[Thing]:
    # What is put forward, then one a département before a second one. What contains another comes
    # before it, which one tells where the former is not.
    found = {}
    for item in choice.events:
        live = with_room(item, sessions(item, first, length), choice.first)
        opens = item.occurrences[0].debut >= leaves(first)
        if live and (opens or not comes_back(item)) and not told(item):
            found[item.ref] = item, live[0]
    ranks = []
    for item, on in found.values():
        event = item.of(Event)
        behind = is_behind(choice, item)
        rank = (
            parent_of(event) in found,
            bool(event.exemple),  # what is invented, after what is true
            behind,
            -choice.level(item),
            not for_everyone(event),
            behind or not item.partout,  # what is put forward, and seen from anywhere, is for all
            not event.temps_fort,
            len(choice.days_told(item)),
            on.debut,
            item.ref,
        )
        ranks.append((rank, item, on))
    spots: Counter[str] = Counter()
    for rank, item, on in sorted(ranks):
        spot = departement_of(item, choice.site) or str(bool(online_link(item.of(Event))))
        reason = f"A lieu le {choice.said(on.first_day)}, {words}."
        yield Thing(item, on.debut, reason, rank=(*rank[:3], spots[spot], *rank))
        spots[spot] += 1


def is_behind(choice: Choice, item: Item) -> bool:
    until = item.entry.a_ne_pas_manquer
    return until is None or until < choice.thursday


def season(choice: Choice) -> Iterator[Thing]:
    """What comes back and is open before the next letter: what begins or ends, then what was told
    the longest ago."""
    for item in choice.events:
        days = choice.days_told(item)
        live = sessions(item, choice.thursday) if comes_back(item) else []
        # The more it was told, the longer it waits.
        if live and (not days or choice.thursday - days[-1] >= rules.MONTH * len(days)):
            begun = item.occurrences[0].debut < choice.first
            turns = begun and item.occurrences[-1].over_at > choice.next
            start = live[0].debut
            rank = (-choice.level(item), turns, days[-1] if days else date.min, start)
            yield Thing(item, start, "Revient : dit de loin en loin, en une ligne.", rank=rank)


def openings(choice: Choice) -> Iterator[Thing]:
    """Temps forts that are on, or open before the next letter, and hold enough."""
    return (one for one in openings_besides(choice) if one.rendez_vous >= rules.SEVERAL)


def openings_besides(choice: Choice) -> Iterator[Thing]:
    """Those that open before the next letter, whatever they hold."""
    return (opening for opening in _openings(choice) if opening.start < choice.next)


def openings_ahead(choice: Choice) -> Iterator[Thing]:
    """Temps forts that open within ten days, which no letter told."""
    for opening in _openings(choice):
        if opening.start >= choice.next and not choice.days_told(opening.item):
            yield opening


def _openings(choice: Choice) -> Iterator[Thing]:
    # Temps forts that open before the next letter, or are on, or open within ten days and hold
    # enough: the most comes first.
    for item in choice.items:
        for first, _ in editions(item, choice.thursday):
            if first > choice.thursday + rules.SOON:
                continue
            held = _held(choice, item, first.year)
            start = local(first)
            begins = choice.thursday <= first < choice.thursday + rules.WEEK
            if (begins or held >= rules.WORTH_OPENING) and not choice.was_told(item):
                yield Thing(
                    item,
                    start,
                    f"S’ouvre le {choice.said(first)}.",
                    rank=(-held, start),
                    rendez_vous=held,
                )


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
    """What came out for a month, and no letter told."""
    for item in choice.items:
        entry = item.entry
        day = entry.publie_le
        if day is None or entry.kind not in rules.NEWS or not _is_read(item):
            continue
        is_near = day >= choice.thursday - rules.MONTH and not choice.is_past(item)
        if is_near and not choice.days_told(item):
            rank = (
                -choice.level(item),
                not choice.is_new(item),
                is_behind(choice, item),
                is_apart(item),
                -day.toordinal(),
                entry.kind,
            )
            reason = f"Publié le {choice.said(day)}, dans aucune lettre jusqu’ici."
            yield Thing(item, ALWAYS, reason, rank=rank)


def open_places(choice: Choice) -> Iterator[Thing]:
    """Where one may go most days of holidays: what was named the longest ago, then what is open the
    most."""
    days = [choice.thursday + rules.DAY * count for count in range(7)]
    holidays = choice.site.holidays.own
    if any(any(day in holiday for holiday in holidays) for day in days):
        count = Counter(item.ref for day in days for item, _ in open_on(choice.site, day))
        for item in map(choice.site.on, count):
            opened = count[item.ref]
            if opened >= rules.MOST_DAYS and choice.level(item) and _has_waited(choice, item):
                rank = (choice.days_told(item)[-1:], -opened)
                yield Thing(item, choice.next, "Ouvert pendant les vacances.", rank=rank)


def _has_waited(choice: Choice, item: Item) -> bool:
    # Whether no letter named a place for some time.
    days = choice.days_told(item)
    return not days or choice.thursday - days[-1] >= rules.ROUND


def open_at_the_week_end(choice: Choice) -> Iterator[Thing]:
    """Places that receive visitors on Sunday, else on Saturday: one a département before a second
    one, what was named the longest ago."""
    there = {item.ref for item in choice.items}
    for day in reversed(choice.week.week_end):
        opened = [
            (item, hours)
            for item, hours in open_on(choice.site, day)
            if item.ref in there and _has_waited(choice, item)
        ]
        spots: Counter[str] = Counter()
        for turn, (item, hours) in enumerate(
            sorted(opened, key=lambda one: choice.days_told(one[0])[-1:])
        ):
            spot = departement_of(item, choice.site)
            rank = (-choice.level(item), spots[spot], turn)
            reason = f"Ouvert {JOURS[day.weekday()]}."
            yield Thing(item, local(day), reason, rank=rank, heures=hours)
            spots[spot] += 1
        if opened:
            return


def bookings(choice: Choice) -> Iterator[Thing]:
    """Events after those of the week whose booking ends within ten days."""
    for item in choice.events:
        until = booking_day(item)
        if until is None or until > choice.thursday + rules.SOON:
            continue
        live = with_room(item, to_come(item, until), choice.first)
        if live and not choice.was_told(item):
            start = live[0].debut
            rank = (len(choice.days_told(item)), -choice.level(item), start)
            reason = f"Inscription à prendre, jusqu’au {choice.said(until)}."
            yield Thing(item, start, reason, rank=rank)


def endings(choice: Choice) -> Iterator[Thing]:
    """Calls, offers and fundings that end within ten days, or that are new."""
    for item in choice.items:
        end = item.entry.limite
        if end is None or end < choice.thursday or choice.days_told(item):
            continue
        if end <= choice.thursday + rules.SOON or choice.is_new(item):
            rank = (-choice.level(item), end)
            yield Thing(item, local(end), f"Se termine le {choice.said(end)}.", rank=rank)


def older(choice: Choice) -> Iterator[Thing]:
    """What a quiet week goes back to: what no letter told for a year."""
    if not 0 < len(choice.picks) < rules.QUIET:
        return
    for item in choice.items:
        kind = item.entry.kind
        if kind not in rules.LASTING or not _is_read(item) or choice.is_new(item):
            continue
        days = choice.days_told(item)
        is_past = choice.is_past(item)
        if not is_past and (not days or abs(choice.thursday - days[-1]) >= rules.YEAR):
            day = item.entry.publie_le or date.min
            rank = (
                -choice.level(item),
                len(days),
                is_apart(item),
                rules.LASTING.index(kind),
                -day.toordinal(),
            )
            yield Thing(item, ALWAYS, "À relire : la semaine est calme.", rank=rank)
