"""Calendars as RFC 5545 and RFC 7986 write them, property by property in the order of icalendar.
Everything comes from content, never from a clock: ``DTSTAMP`` and ``LAST-MODIFIED`` are the day of
the last change, ``SEQUENCE`` grows with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import gcd

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence, local
from portail.agenda.rrule import ByDay, Rule, days_of, parse_rule
from portail.clock import portal_zone
from portail.features.calendriers.events import (
    EPOCH,
    WEEKDAYS,
    EventWording,
    dated,
    escaped,
    instant,
    line,
    timezone_text,
)
from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.text.typography import typographie

# How the occurrences of an event are written: as components that every client understands.
#
# Outlook wants an ``RRULE`` with any ``RDATE`` ([MS-OXCICAL] § 2.1.3.1.1.20.18) and leaves out
# the whole event otherwise, so ``RDATE`` is never written:
#
# - what recurs (``horaires``, ``rrule``, séances at one hour on the same days of weeks) is an
#   ``RRULE`` with its ``EXDATE``; an occurrence that differs (state, note, the length of a night
#   when clocks change) is one more component with ``RECURRENCE-ID``, which all clients read;
# - séances without a rhythm are one component each, with an identifier of its own: everyone shows
#   them all, and no telephone calls three scattered dates « tous les 17 jours ».
#
# The occurrences of the site decide: a rule that does not give exactly their days is not written.

_RHYTHM = 3
"""From how many séances on a rhythm is looked for; it may leave out half as many days."""
_WEEK = 7


class Series(Struct, frozen=True):
    """An occurrence or, with a rule, all that repeat ``premiere`` up to ``derniere``. ``sauf`` are
    the days of the rule without occurrence; ``autres`` the occurrences, maybe the first one too,
    that differ from the first as the event itself tells it in more than their day. ``suffixe``
    tells the series of one event apart, ``""`` for that of the first séance written."""

    premiere: Occurrence
    suffixe: str = ""
    regle: Rule | None = None
    derniere: Occurrence | None = None
    sauf: tuple[date, ...] = ()
    autres: tuple[Occurrence, ...] = ()


def series_of(entry: Event, occurrences: Sequence[Occurrence]) -> Iterator[Series]:
    """The series of an event; together they are exactly ``occurrences``, in the order of time."""
    names: dict[str, int] = defaultdict(int)
    groups: dict[tuple[bool, time], list[Occurrence]] = defaultdict(list)
    for one in occurrences:  # at one hour
        groups[one.journee, one.debut.time()].append(one)
    for group in groups.values():
        hour = f"/{group[0].debut:%H%M}" if not group[0].journee else "/jour"
        found = _recurring(entry, group)
        if found:
            yield replace(found, suffixe=_name(group, hour, names))
            continue
        for one in group:
            yield Series(one, _name([one], f"/{_announced(entry, one)}", names))


def note_of(entry: Event, one: Occurrence) -> str:
    """What a séance has of its own."""
    return (entry.seances[one.source].note or "") if one.source is not None else ""


def _name(group: Sequence[Occurrence], own: str, names: dict[str, int]) -> str:
    """The suffix of a series; twins are numbered."""
    first = any(one.source == 0 or (one.source is None and one.rang == 0) for one in group)
    suffix = "" if first else own
    names[suffix] += 1
    return suffix if names[suffix] == 1 else f"{suffix}-{names[suffix]}"


def _announced(entry: Event, one: Occurrence) -> str:
    """The day and hour first announced: a séance that moves keeps its identifier."""
    seance = entry.seances[one.source] if one.source is not None else None
    if seance and seance.ancien_debut:
        day = seance.ancien_debut.jour
        hour = seance.ancien_debut.heure
    else:
        day = one.jour
        hour = None if one.journee else one.debut.time()
    return f"{day:%Y%m%d}" + (f"T{hour:%H%M}" if hour else "")


def _recurring(entry: Event, group: Sequence[Occurrence]) -> Series | None:
    """The occurrences as one series, if they have a rule that says them well."""
    days = [one.jour for one in group]
    if len(set(days)) < max(len(days), 2):
        return None
    first = group[0]
    if entry.rrule and entry.debut:
        written = replace(parse_rule(entry.rrule).anchored(entry.debut.jour), count=None)
        rule: Rule | None = replace(written, until=None, exdates=())
    else:
        rule = _weekly(days, loose=entry.horaires is not None)
    if not rule or len({bool(one.ordinal) for one in rule.by_day}) > 1:
        return None  # « 1SA,SU »: some clients take the Sundays that are first Saturdays
    given = list(days_of(rule, days[0], days[-1]))
    if not set(days).issubset(given):
        return None
    left = tuple(day for day in given if day not in set(days))
    if entry.seances and (len(days) < _RHYTHM or 2 * len(left) > len(days)):
        return None
    others = tuple(one for one in group if _differs(entry, one, first))
    return Series(first, "", rule, group[-1], left, others)


def _weekly(days: Sequence[date], *, loose: bool) -> Rule:
    """The rule of the days of the week that ``days`` have, every so many weeks. ``loose`` is for a
    timetable, which is weekly even if each other week is left out."""
    weekdays = sorted({day.weekday() for day in days})
    mondays = [(day - timedelta(days=day.weekday())).toordinal() for day in days]
    weeks = gcd(*(one - mondays[0] for one in mondays)) // _WEEK
    interval = 1 if loose else max(1, weeks)
    if len(weekdays) == _WEEK and interval == 1:
        return Rule("DAILY")
    return Rule("WEEKLY", interval, by_day=tuple(ByDay(day) for day in weekdays))


def _differs(entry: Event, one: Occurrence, first: Occurrence) -> bool:
    """Whether an occurrence is not the event, on another day, as long as the first one. Clients
    count the length in real time (RFC 5545 § 3.8.5.3) or on the clock: both must agree."""
    if one.etat != entry.etat or note_of(entry, one):
        return True
    return one.duree != first.duree or _on_the_clock(one) != _on_the_clock(first)


def _on_the_clock(one: Occurrence) -> timedelta:
    """What clocks show between its ends."""
    end = one.fin or one.debut
    return end.replace(tzinfo=None) - one.debut.replace(tzinfo=None)


FOOT = "END:VCALENDAR\r\n"
_REFRESH = "PT12H"
"""How often clients are asked to come back."""
_DAY = timedelta(days=1)
_STEPS = 10
"""What one day of change adds to ``SEQUENCE``; states add less."""


def head_text(prodid: str, **told: str) -> str:
    """The beginning of a calendar, up to its events; ``FOOT`` ends it. ``told``: ``nom``,
    ``description``, ``page`` and ``source`` (addresses); those that are empty are left out. Without
    ``nom`` it is a file to import once, which is not refreshed.

    A calendar may have a UID (RFC 7986 § 5.3); ours has none, since vdirsyncer takes the first one
    of a file for that of each event, and keeps a single one of them."""
    return "".join(("BEGIN:VCALENDAR\r\n", *_head(prodid, told), timezone_text(portal_zone())))


def _head(prodid: str, told: Mapping[str, str]) -> Iterator[str]:
    yield line("VERSION", "2.0")
    yield line("PRODID", escaped(prodid))
    yield line("CALSCALE", "GREGORIAN")
    if not told.get("nom"):
        return
    titled = {"description": ("DESCRIPTION", "X-WR-CALDESC"), "nom": ("NAME", "X-WR-CALNAME")}
    for key, names in titled.items():
        for name in names if told.get(key) else ():
            yield line(name, escaped(told[key]))
    yield line("REFRESH-INTERVAL;VALUE=DURATION", _REFRESH)
    if told.get("source"):
        yield line("SOURCE;VALUE=URI", told["source"])
    if told.get("page"):
        yield line("URL", told["page"])
    yield line("X-PUBLISHED-TTL", _REFRESH)
    yield line("X-WR-TIMEZONE", portal_zone().key)


def event_text(
    entry: Event, occurrences: tuple[Occurrence, ...], told: EventWording, lists: Vocabularies
) -> str:
    """All components of one event."""
    parts = []
    for series in series_of(entry, occurrences):
        first = series.premiere
        own = replace(told, uid=told.uid + series.suffixe)
        if series.regle is None:
            parts.append(_component(first, own, lists, entry))
            continue
        rule = line("RRULE", _rule(series.regle, series.derniere or first))
        if series.sauf:
            rule += dated("EXDATE", [_start(first, day) for day in series.sauf])
        parts.append(_component(first, own, lists, entry, rule=rule))
        for one in series.autres:
            which = dated("RECURRENCE-ID", [_start(one, one.jour)])
            parts.append(_component(one, own, lists, entry, which=which))
    return "".join(parts)


def _component(
    one: Occurrence,
    told: EventWording,
    lists: Vocabularies,
    entry: Event,
    rule: str = "",
    which: str = "",
) -> str:
    """An occurrence with the lines of its ``rule``, or of ``which`` one of a rule it replaces."""
    etat, note = (entry.etat, "") if rule else (one.etat, note_of(entry, one))
    term = lists["etats"].get(etat)
    known = term.extra if term else {}
    state = "" if etat == "programme" or term is None else term.label.capitalize()
    lines = (f"{state}." if state else "", typographie(note), *told.lignes, told.url)
    # What has no hour, is open all along or does not take place makes nobody busy.
    free = one.journee or entry.horaires is not None or etat == "annule"
    where, geo, conference = _place(told, online=etat == "deplace-en-ligne")
    end = one.dernier_jour + _DAY if one.journee else one.fin
    parts = (
        "BEGIN:VEVENT\r\n",
        line("SUMMARY", escaped(typographie(f"{state} : {told.titre}") if state else told.titre)),
        dated("DTSTART", [_start(one, one.jour)]),
        dated("DTEND", [end]) if end else "",
        line("DTSTAMP", midnight(told.modifie)),
        line("UID", escaped(told.uid)),
        which,
        line("SEQUENCE", sequence(told.modifie) + int(known.get("sequence", 0))),
        rule,
        line("CATEGORIES", ",".join(map(escaped, told.mots))) if told.mots else "",
        conference,
        line("CREATED", midnight(told.publie)),
        line("DESCRIPTION", escaped("\n".join(filter(None, lines)))),
        geo,
        line("LAST-MODIFIED", midnight(told.modifie)),
        where,
        line("STATUS", known.get("ical", "CONFIRMED")),
        line("TRANSP", "TRANSPARENT" if free else "OPAQUE"),
        line("URL", told.url) if told.url else "",
        "END:VEVENT\r\n",
    )
    return "".join(parts)


def _place(told: EventWording, *, online: bool) -> tuple[str, str, str]:
    """Where it takes place: nowhere else than online for what was moved there."""
    where = geo = conference = ""
    if told.lieu and not online:
        where = line("LOCATION", escaped(told.lieu))
        geo = line("GEO", f"{told.geo[0]};{told.geo[1]}") if told.geo else ""
    elif told.en_ligne:
        where = line("LOCATION", escaped(f"En ligne\u00a0: {told.en_ligne}"))
    if told.en_ligne:
        conference = line("CONFERENCE;LABEL=Suivre en ligne;VALUE=URI", told.en_ligne)
    return where, geo, conference


def midnight(day: date) -> str:
    """The first instant of a day, in UTC."""
    return f"{day.isoformat().replace('-', '')}T000000Z"  # three times faster than its format


def sequence(day: date) -> int:
    """What ``SEQUENCE`` begins with for a last change on ``day``."""
    return _STEPS * (day - EPOCH).days


def _start(one: Occurrence, day: date) -> date:
    """The beginning of ``one``, on ``day``: a day, or an hour."""
    return day if one.journee else local(day, one.debut.time())


def _rule(rule: Rule, last: Occurrence) -> str:
    """A rule that ends with its last occurrence: in UTC when it has hours (RFC 5545 § 3.3.10)."""
    until = last.premier_jour if last.journee else last.debut.astimezone(UTC)
    days = [f"{one.ordinal or ''}{WEEKDAYS[one.weekday]}" for one in rule.by_day]
    parts = {
        "FREQ": rule.freq,
        "UNTIL": instant(until) if isinstance(until, datetime) else f"{until:%Y%m%d}",
        "INTERVAL": rule.interval if rule.interval > 1 else "",
        "BYDAY": ",".join(days),
        "BYMONTHDAY": ",".join(map(str, rule.by_monthday)),
        "BYMONTH": ",".join(map(str, rule.by_month)),
        "BYSETPOS": ",".join(map(str, rule.by_setpos)),
        "WKST": WEEKDAYS[rule.week_start] if rule.week_start else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)
