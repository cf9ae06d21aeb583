"""Clocks of anywhere read on that of the portal: a moment is « 2021-10-09 14:00 », or a day.

The twin of ``js/contribuer-horloge.js``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from portail.agenda.recurrence import MAX_OCCURRENCES, MAX_YEARS, years_after
from portail.clock import portal_zone
from portail.imports.found import Loss

_ISO = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*",
    re.IGNORECASE | re.ASCII,
)
_FIRST, _LAST = 1900, 2100


def moment(year: int, month: int, day: int, hour: int | None = None, minute: int = 0) -> str | None:
    """What clocks show; ``None`` when there is no such day or hour, or out of 1900–2100."""
    if not _FIRST <= year <= _LAST:
        return None
    try:
        if hour is None:
            return date(year, month, day).isoformat()
        return f"{datetime(year, month, day, hour, minute):%Y-%m-%d %H:%M}"  # noqa: DTZ001
    except ValueError:
        return None


def here(instant: datetime) -> str | None:
    """An instant, on the clock of the portal; one without a zone is there already."""
    try:
        there = instant.astimezone(portal_zone()) if instant.tzinfo else instant
    except (OverflowError, ValueError):
        return None
    return moment(there.year, there.month, there.day, there.hour, there.minute)


def of_iso(text: str) -> str | None:
    """A day or an instant of ISO 8601: « 2021-10-09T14:00:00+02:00 ».

    >>> of_iso("2021-10-09T12:00:00Z"), of_iso("2021-10-09"), of_iso("2021-02-30")
    ('2021-10-09 14:00', '2021-10-09', None)
    """
    found = _ISO.fullmatch(text)
    if not found:
        return None
    *parts, zone = found.groups()
    numbers = [int(one) for one in parts if one is not None]
    if zone is None or moment(*numbers) is None:
        return moment(*numbers)
    return here(datetime(*numbers, tzinfo=_offset(zone)))  # type: ignore[misc,arg-type]


def _offset(zone: str) -> timezone:
    if zone in "Zz":
        return UTC
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        return timezone(-ahead if zone[0] == "-" else ahead)
    except ValueError:  # more than a day
        return UTC


def between(first: str | None, last: str | None) -> dict[str, str]:
    """A beginning and an end as a file writes them: whole days have no hour, an end that says
    nothing is left out; nothing without a beginning.

    >>> between("2021-10-09 00:00", "2021-10-11 00:00")
    {'debut': '2021-10-09', 'fin': '2021-10-10'}
    """
    if not first:
        return {}
    if not last or last <= first:
        return {"debut": first}
    if first.endswith(" 00:00") and last[10:] in (" 00:00", " 23:59"):
        return between(first[:10], shifted(last, -1) if last[10:] == " 00:00" else last[:10])
    if len(first) == len("2021-10-09"):
        return {"debut": first, "fin": last[:10]} if last[:10] > first else {"debut": first}
    return {"debut": first} if len(last) == len("2021-10-09") else {"debut": first, "fin": last}


def shifted(day: str, days: int) -> str:
    """The day of a moment, so many days later."""
    return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()


# Dates of agendas, whatever wrote them: other zones, lengths, how many an event may hold.

Seance = dict[str, str]
"""``debut``, and ``fin`` and ``etat`` where they are known."""


def from_zone(clock: datetime, zone: tzinfo | None) -> str:
    """What our clock shows when those of ``zone`` (``None``: ours) show ``clock``."""
    try:
        return here(clock.replace(tzinfo=zone or portal_zone()).astimezone(UTC)) or ""
    except OverflowError:
        return ""


def read(moment: str) -> datetime:
    """A moment on the clock, midnight for a day."""
    return datetime.fromisoformat(moment)


def later(moment: str, length: timedelta) -> str:
    """A moment so much later on the clock; "" beyond the years that a portal may tell."""
    try:
        late = here(read(moment) + length) or ""
    except OverflowError:
        return ""
    return late[: len(moment)]


def kept(seances: Sequence[Seance], day: date, losses: list[Loss], name: str) -> Mapping[str, Any]:
    """``quand`` of these sessions, the first to come if there are too many, which is told."""
    ordered = sorted(seances, key=lambda one: (one["debut"], one.get("fin", "")))
    every = _joined(list({(one["debut"], one.get("fin", "")): one for one in ordered}.values()))
    held = _held(every)
    if len(held) < len(every):
        today = f"{day:%Y-%m-%d}"
        coming = [one for one in every if one.get("fin", one["debut"]) >= today]
        held = _held(coming or every)
        told = f"un événement en tient {MAX_OCCURRENCES}, sur {MAX_YEARS} ans"
        reason = f"{len(held)} dates sont reprises, les premières à venir\u00a0: {told}"
        losses.append(Loss(name, "", reason))
    if len(held) > 1 or (held and not held[0].keys() <= {"debut", "fin"}):
        return {"seances": tuple(held)}
    return held[0] if held else {}


def _held(seances: list[Seance]) -> list[Seance]:
    """The first sessions, within the bounds of an event (E232)."""
    if not seances:
        return []
    limit = f"{years_after(read(seances[0]['debut']).date())} 23:59"
    return [one for one in seances if one.get("fin", one["debut"]) <= limit][:MAX_OCCURRENCES]


def _joined(seances: list[Seance]) -> list[Seance]:
    """Whole days in a row are one stretch: some agendas cut an exhibition so."""
    whole = all(len(one["debut"]) == 10 and len(one) == 1 for one in seances)
    if len(seances) < 2 or not whole:
        return seances
    first, last = seances[0]["debut"], seances[-1]["debut"]
    if (read(last) - read(first)).days != len(seances) - 1:
        return seances
    return [{"debut": first, "fin": last}]
