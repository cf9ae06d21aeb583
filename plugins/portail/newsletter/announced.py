"""How a letter announces an event, and whether it still is as announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portail.agenda.occurrences import Occurrence
from portail.agenda.upcoming import undated, written
from portail.facts.where import online_link, place_of
from portail.model.event import Event
from portail.model.issue import Announced
from portail.newsletter.rules import AHEAD, DAYS
from portail.site.item import Item
from portail.site.site import Site
from portail.text.normalise import fold

__all__ = ["announced", "change", "to_come"]

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
    entry = item.entry
    assert isinstance(entry, Event)
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
