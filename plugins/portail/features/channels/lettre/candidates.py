"""Candidates of a week, whatever the edition, and the days that a newsletter announces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from msgspec import Struct, field

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Lasting, undated, written
from portail.agenda.weeks import Week
from portail.facts.place import online_link, place_of
from portail.facts.price import booking_day
from portail.facts.when import places_left, to_come
from portail.features.services.editions.editions import first_day, is_to_come, last_day
from portail.model.collections import YearlyEntry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.resource import ResourceEntry
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import fold

from . import rules
from .editions import EVERYWHERE
from .issue import Announced

_MOVED_ONLINE = "deplace-en-ligne"
_OFF = ("annule", "reporte")


def is_full(item: Item, day: date) -> bool:
    """Whether an event takes place from ``day`` on and has no room left for anyone."""
    return bool(to_come(item, day)) and not places_left(item, day)


def announced(item: Item, site: Site, day: date) -> Announced:
    """An event as the newsletter of ``day`` (a Thursday) announces it. Its days are those of the
    next three weeks, else the next one; a day that has begun is given by its last day, what is open
    most days by its next and its last. Its state is that of the first."""
    entry = item.of(Event)
    dated = _dated(item, day)
    left = [occurrence for occurrence in item.occurrences if occurrence.is_to_come(day)]
    near = [
        occurrence for occurrence in dated if occurrence.first_day <= day + rules.AHEAD
    ] or dated[:1]
    days = [_written(occurrence, day) for occurrence in near[: rules.DAYS]]
    if item.ref in site.indexes.programme.durables:  # open most days: from one to the last
        days = [occurrence.last_day.isoformat() for occurrence in (*dated[:1], *dated[-1:])]
    etat = next((occurrence.etat for occurrence in near or left), entry.etat)
    online = etat == _MOVED_ONLINE
    return Announced(
        etat=etat,
        jours=tuple(dict.fromkeys(days)),
        lieu="" if online else place_of(item, site),
        en_ligne=online or bool(online_link(entry)),
    )


def change(
    before: Announced, item: Item, now: Announced, day: date, until: date
) -> tuple[Announced, Announced] | None:
    """Erratum, sent on ``day``, of an event announced ``before`` and that is ``now`` otherwise:
    both, with the days that it is about; ``None`` when the announcement was right. Errors are a day
    to come that is lost, another place, a move on line; a day given again counts, more days or a
    full house do not. Of several days, it is about those that are lost and those that replace them,
    none after ``until``, which the newsletter did not look at."""
    promised = tuple(text for text in before.jours if _day(text) >= day)
    if not promised:
        again = not before.jours and before.etat in _OFF and bool(now.jours)
        return (before, now) if again else None
    dated = _dated(item, day)
    lost = tuple(text for text in promised if not _kept(text, dated))
    if not lost:
        online = now.etat == _MOVED_ONLINE and before.etat != _MOVED_ONLINE
        moved = online or not set(fold(before.lieu).split(", ")) <= set(
            fold(now.lieu).split(", ")
        )  # a room that is given at last is no other place
        # What was everywhere and is has not moved, however that was said.
        moved = moved and not (item.partout and fold(before.lieu).startswith(EVERYWHERE))
        return (_on(before, promised), _on(now, promised)) if moved else None
    if len(lost) == len(promised):
        return _on(before, promised), now
    new = tuple(_instead(item, dated, before, lost, until))
    if new:
        return _on(before, lost), _on(now, new)
    called_off = {
        _written(occurrence, day): occurrence.etat
        for occurrence in item.occurrences
        if occurrence.etat in _OFF
    }
    off = now.model_copy(update={"etat": called_off.get(lost[0], "annule"), "jours": ()})
    return _on(before, lost), off


def _on(event: Announced, days: tuple[str, ...]) -> Announced:
    return event.model_copy(update={"jours": days})


def _instead(
    item: Item, dated: Sequence[Occurrence], before: Announced, lost: Sequence[str], until: date
) -> Iterator[str]:
    """Days that replace those lost: as the entry writes, else near and not announced."""
    entry = item.of(Event)
    for occurrence in dated:
        old = written(entry, occurrence).ancien_debut
        replaces = old is not None and any(text.startswith(f"{old.jour}") for text in lost)
        text = _written(occurrence, occurrence.day)
        near = len(before.jours) < rules.DAYS and occurrence.first_day <= until
        if replaces or (near and text not in before.jours):
            yield text


def _dated(item: Item, day: date) -> list[Occurrence]:
    """Occurrences to come that take place, or are postponed to a day that is given."""
    entry = item.of(Event)
    return [
        occurrence
        for occurrence in item.occurrences
        if occurrence.is_to_come(day)
        and occurrence.etat != "annule"
        and not undated(entry, occurrence)
    ]


def _kept(text: str, dated: Sequence[Occurrence]) -> bool:
    if "T" in text:
        return any(
            text == f"{occurrence.debut:%Y-%m-%dT%H:%M}"
            for occurrence in dated
            if not occurrence.journee
        )
    return any(occurrence.is_on(_day(text)) for occurrence in dated)


def _written(occurrence: Occurrence, day: date) -> str:
    if occurrence.day < day:
        return occurrence.last_day.isoformat()
    return (
        occurrence.day.isoformat() if occurrence.journee else f"{occurrence.debut:%Y-%m-%dT%H:%M}"
    )


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


class On(Struct, frozen=True):
    """An event and its day that counts."""

    item: Item
    day: date
    """The first of the days asked for, or the last day to book."""
    occurrence: Occurrence
    dure: bool = False
    """Whether it lasts, as an exhibition does."""

    @property
    def full(self) -> bool:
        """Whether there is no room left on that day."""
        return self.occurrence.etat == "complet"


class Open(NamedTuple):
    """A temps fort that opens within ten days, or is on: the first and the last day of it."""

    item: Item
    du: date
    au: date


class Candidates(Struct):
    """Candidates for the newsletter of the ``thursday``, published by ``connu``, the newest
    first: ``news``, ``lieux`` and ``outils`` are recent, ``over`` was."""

    thursday: date
    connu: date
    news: list[Item] = field(default_factory=list)
    lieux: list[Item] = field(default_factory=list)
    outils: list[Item] = field(default_factory=list)
    over: list[Item] = field(default_factory=list)
    aged: list[Item] = field(default_factory=list)
    """Contents that were recent, and are no longer."""
    older: list[Item] = field(default_factory=list)
    """Those and contents that came out before, or on no day."""
    featured: list[Item] = field(default_factory=list)
    highlights: list[Open] = field(default_factory=list)
    ending: list[Item] = field(default_factory=list)
    """Annonces and fundings, the first to end first."""
    week_end: list[On] = field(default_factory=list)
    ahead: list[On] = field(default_factory=list)
    """Events of the other days of three weeks."""
    bookings: list[On] = field(default_factory=list)
    days: Mapping[date, frozenset[str]] = field(default_factory=dict)
    """Events of each day from Thursday to Wednesday."""


def is_over(item: Item, day: date) -> bool:
    """End of a content before ``day``: no date to come, a call closed, something asked that was
    answered, an announcement of a day that is past."""
    entry = item.entry
    if isinstance(entry, Event):
        return not to_come(item, day)
    return item.is_answered or entry.clos(day) or bool(item.day_told(day))


@per_site
def candidates_of(site: Site, week: Week) -> Candidates:
    """Candidates of a week; a content that comes out after its Thursday is for the next one."""
    thursday = week.thursday
    matter = Candidates(thursday, min(thursday, site.day.date))
    for item in site.items.values():
        wanted = item.entry.kind in rules.NEWS | {Kind.LIEU} and item.entry.paru(matter.connu)
        if wanted and item.listed and not item.reserve:
            _sort(item, matter)
    new = (matter.news, matter.lieux, matter.outils)
    for items in (*new, matter.over, matter.featured, matter.aged, matter.older):
        items.sort(key=_newest)
    matter.ending.sort(key=lambda item: (item.entry.limite or thursday, item.ref))
    matter.bookings.sort(key=lambda on: (on.day, on.item.ref))
    _agenda(site, week, matter)
    return matter


def _newest(item: Item) -> tuple[int, Kind, str]:
    return -(item.entry.publie_le or date.min).toordinal(), item.entry.kind, item.ref


def _sort(item: Item, matter: Candidates) -> None:
    entry = item.entry
    thursday = matter.thursday
    if (
        entry.a_ne_pas_manquer
        and entry.a_ne_pas_manquer >= thursday
        and not is_over(item, thursday)
    ):
        matter.featured.append(item)
    if isinstance(entry, YearlyEntry):
        matter.highlights += _open(item, thursday)
    if entry.limite and not item.is_answered:
        matter.ending += [item] if thursday <= entry.limite <= thursday + rules.ENDING else []
    last = booking_day(item) if isinstance(entry, Event) else None
    if last and thursday <= last <= thursday + rules.BOOKING:
        matter.bookings += [
            On(item, last, occurrence) for occurrence in places_left(item, max(thursday, last))[:1]
        ]
    section = matter.outils if _is_tool(item) else matter.news
    section = matter.lieux if entry.kind is Kind.LIEU else section
    recent = entry.publie_le and thursday - rules.RECENT <= entry.publie_le
    if is_over(item, thursday):
        matter.over += [item] if recent else []
    elif is_new(item, thursday):
        section.append(item)
    else:
        matter.aged += [item] if recent else []
        matter.older += [item] if entry.kind in rules.LASTING else []


def is_new(item: Item, thursday: date) -> bool:
    """Whether a content came out so recently that the letter of ``thursday`` may tell it as new."""
    kept = item.entry.kind is Kind.LIEU or _is_tool(item) or next_day(item, thursday)
    day = item.entry.publie_le
    return day is not None and thursday - (rules.RECENT if kept else rules.FRESH) <= day


def _is_tool(item: Item) -> bool:
    return isinstance(item.entry, ResourceEntry) and item.entry.itinerante


def _open(item: Item, thursday: date) -> Iterator[Open]:
    """The editions of a temps fort that open within ten days, or are on."""
    for edition in item.of(YearlyEntry).editions:
        first = first_day(edition)
        last = last_day(edition)
        if first and last and first <= thursday + rules.OPENS_SOON and last >= thursday:
            yield Open(item, first, last)


def next_day(item: Item, day: date) -> date | None:
    """The next day of an event, of the edition of a temps fort, or the last one to answer, from
    ``day`` on; ``None`` for what has none."""
    entry = item.entry
    if isinstance(entry, Event):
        days = [max(day, occurrence.first_day) for occurrence in to_come(item, day)]
    elif isinstance(entry, YearlyEntry):
        editions = [edition for edition in entry.editions if is_to_come(edition, day)]
        days = [max(day, first) for edition in editions if (first := first_day(edition))]
    else:
        days = [entry.limite] if entry.limite else []
    return min(days, default=None)


def _agenda(site: Site, week: Week, matter: Candidates) -> None:
    first = matter.thursday
    last = matter.thursday + rules.AHEAD
    saturday, sunday = week.week_end
    weeks = sorted({Week.of(first + timedelta(days)) for days in range(rules.AHEAD.days + 1)})
    programmes = [site.indexes.programme.week(week) for week in weeks]
    days = [day for weekly in programmes for day in weekly.jours if first <= day.jour <= last]
    week_end: dict[str, On] = {}
    ahead: dict[str, On] = {}
    for day in days:
        section = week_end if saturday <= day.jour <= sunday else ahead
        for meeting in day.rendez_vous:
            item = site.items[meeting.ref]
            if meeting.maintained and item.entry.paru(matter.connu):
                met = On(item, day.jour, _roomiest(meeting.occurrences))
                earlier = section.setdefault(meeting.ref, met)
                section[meeting.ref] = met if earlier.full and not met.full else earlier
    lasting: dict[str, Lasting] = {}
    for row in chain.from_iterable(weekly.durables for weekly in programmes):
        if row.etat not in _OFF and site.on(row.ref).entry.kind.info.dated:
            lasting.setdefault(row.ref, row)
    for ref, row in lasting.items():
        item = site.on(ref)
        on = _running(item, saturday, sunday)
        if on is None and row.du >= first:
            on = _running(item, row.du, last)
        if on and item.entry.paru(matter.connu):
            (week_end if saturday <= on.day <= sunday else ahead).setdefault(ref, on)
    matter.week_end = list(week_end.values())
    matter.ahead = sorted(ahead.values(), key=lambda on: (on.day, on.dure))
    matter.days = {day.jour: day.refs for day in days if day.jour < first + timedelta(days=7)}


def _roomiest(occurrences: Sequence[Occurrence]) -> Occurrence:
    """The first of them with some room left, else the first."""
    return next(
        (occurrence for occurrence in occurrences if occurrence.etat != "complet"), occurrences[0]
    )


def _running(item: Item, first: date, last: date) -> On | None:
    """An event that lasts, on the first of these days when it is open."""
    for occurrence in item.occurrences:
        if occurrence.last_day >= first and occurrence.maintained and occurrence.first_day <= last:
            return On(item, max(first, occurrence.first_day), occurrence, dure=True)
    return None
