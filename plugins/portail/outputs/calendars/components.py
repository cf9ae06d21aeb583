"""Calendars as RFC 5545 and RFC 7986 write them: icalendar escapes, folds and encodes.

Everything comes from content, never from a clock: ``DTSTAMP`` and ``LAST-MODIFIED`` are the day
of the last change, ``SEQUENCE`` grows with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from icalendar import Calendar as Component
from icalendar import Event as EventComponent
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vText

from portail.agenda.occurrences import PARIS, Occurrence, local
from portail.agenda.rrule import Rule
from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.outputs.calendars.series import note_of, series_of
from portail.outputs.calendars.told import Told
from portail.text.typography import typographie

__all__ = ["FOOT", "event_text", "head_text"]

FOOT = "END:VCALENDAR\r\n"
_REFRESH = timedelta(hours=12)
"""How often clients are asked to come back."""
_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEPS = 10
"""What one day of change adds to ``SEQUENCE``; states add less."""
_TURNS = (
    (TimezoneDaylight, "1981-03-29T02:00", "CEST", 3, None),
    (TimezoneStandard, "1981-09-27T03:00", "CET", 9, datetime(1995, 9, 24, 1, tzinfo=UTC)),
    (TimezoneStandard, "1996-10-27T03:00", "CET", 10, None),
)
"""Changes of clocks in France since 1981, on the last Sunday of a month: from when, on the clock,
to which time, in which month, up to when."""


def head_text(prodid: str, **told: str) -> str:
    """The beginning of a calendar, up to its events; ``FOOT`` ends it.

    ``told``: ``nom``, ``description``, ``uid``, ``page`` and ``source`` (addresses); those that are
    empty are left out. Without ``nom`` it is a file to import once, which is not refreshed.
    """
    calendar = Component()
    calendar.add("version", "2.0")
    calendar.add("prodid", prodid)
    calendar.add("calscale", "GREGORIAN")
    if told.get("nom"):
        for name, key in _CALENDAR.items():
            if told.get(key):
                # icalendar has no type for all of these names, and escapes none without a type.
                given = told[key] if key in _ADDRESSES else vText(told[key])
                calendar.add(name, given, {"VALUE": "URI"} if name == "source" else {})
        calendar.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT12H")
        calendar.add("x-wr-timezone", PARIS.key)
    return _written(calendar).removesuffix(FOOT) + _timezone()


_CALENDAR = {
    "uid": "uid",
    "name": "nom",
    "x-wr-calname": "nom",
    "description": "description",
    "x-wr-caldesc": "description",
    "url": "page",
    "source": "source",
}
_ADDRESSES = {"page", "source"}


@cache
def _timezone() -> str:
    """Europe/Paris as rules: ``add_missing_timezones`` lists 120 dates, up to 2037 only."""
    zone = Timezone()
    zone.add("tzid", PARIS.key)
    for sort, start, name, month, until in _TURNS:
        turn = sort()
        turn.add("dtstart", datetime.fromisoformat(start))
        rule: dict[str, Any] = {"freq": "yearly", "bymonth": month, "byday": "-1SU"}
        turn.add("rrule", rule | ({"until": until} if until else {}))
        summer = sort is TimezoneDaylight
        turn.add("tzoffsetfrom", timedelta(hours=1 if summer else 2))
        turn.add("tzoffsetto", timedelta(hours=2 if summer else 1))
        turn.add("tzname", name)
        zone.add_component(turn)
    return _written(zone)


def event_text(
    entry: Event, occurrences: tuple[Occurrence, ...], told: Told, lists: Vocabularies
) -> str:
    """All components of one event."""
    return "".join(map(_written, _components(entry, occurrences, told, lists)))


def _components(
    entry: Event, occurrences: tuple[Occurrence, ...], told: Told, lists: Vocabularies
) -> Iterator[EventComponent]:
    for series in series_of(entry, occurrences):
        first, uid = series.premiere, told.uid + series.suffixe
        if series.regle is None:
            yield _component(first, uid, told, lists, first.etat, note_of(entry, first), entry)
            continue
        whole = _component(first, uid, told, lists, entry.etat, "", entry)
        whole.add("rrule", _rule(series.regle, series.derniere or first))
        if series.sauf:
            whole.add("exdate", [_start(first, day) for day in series.sauf])
        yield whole
        for one in series.autres:
            part = _component(one, uid, told, lists, one.etat, note_of(entry, one), entry)
            part.add("recurrence-id", _start(one, one.premier_jour))
            yield part


def _component(
    one: Occurrence, uid: str, told: Told, lists: Vocabularies, etat: str, note: str, entry: Event
) -> EventComponent:
    event, term = EventComponent(), lists["etats"].get(etat)
    known = term.extra if term else {}
    state = "" if etat == "programme" or term is None else term.label.capitalize()
    event.add("uid", uid)
    stamp = datetime.combine(told.modifie, time(), tzinfo=UTC)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("created", datetime.combine(told.publie, time(), tzinfo=UTC))
    event.add("sequence", _STEPS * _age(told.modifie) + int(known.get("sequence", 0)))
    event.add("status", known.get("ical", "CONFIRMED"))
    event.add("dtstart", _start(one, one.premier_jour))
    if one.journee:
        event.add("dtend", one.dernier_jour + _DAY)
    elif one.fin:
        event.add("dtend", one.fin)
    event.add("summary", typographie(f"{state} : {told.titre}") if state else told.titre)
    _place(event, told, online=etat == "deplace-en-ligne")
    lines = (f"{state}." if state else "", typographie(note), *told.lignes, told.url)
    event.add("description", "\n".join(filter(None, lines)))
    if told.url:
        event.add("url", told.url)
    if told.mots:
        event.add("categories", list(told.mots))
    # What has no hour, is open all along or does not take place makes nobody busy.
    free = one.journee or entry.horaires is not None or etat == "annule"
    event.add("transp", "TRANSPARENT" if free else "OPAQUE")
    return event


def _place(event: EventComponent, told: Told, *, online: bool) -> None:
    """Where it takes place: nowhere else than online for what was moved there."""
    if told.lieu and not online:
        event.add("location", told.lieu)
        if told.geo:
            event.add("geo", told.geo)
    elif told.en_ligne:
        event.add("location", f"En ligne\u00a0: {told.en_ligne}")
    if told.en_ligne:
        event.add("conference", told.en_ligne, {"VALUE": "URI", "LABEL": "Suivre en ligne"})


def _age(day: date) -> int:
    return (day - date(1990, 1, 1)).days


def _start(one: Occurrence, day: date) -> date:
    """The beginning of ``one``, on ``day``: a day, or an hour of Paris."""
    return day if one.journee else local(day, one.debut.time())


def _rule(rule: Rule, last: Occurrence) -> dict[str, Any]:
    """A rule that ends with its last occurrence: in UTC when it has hours (RFC 5545 § 3.3.10)."""
    until = last.premier_jour if last.journee else last.debut.astimezone(UTC)
    parts: dict[str, Any] = {"freq": rule.freq}
    if rule.interval > 1:
        parts["interval"] = rule.interval
    if rule.week_start:
        parts["wkst"] = _WEEKDAYS[rule.week_start]
    days = [f"{one.ordinal or ''}{_WEEKDAYS[one.weekday]}" for one in rule.by_day]
    lists = {
        "bymonth": rule.by_month, "bymonthday": rule.by_monthday, "byday": days,
        "bysetpos": rule.by_setpos,
    }  # fmt: skip
    return parts | {name: list(one) for name, one in lists.items() if one} | {"until": until}


def _written(component: Component | EventComponent | Timezone) -> str:
    """A component as text: lines of at most 75 bytes that end with CRLF."""
    return str(component.to_ical().decode())
