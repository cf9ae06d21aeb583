"""What the letter of a week may tell, whatever the edition: found in one pass over the contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import RendezVous
from portail.agenda.weeks import Week
from portail.facts.price import booking_day
from portail.model.annonce import Annonce
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.newsletter.announced import to_come
from portail.newsletter.rules import AHEAD, BOOKING, ENDING, LASTING, NEWS, RECENT
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

__all__ = ["Matter", "On", "is_over", "matter_of"]


@dataclass(frozen=True, slots=True)
class On:
    """An event that is on: the day that counts (the first of the days asked for, or the last day
    to book), its occurrence of that day, whether it lasts (an exhibition)."""

    item: Item
    jour: date
    occurrence: Occurrence
    dure: bool = False


@dataclass(slots=True)
class Matter:
    """Candidates for the letter of the Thursday ``jour``, published by ``connu``.

    ``news``, ``lieux`` and ``outils`` came out in the last 60 days, the newest first, and are not
    over (``over`` are); ``older`` came out before, or say no day; ``featured`` are put forward.
    ``ending`` are annonces that end soon, the first to end first. In the order of time:
    ``week_end`` what is on, ``ahead`` what is on in three weeks otherwise, ``bookings`` what must
    be booked. ``days`` are the events of each day from Thursday to Wednesday.
    """

    jour: date
    connu: date
    news: list[Item] = field(default_factory=list)
    lieux: list[Item] = field(default_factory=list)
    outils: list[Item] = field(default_factory=list)
    over: list[Item] = field(default_factory=list)
    older: list[Item] = field(default_factory=list)
    featured: list[Item] = field(default_factory=list)
    ending: list[Item] = field(default_factory=list)
    week_end: list[On] = field(default_factory=list)
    ahead: list[On] = field(default_factory=list)
    bookings: list[On] = field(default_factory=list)
    days: Mapping[date, frozenset[str]] = field(default_factory=dict)


def is_over(item: Item, day: date) -> bool:
    """Whether nothing of a content is left on ``day``: no date that goes ahead, a call that has
    ended."""
    entry = item.entry
    if isinstance(entry, Event):
        return not to_come(item, day)
    if isinstance(entry, Annonce | Ressource):
        return entry.echeance is not None and entry.echeance < day
    return False


@per_site
def matter_of(site: Site, week: Week) -> Matter:
    """The candidates of a week. What comes out after its Thursday is for the next one."""
    jour = week.thursday
    found = Matter(jour, min(jour, site.day.date))
    for item in site.items.values():
        if item.entry.kind in _TOLD and item.entry.paru(found.connu):
            _sort(item, found)
    for some in (found.news, found.lieux, found.outils, found.over, found.featured, found.older):
        some.sort(key=_newest)
    found.ending.sort(key=lambda one: (getattr(one.entry, "echeance", jour), one.ref))
    found.bookings.sort(key=lambda one: (one.jour, one.item.ref))
    _agenda(site, week, found)
    return found


_TOLD = NEWS | {Kind.LIEU}


def _sort(item: Item, found: Matter) -> None:
    """Put a published content where it belongs."""
    entry, jour = item.entry, found.jour
    if entry.a_ne_pas_manquer and entry.a_ne_pas_manquer >= jour and not is_over(item, jour):
        found.featured.append(item)
    if isinstance(entry, Annonce) and entry.echeance and jour <= entry.echeance <= jour + ENDING:
        found.ending.append(item)
    if isinstance(entry, Event):
        found.bookings += _booking(entry, item, jour)
    if entry.publie_le and jour - RECENT <= entry.publie_le:
        over = is_over(item, jour)
        (found.over if over else _shelf(item, found)).append(item)
    elif entry.kind in LASTING and not is_over(item, jour):
        found.older.append(item)


def _shelf(item: Item, found: Matter) -> list[Item]:
    """The section that tells a new content."""
    if item.entry.kind is Kind.LIEU:
        return found.lieux
    tool = isinstance(item.entry, Ressource) and item.entry.itinerante
    return found.outils if tool else found.news


def _newest(item: Item) -> tuple[int, Kind, str]:
    """The last published first; of one day, kind after kind."""
    return (-(item.entry.publie_le or date.min).toordinal(), item.entry.kind, item.ref)


def _booking(entry: Event, item: Item, jour: date) -> Iterator[On]:
    """An event that must be booked soon, if there are places left."""
    last = booking_day(item)
    if last and jour <= last <= jour + BOOKING:
        shown = next(iter(to_come(item, max(jour, last))), None)
        if shown and shown.etat != "complet":
            yield On(item, last, shown)


def _agenda(site: Site, week: Week, found: Matter) -> None:
    """What takes place, on the days that its letter looks at."""
    saturday, sunday = week.week_end
    last = found.jour + AHEAD
    days: dict[date, frozenset[str]] = {}
    week_end: dict[str, On] = {}
    ahead: dict[str, On] = {}
    for day, rendez_vous, refs in _days(site, week, last):
        if day < found.jour + timedelta(days=7):
            days[day] = refs
        where = week_end if saturday <= day <= sunday else ahead
        for one in rendez_vous:
            item = site.items[one.ref]
            if one.maintenu and one.ref not in where and item.entry.paru(found.connu):
                where[one.ref] = On(item, day, one.occurrences[0])
    for on in _lasting(site, week, found, last):
        (week_end if saturday <= on.jour <= sunday else ahead).setdefault(on.item.ref, on)
    found.week_end = list(week_end.values())
    found.ahead = sorted(ahead.values(), key=lambda one: (one.jour, one.dure))
    found.days = days


def _days(
    site: Site, week: Week, last: date
) -> Iterator[tuple[date, Iterable[RendezVous], frozenset[str]]]:
    """From the Thursday of ``week`` to ``last``: what is on each day, and who takes place."""
    first = week.thursday
    while week.first <= last:
        for day in site.indexes.programme.week(week).jours:
            if first <= day.jour <= last:
                yield day.jour, day.rendez_vous, day.refs
        week = week.next


def _lasting(site: Site, week: Week, found: Matter, last: date) -> Iterator[On]:
    """What lasts: on this week-end, or beginning in the three weeks."""
    saturday, sunday = week.week_end
    seen: set[str] = set()
    while week.first <= last:
        for one in site.indexes.programme.week(week).durables:
            item = site.on(one.ref)
            if one.ref in seen or item.entry.kind is not Kind.EVENT or one.etat in _OFF:
                continue
            seen.add(one.ref)
            on = _running(item, saturday, sunday)
            if on is None and one.du >= found.jour:
                on = _running(item, one.du, last)
            if on and item.entry.paru(found.connu):
                yield on
        week = week.next


_OFF = ("annule", "reporte")


def _running(item: Item, first: date, last: date) -> On | None:
    """An event that lasts, on the first of these days when it is open."""
    for one in item.occurrences:
        if one.premier_jour > last:
            return None
        if one.dernier_jour >= first and one.maintenue:
            return On(item, max(first, one.premier_jour), one, dure=True)
    return None
