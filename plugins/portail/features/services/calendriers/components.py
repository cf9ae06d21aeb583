"""Calendars as RFC 5545 and RFC 7986 write them; nothing comes from a clock: ``DTSTAMP`` and
``LAST-MODIFIED`` are the last change, ``SEQUENCE`` grows with it.
"""

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
from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.site.revisions import began
from portail.text.typography import typeset

from .events import (
    EPOCH,
    WEEKDAYS,
    EventWording,
    dated,
    escaped,
    instant,
    line,
    timezone_text,
)

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

# From how many séances on a rhythm is looked for; it may leave out half as many days.
_RHYTHM = 3
_WEEK = 7


class Series(Struct, frozen=True):
    """An occurrence, or all that repeat ``premiere`` up to ``derniere`` by a rule.

    ``sauf`` are days of the rule without occurrence, ``autres`` occurrences that differ in more
    than their day; ``suffixe`` tells the series of one event apart.
    """

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
    for occurrence in occurrences:  # at one hour
        groups[occurrence.journee, occurrence.debut.time()].append(occurrence)
    for group in groups.values():
        hour = f"/{group[0].debut:%H%M}" if not group[0].journee else "/jour"
        series = _recurring(entry, group)
        if series:
            yield replace(series, suffixe=_name(group, hour, names))
            continue
        for occurrence in group:
            yield Series(
                occurrence, _name([occurrence], f"/{_announced(entry, occurrence)}", names)
            )


def note_of(entry: Event, occurrence: Occurrence) -> str:
    """What a séance has of its own."""
    if occurrence.source is not None:
        return entry.seances[occurrence.source].note or ""
    return ""


def _name(group: Sequence[Occurrence], name: str, names: dict[str, int]) -> str:
    first = any(
        occurrence.source == 0 or (occurrence.source is None and occurrence.rang == 0)
        for occurrence in group
    )
    suffix = "" if first else name
    names[suffix] += 1
    if names[suffix] == 1:
        return suffix
    return f"{suffix}-{names[suffix]}"


def _announced(entry: Event, occurrence: Occurrence) -> str:
    seance = None
    if occurrence.source is not None:
        seance = entry.seances[occurrence.source]
    if seance and seance.ancien_debut:
        day = seance.ancien_debut.jour
        hour = seance.ancien_debut.heure
    else:
        day = occurrence.day
        hour = None
        if not occurrence.journee:
            hour = occurrence.debut.time()
    return f"{day:%Y%m%d}" + (f"T{hour:%H%M}" if hour else "")


def _recurring(entry: Event, group: Sequence[Occurrence]) -> Series | None:
    # The occurrences as one series, if they have a rule that says them well.
    days = [occurrence.day for occurrence in group]
    if len(set(days)) < max(len(days), 2):
        return None
    first = group[0]
    if entry.rrule and entry.debut:
        written = replace(parse_rule(entry.rrule).anchored(entry.debut.jour), count=None)
        rule: Rule | None = replace(written, until=None, exdates=())
    else:
        rule = _weekly(days, loose=entry.horaires is not None)
    if not rule or len({bool(day.ordinal) for day in rule.by_day}) > 1:
        return None  # « 1SA,SU »: some clients take the Sundays that are first Saturdays
    rule_days = list(days_of(rule, days[0], days[-1]))
    if not set(days).issubset(rule_days):
        return None
    missing = tuple(day for day in rule_days if day not in set(days))
    if entry.seances and (len(days) < _RHYTHM or 2 * len(missing) > len(days)):
        return None
    exceptions = tuple(occurrence for occurrence in group if _differs(entry, occurrence, first))
    return Series(first, "", rule, derniere=group[-1], sauf=missing, autres=exceptions)


def _weekly(days: Sequence[date], *, loose: bool) -> Rule:
    # The rule of the days of the week that ``days`` have, every so many weeks. ``loose`` is for a
    # timetable, which is weekly even if each other week is left out.
    weekdays = sorted({day.weekday() for day in days})
    mondays = [(day - timedelta(days=day.weekday())).toordinal() for day in days]
    weeks = gcd(*(monday - mondays[0] for monday in mondays)) // _WEEK
    interval = 1 if loose else max(1, weeks)
    if len(weekdays) == _WEEK and interval == 1:
        return Rule("DAILY")
    return Rule("WEEKLY", interval, by_day=tuple(ByDay(day) for day in weekdays))


def _differs(entry: Event, occurrence: Occurrence, first: Occurrence) -> bool:
    # Whether an occurrence is not the event, on another day, as long as the first one. Clients
    # count the length in real time (RFC 5545 § 3.8.5.3) or on the clock: both must agree.
    if occurrence.etat != entry.etat or note_of(entry, occurrence):
        return True
    return occurrence.duree != first.duree or _on_the_clock(occurrence) != _on_the_clock(first)


def _on_the_clock(occurrence: Occurrence) -> timedelta:
    end = occurrence.fin or occurrence.debut
    return end.replace(tzinfo=None) - occurrence.debut.replace(tzinfo=None)


FOOT = "END:VCALENDAR\r\n"
# How often clients are asked to come back.
_REFRESH = "PT12H"
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
# What one minute adds to ``SEQUENCE``, which 31 bits hold for centuries; states add less.
_STEPS = 10


