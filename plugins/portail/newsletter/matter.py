"""Candidates of a week, whatever the edition, found in one pass over the contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import RendezVous, undated, written
from portail.agenda.weeks import Week
from portail.facts.price import booking_day, online_link, place_of
from portail.model.articles import Annonce
from portail.model.event import Event
from portail.model.issue import Announced
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.newsletter.picks import AHEAD, BOOKING, DAYS, ENDING, LASTING, NEWS, RECENT
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import fold

# How a letter announces an event, and whether it still is as announced.

_MOVED_ONLINE = "deplace-en-ligne"


def to_come(item: Item, day: date) -> list[Occurrence]:
    """Occurrences of an event that take place and are not over when ``day`` begins."""
    return [one for one in item.occurrences if one.dernier_jour >= day and one.maintenue]


def announced(item: Item, site: Site, day: date) -> Announced:
    """How the letter of ``day`` (a Thursday) announces an event.

    Its days are those of the three weeks that the letter looks at, else the next one; a day that
    has begun is told by its last day, what is open most days by its next and its last. Postponed
    to a day that is known, it has that day. Its state is that of the first of them.
    """
    entry = item.of(Event)
    known = _dated(item, day)
    left = [one for one in item.occurrences if one.dernier_jour >= day]
    near = [one for one in known if one.premier_jour <= day + AHEAD] or known[:1]
    days = [_written(one, day) for one in near[:DAYS]]
    if item.ref in site.indexes.programme.durables:  # open most days: from one to the last
        days = [one.dernier_jour.isoformat() for one in (*known[:1], *known[-1:])]
    shown = near[:1] or left[:1]
    etat = shown[0].etat if shown else entry.etat
    online = etat == _MOVED_ONLINE
    return Announced(
        etat=etat,
        jours=tuple(dict.fromkeys(days)),
        lieu="" if online else place_of(item, site),
        en_ligne=online or bool(online_link(entry)),
    )


def change(
    before: Announced, item: Item, now: Announced, day: date, known_until: date
) -> tuple[Announced, Announced] | None:
    """What a letter sent on ``day`` must say of an event announced ``before`` and that is ``now``
    otherwise: both, with the days that it is about; ``None`` when the announcement was right.

    It was wrong when a day to come is no more one of its days, when it has another place or is on
    line instead; a day that is found again is told too. That it is full, or on more days, is no
    mistake. When some days of several are lost, it is about these and what replaces them: days
    after ``known_until`` replace nothing, the letter did not look so far.
    """
    promised = tuple(text for text in before.jours if _day(text) >= day)
    if not promised:
        found = not before.jours and before.etat in _OFF and bool(now.jours)
        return (before, now) if found else None
    known = _dated(item, day)
    lost = tuple(text for text in promised if not _kept(text, known))
    if not lost:
        online = now.etat == _MOVED_ONLINE and before.etat != _MOVED_ONLINE
        moved = online or fold(before.lieu) != fold(now.lieu)
        return (_on(before, promised), _on(now, promised)) if moved else None
    if len(lost) == len(promised):
        return _on(before, promised), now
    new = _instead(item, known, before, lost, known_until)
    if new:
        return _on(before, lost), _on(now, new)
    called_off = {_written(one, day): one.etat for one in item.occurrences if one.etat in _OFF}
    off = now.model_copy(update={"etat": called_off.get(lost[0], "annule"), "jours": ()})
    return _on(before, lost), off


def _on(one: Announced, days: tuple[str, ...]) -> Announced:
    return one.model_copy(update={"jours": days})


def _instead(
    item: Item, known: Sequence[Occurrence], before: Announced, lost: Sequence[str], until: date
) -> tuple[str, ...]:
    """Days that replace those that are lost: said to, else not announced though they were near."""
    entry = item.of(Event)
    found = []
    for one in known:
        old = written(entry, one).ancien_debut
        said = old is not None and any(text.startswith(f"{old.jour}") for text in lost)
        text = _written(one, one.premier_jour)
        near = len(before.jours) < DAYS and one.premier_jour <= until
        if said or (near and text not in before.jours):
            found.append(text)
    return tuple(found)


def _dated(item: Item, day: date) -> list[Occurrence]:
    """Occurrences to come whose day is known: they take place, or are postponed to that day."""
    entry = item.of(Event)
    return [
        one
        for one in item.occurrences
        if one.dernier_jour >= day and one.etat != "annule" and not undated(entry, one)
    ]


def _kept(text: str, known: Sequence[Occurrence]) -> bool:
    if "T" in text:
        return any(text == f"{one.debut:%Y-%m-%dT%H:%M}" for one in known if not one.journee)
    return any(one.en_cours(_day(text)) for one in known)


def _written(one: Occurrence, day: date) -> str:
    if one.premier_jour < day:
        return one.dernier_jour.isoformat()
    return one.premier_jour.isoformat() if one.journee else f"{one.debut:%Y-%m-%dT%H:%M}"


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


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
