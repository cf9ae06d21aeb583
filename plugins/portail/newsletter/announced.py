"""How a letter announces an event, and whether it still is as announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portail.agenda.occurrences import Occurrence
from portail.agenda.upcoming import undated
from portail.model.event import Event
from portail.model.issue import Announced
from portail.newsletter.rules import AHEAD, DAYS
from portail.site.places import place_of
from portail.site.site import Item, Site
from portail.text.normalise import fold

__all__ = ["announced", "has_changed", "to_come"]

_OFF = ("annule", "reporte")
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
    entry = item.entry
    assert isinstance(entry, Event)
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
        en_ligne=online or entry.en_ligne is not None,
    )


def has_changed(before: Announced, item: Item, now: Announced, day: date) -> bool:
    """Whether a letter sent on ``day`` must say that an event is no more as announced ``before``:
    a day to come is no more one of its days, it has another place, it is on line only; or it has a
    day again. That it is full, or on more days, is no mistake of the letter."""
    promised = [text for text in before.jours if _day(text) >= day]
    if not promised:
        return not before.jours and before.etat in _OFF and bool(now.jours)
    known = _dated(item, day)
    if not all(_kept(text, known) for text in promised):
        return True
    if now.etat == _MOVED_ONLINE and before.etat != _MOVED_ONLINE:
        return True
    return fold(before.lieu) != fold(now.lieu)


def _dated(item: Item, day: date) -> list[Occurrence]:
    """Occurrences to come whose day is known: they take place, or are postponed to that day."""
    entry = item.entry
    assert isinstance(entry, Event)
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
