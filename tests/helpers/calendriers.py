"""Reading a calendar as its clients do, by an expansion that is not ours."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import icalendar
import recurring_ical_events

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
