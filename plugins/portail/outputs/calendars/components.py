"""Calendars as RFC 5545 and RFC 7986 write them, property by property in the order of icalendar.

Everything comes from content, never from a clock: ``DTSTAMP`` and ``LAST-MODIFIED`` are the day
of the last change, ``SEQUENCE`` grows with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from portail.agenda.occurrences import PARIS, Occurrence, local
from portail.agenda.rrule import Rule
from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.outputs.calendars.lines import dated, escaped, instant, line
from portail.outputs.calendars.series import note_of, series_of
from portail.outputs.calendars.told import Told
from portail.text.typography import typographie

__all__ = ["FOOT", "event_text", "head_text", "midnight", "sequence"]

FOOT = "END:VCALENDAR\r\n"
_REFRESH = "PT12H"
"""How often clients are asked to come back."""
_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEPS = 10
"""What one day of change adds to ``SEQUENCE``; states add less."""
_TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19810927T030000
RRULE:FREQ=YEARLY;UNTIL=19950924T010000Z;BYDAY=-1SU;BYMONTH=9
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
"""Changes of clocks in France since 1981, as rules that never end."""


def head_text(prodid: str, **told: str) -> str:
    """The beginning of a calendar, up to its events; ``FOOT`` ends it.

    ``told``: ``nom``, ``description``, ``uid``, ``page`` and ``source`` (addresses); those that are
    empty are left out. Without ``nom`` it is a file to import once, which is not refreshed.
    """
    return "".join(("BEGIN:VCALENDAR\r\n", *_head(prodid, told), _TIMEZONE))


def _head(prodid: str, told: Mapping[str, str]) -> Iterator[str]:
    yield line("VERSION", "2.0")
    yield line("PRODID", escaped(prodid))
    yield line("CALSCALE", "GREGORIAN")
    if not told.get("nom"):
        return
    for key, names in (("description", ("DESCRIPTION", "X-WR-CALDESC")),
                       ("nom", ("NAME", "X-WR-CALNAME"))):  # fmt: skip
        for name in names if told.get(key) else ():
            yield line(name, escaped(told[key]))
    yield line("REFRESH-INTERVAL;VALUE=DURATION", _REFRESH)
    if told.get("source"):
        yield line("SOURCE;VALUE=URI", told["source"])
    if told.get("uid"):
        yield line("UID", escaped(told["uid"]))
    if told.get("page"):
        yield line("URL", told["page"])
    yield line("X-PUBLISHED-TTL", _REFRESH)
    yield line("X-WR-TIMEZONE", PARIS.key)


def event_text(
    entry: Event, occurrences: tuple[Occurrence, ...], told: Told, lists: Vocabularies
) -> str:
    """All components of one event."""
    return "".join(_components(entry, occurrences, told, lists))


def _components(
    entry: Event, occurrences: tuple[Occurrence, ...], told: Told, lists: Vocabularies
) -> Iterator[str]:
    for series in series_of(entry, occurrences):
        first, uid = series.premiere, told.uid + series.suffixe
        if series.regle is None:
            yield _component(first, uid, told, lists, first.etat, note_of(entry, first), entry)
            continue
        rule = line("RRULE", _rule(series.regle, series.derniere or first))
        if series.sauf:
            rule += dated("EXDATE", [_start(first, day) for day in series.sauf])
        yield _component(first, uid, told, lists, entry.etat, "", entry, rule=rule)
        for one in series.autres:
            which = dated("RECURRENCE-ID", [_start(one, one.premier_jour)])
            note = note_of(entry, one)
            yield _component(one, uid, told, lists, one.etat, note, entry, which=which)


def _component(
    one: Occurrence, uid: str, told: Told, lists: Vocabularies, etat: str, note: str, entry: Event,
    *, rule: str = "", which: str = "",
) -> str:  # fmt: skip
    """An occurrence, with the lines of its ``rule``, or of ``which`` one of a rule it replaces."""
    term = lists["etats"].get(etat)
    known = term.extra if term else {}
    state = "" if etat == "programme" or term is None else term.label.capitalize()
    lines = (f"{state}." if state else "", typographie(note), *told.lignes, told.url)
    # What has no hour, is open all along or does not take place makes nobody busy.
    free = one.journee or entry.horaires is not None or etat == "annule"
    where, geo, conference = _place(told, online=etat == "deplace-en-ligne")
    changed = midnight(told.modifie)
    return "".join((
        "BEGIN:VEVENT\r\n",
        line("SUMMARY", escaped(typographie(f"{state} : {told.titre}") if state else told.titre)),
        dated("DTSTART", [_start(one, one.premier_jour)]),
        _end(one),
        line("DTSTAMP", changed),
        line("UID", escaped(uid)),
        which,
        line("SEQUENCE", sequence(told.modifie) + int(known.get("sequence", 0))),
        rule,
        line("CATEGORIES", ",".join(map(escaped, told.mots))) if told.mots else "",
        conference,
        line("CREATED", midnight(told.publie)),
        line("DESCRIPTION", escaped("\n".join(filter(None, lines)))),
        geo,
        line("LAST-MODIFIED", changed),
        where,
        line("STATUS", known.get("ical", "CONFIRMED")),
        line("TRANSP", "TRANSPARENT" if free else "OPAQUE"),
        line("URL", told.url) if told.url else "",
        "END:VEVENT\r\n",
    ))  # fmt: skip


def _end(one: Occurrence) -> str:
    if one.journee:
        return dated("DTEND", [one.dernier_jour + _DAY])
    return dated("DTEND", [one.fin]) if one.fin else ""


def _place(told: Told, *, online: bool) -> tuple[str, str, str]:
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
    return f"{day:%Y%m%d}T000000Z"


def sequence(day: date) -> int:
    """What ``SEQUENCE`` begins with for a last change on ``day``."""
    return _STEPS * (day - date(1990, 1, 1)).days


def _start(one: Occurrence, day: date) -> date:
    """The beginning of ``one``, on ``day``: a day, or an hour of Paris."""
    return day if one.journee else local(day, one.debut.time())


def _rule(rule: Rule, last: Occurrence) -> str:
    """A rule that ends with its last occurrence: in UTC when it has hours (RFC 5545 § 3.3.10)."""
    until = last.premier_jour if last.journee else last.debut.astimezone(UTC)
    days = [f"{one.ordinal or ''}{_WEEKDAYS[one.weekday]}" for one in rule.by_day]
    parts = {
        "FREQ": rule.freq,
        "UNTIL": instant(until) if isinstance(until, datetime) else f"{until:%Y%m%d}",
        "INTERVAL": rule.interval if rule.interval > 1 else "",
        "BYDAY": ",".join(days),
        "BYMONTHDAY": ",".join(map(str, rule.by_monthday)),
        "BYMONTH": ",".join(map(str, rule.by_month)),
        "BYSETPOS": ",".join(map(str, rule.by_setpos)),
        "WKST": _WEEKDAYS[rule.week_start] if rule.week_start else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)
