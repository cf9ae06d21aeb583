"""Reading a calendar as its clients do: two expansions, neither of which is ours."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

from portail.clock import PARIS

STATES = {
    "Annulé": "annule", "Complet": "complet", "Déplacé en ligne": "deplace-en-ligne",
    "Reporté": "reporte", "Reprogrammé": "reprogramme",
}  # fmt: skip
_STATUS = {"annule": "CANCELLED", "reporte": "TENTATIVE"}


class Seen(NamedTuple):
    """What a reader sees of an occurrence: instants in UTC or days, its state, its event."""

    debut: datetime | date
    fin: datetime | date
    etat: str
    uid: str


def seen_of(occurrences, uid=""):
    """The occurrences of the site, to be compared."""
    return in_order(
        Seen(one.first_day, one.last_day + timedelta(days=1), one.etat, uid)
        if one.journee
        else Seen(one.debut.astimezone(UTC), one.over_at.astimezone(UTC), one.etat, uid)
        for one in occurrences
    )


def in_order(seen):
    """Days and instants do not compare, their texts do."""
    return sorted(seen, key=lambda one: tuple(map(str, one)))


def state_of(summary, status):
    """The state that a title and its STATUS tell together."""
    name, colon, _ = summary.partition("\u00a0: ")
    state = STATES.get(name, "programme") if colon else "programme"
    assert status == _STATUS.get(state, "CONFIRMED"), (summary, status)
    return state


def event_of(uid):
    """The event of an identifier, without what tells its series apart."""
    return re.sub(r"/(\d{8}(T\d{4})?|\d{4}|jour)(-\d+)?$", "", uid)


def _utc(moment):
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def by_recurring(text):
    """Occurrences of a calendar, by ``recurring_ical_events``."""
    calendar = icalendar.Calendar.from_ical(text)
    return in_order(
        Seen(
            _utc(one["DTSTART"].dt),
            _utc(one["DTEND"].dt),
            state_of(str(one["SUMMARY"]), str(one["STATUS"])),
            event_of(str(one["UID"])),
        )
        for one in recurring_ical_events.of(calendar).all()
    )


def names_in_vdirsyncer(text):
    """Under which name vdirsyncer keeps each component, without escapes.

    It cuts a calendar into files, each with the lines of its head, and names a file by the first
    UID in it (``vdirsyncer/vobject.py``): two of one name take each other's place."""
    head, *events = re.split(r"^BEGIN:VEVENT$", "\n".join(lines_of(text)), flags=re.MULTILINE)
    own = head.partition("BEGIN:VTIMEZONE")[0]
    named = (re.search(r"^UID[:;](.*)$", own + event, re.MULTILINE) for event in events)
    return [one.group(1).replace("\\", "") if one else "" for one in named]


def lines_of(text):
    """Unfolded lines (RFC 5545 § 3.1)."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def by_dateutil(text):
    """Occurrences of a calendar from its raw lines, by ``dateutil``."""
    masters, parts = [], defaultdict(dict)
    for block in text.split("BEGIN:VEVENT\r\n")[1:]:
        fields = {}
        for line in lines_of(block.partition("END:VEVENT")[0]):
            name, _, value = line.partition(":")
            fields[name.partition(";")[0]] = value
        if "RECURRENCE-ID" in fields:
            parts[fields["UID"]][fields["RECURRENCE-ID"]] = fields
        else:
            masters.append(fields)
    found = []
    for master in masters:
        start, end = master["DTSTART"], master.get("DTEND", master["DTSTART"])
        starts = [start]
        if "RRULE" in master:
            rule = re.sub(r"UNTIL=(\d{8}T\d{6})Z", _paris, master["RRULE"])
            left = master.get("EXDATE", "").split(",")
            days = (_stamp(one, start) for one in rrulestr(rule, dtstart=_read(start)))
            starts = [one for one in days if one not in left]
        length = _read(end) - _read(start)
        for one in starts:
            own = parts[master["UID"]].pop(one, None)
            if own:
                found.append(_seen(own, own["DTSTART"], own.get("DTEND", own["DTSTART"])))
            else:
                found.append(_seen(master, one, _stamp(_read(one) + length, start)))
    assert not any(parts.values()), "an override of nothing"
    return in_order(found)


def _seen(fields, start, end):
    state = state_of(fields["SUMMARY"], fields["STATUS"])
    return Seen(_told(start), _told(end), state, event_of(fields["UID"].replace("\\", "")))


def _told(stamp):
    moment = _read(stamp)
    return moment.replace(tzinfo=PARIS).astimezone(UTC) if "T" in stamp else moment.date()


def _read(stamp):
    day, _, hour = stamp.partition("T")
    clock = time(int(hour[:2]), int(hour[2:4]), int(hour[4:6])) if hour else time()
    return datetime.combine(date(int(day[:4]), int(day[4:6]), int(day[6:])), clock)


def _stamp(moment, like):
    return f"{moment:%Y%m%dT%H%M%S}" if "T" in like else f"{moment:%Y%m%d}"


def _paris(found):
    """``dateutil`` compares an end in UTC with naive hours: written on the clock of Paris."""
    there = _read(found[1]).replace(tzinfo=UTC).astimezone(PARIS)
    return f"UNTIL={there:%Y%m%dT%H%M%S}"