def head_text(prodid: str, **texts: str) -> str:
    """The beginning of a calendar, up to its events; empty ``texts`` are left out.

    No UID of the calendar (RFC 7986 § 5.3): vdirsyncer takes it for that of each event.
    """
    return "".join(("BEGIN:VCALENDAR\r\n", *_head(prodid, texts), timezone_text(portal_zone())))


def _head(prodid: str, texts: Mapping[str, str]) -> Iterator[str]:
    yield line("VERSION", "2.0")
    yield line("PRODID", escaped(prodid))
    yield line("CALSCALE", "GREGORIAN")
    if not texts.get("nom"):
        return
    titled = {"description": ("DESCRIPTION", "X-WR-CALDESC"), "nom": ("NAME", "X-WR-CALNAME")}
    for key, names in titled.items():
        if texts.get(key):
            for name in names:
                yield line(name, escaped(texts[key]))
    yield line("REFRESH-INTERVAL;VALUE=DURATION", _REFRESH)
    if texts.get("source"):
        yield line("SOURCE;VALUE=URI", texts["source"])
    if texts.get("page"):
        yield line("URL", texts["page"])
    yield line("X-PUBLISHED-TTL", _REFRESH)
    yield line("X-WR-TIMEZONE", portal_zone().key)


def event_text(
    entry: Event, occurrences: tuple[Occurrence, ...], wording: EventWording, lists: Vocabularies
) -> str:
    parts = []
    for series in series_of(entry, occurrences):
        first = series.premiere
        of_series = replace(wording, uid=wording.uid + series.suffixe)
        if series.regle is None:
            parts.append(_component(first, of_series, lists, entry))
            continue
        rule = line("RRULE", _rule(series.regle, series.derniere or first))
        if series.sauf:
            rule += dated("EXDATE", [_start(first, day) for day in series.sauf])
        parts.append(_component(first, of_series, lists, entry, rule=rule))
        for occurrence in series.autres:
            which = dated("RECURRENCE-ID", [_start(occurrence, occurrence.day)])
            parts.append(_component(occurrence, of_series, lists, entry, which=which))
    return "".join(parts)


def _component(
    occurrence: Occurrence,
    wording: EventWording,
    lists: Vocabularies,
    entry: Event,
    rule: str = "",
    which: str = "",
) -> str:
    # An occurrence with the lines of its ``rule``, or of ``which`` one of a rule it replaces.
    etat, note = (entry.etat, "") if rule else (occurrence.etat, note_of(entry, occurrence))
    term = lists["etats"].get(etat)
    extra = term.extra if term else {}
    state = ""
    if term and etat != "programme":
        state = term.label.capitalize()
    title = wording.titre
    sentence = ""
    if state:
        title = typeset(f"{state} : {title}")
        sentence = f"{state}."
    lines = (sentence, typeset(note), *wording.lignes, wording.url)
    # What has no hour, is open all along or does not take place makes nobody busy.
    free = occurrence.journee or entry.horaires is not None or etat == "annule"
    where, geo, conference = _place(wording, online=etat == "deplace-en-ligne")
    end = occurrence.last_day + _DAY if occurrence.journee else occurrence.fin
    parts = (
        "BEGIN:VEVENT\r\n",
        line(
            "SUMMARY",
            escaped(title),
        ),
        dated("DTSTART", [_start(occurrence, occurrence.day)]),
        dated("DTEND", [end]) if end else "",
        line("DTSTAMP", instant(wording.modifie)),
        line("UID", escaped(wording.uid)),
        which,
        line("SEQUENCE", sequence(wording.modifie) + int(extra.get("sequence", 0))),
        rule,
        line("CATEGORIES", ",".join(map(escaped, wording.mots))) if wording.mots else "",
        conference,
        line("CREATED", instant(wording.publie)),
        line("DESCRIPTION", escaped("\n".join(filter(None, lines)))),
        geo,
        line("LAST-MODIFIED", instant(wording.modifie)),
        where,
        line("STATUS", extra.get("ical", "CONFIRMED")),
        line("TRANSP", "TRANSPARENT" if free else "OPAQUE"),
        line("URL", wording.url) if wording.url else "",
        "END:VEVENT\r\n",
    )
    return "".join(parts)


def _place(wording: EventWording, *, online: bool) -> tuple[str, str, str]:
    where = geo = conference = ""
    if wording.lieu and not online:
        where = line("LOCATION", escaped(wording.lieu))
        geo = ""
        if wording.geo:
            geo = line("GEO", f"{wording.geo[0]};{wording.geo[1]}")
    elif wording.en_ligne or online:
        told = "\u00a0: ".join(filter(None, ("En ligne", wording.en_ligne)))
        where = line("LOCATION", escaped(told))
    if wording.en_ligne:
        conference = line("CONFERENCE;LABEL=Suivre en ligne;VALUE=URI", wording.en_ligne)
    return where, geo, conference


def sequence(changed: datetime) -> int:
    return _STEPS * ((changed - began(EPOCH)) // _MINUTE)


def _start(occurrence: Occurrence, day: date) -> date:
    # When an occurrence begins on ``day``: the day itself, or an hour of it.
    if occurrence.journee:
        return day
    return local(day, occurrence.debut.time())


def _rule(rule: Rule, last: Occurrence) -> str:
    # A rule that ends with its last occurrence: in UTC when it has hours (RFC 5545 § 3.3.10).
    until = last.first_day if last.journee else last.debut.astimezone(UTC)
    days = [f"{day.ordinal or ''}{WEEKDAYS[day.weekday]}" for day in rule.by_day]
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
