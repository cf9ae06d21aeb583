"""Clocks of anywhere read on those of Paris, and dates as a front matter says them.

A moment is « 2021-10-09 14:00 », or a day « 2021-10-09 »; "" is none. Twin of
``contribuer-horloge.js``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from portail.agenda.occurrences import PARIS
from portail.agenda.recurrence import MAX_OCCURRENCES, MAX_YEARS, years_after
from portail.imports.found import Loss

_ISO = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?)?\s*",
    re.ASCII | re.IGNORECASE,
)
_YEARS = range(1900, 2101)

Seance = dict[str, str]
"""``debut``, and ``fin`` and ``etat`` where they are known."""


def shown(day: date, *, hour: bool = False) -> str:
    """A day or an instant without zone as a front matter writes it; "" beyond the years that a
    portal may tell."""
    if day.year not in _YEARS:
        return ""
    return f"{day:%Y-%m-%d %H:%M}" if hour else f"{day:%Y-%m-%d}"


def on_paris(instant: datetime) -> str:
    """What clocks of Paris show at an aware instant."""
    try:
        return shown(instant.astimezone(PARIS), hour=True)
    except OverflowError:
        return ""


def from_zone(clock: datetime, zone: tzinfo | None) -> str:
    """What clocks of Paris show when those of ``zone`` (``None``: Paris) show ``clock``; an hour
    that they skip is the one after."""
    return on_paris(clock.replace(tzinfo=zone or PARIS).astimezone(UTC))


def from_iso(text: str) -> str:
    """A moment in ISO 8601, with or without an hour and an offset.

    >>> from_iso("2021-10-09T12:00:00Z"), from_iso("2021-10-09"), from_iso("2021-02-30")
    ('2021-10-09 14:00', '2021-10-09', '')
    """
    found = _ISO.fullmatch(text[:80])
    if not found:
        return ""
    year, month, day, hour, minute = (int(one) for one in found.groups("0")[:5])
    try:
        if found[4] is None:
            return shown(date(year, month, day))
        clock = datetime(year, month, day, hour, minute)  # noqa: DTZ001
    except ValueError:
        return ""
    return from_zone(clock, _offset(found[6]) if found[6] else None)


def _offset(text: str) -> tzinfo:
    if text in "Zz":
        return UTC
    shift = timedelta(hours=int(text[1:3]) % 24, minutes=int(text[-2:]) % 60)
    return timezone(-shift if text[0] == "-" else shift)


def read(moment: str) -> datetime:
    """A moment on the clock, midnight for a day."""
    return datetime.fromisoformat(moment)


def later(moment: str, length: timedelta) -> str:
    """A moment so much later on the clock; "" beyond the years that a portal may tell."""
    try:
        return shown(read(moment) + length, hour=len(moment) > 10)
    except OverflowError:
        return ""


def between(debut: str, fin: str, etat: str = "") -> Seance:
    """A beginning and an end as a file writes them: whole days have no hour, an end says something.
    Empty without a beginning.

    >>> between("2021-10-09 00:00", "2021-10-10 23:59")
    {'debut': '2021-10-09', 'fin': '2021-10-10'}
    """
    if not debut:
        return {}
    if debut.endswith(" 00:00") and fin > debut and fin.endswith((" 00:00", " 23:59")):
        last = later(fin[:10], timedelta(days=-1)) if fin.endswith(" 00:00") else fin[:10]
        return between(debut[:10], last, etat)
    if len(debut) == 10:
        fin = fin[:10]
    told = {"debut": debut}
    if fin > debut and len(fin) == len(debut):
        told["fin"] = fin
    return {**told, "etat": etat} if etat else told


def kept(seances: Sequence[Seance], day: date, losses: list[Loss], name: str) -> Mapping[str, Any]:
    """``quand`` of an event that has these sessions: all of them, else the first ones to come that
    an event may hold, those of ``name`` that are left being told."""
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
    """Whole days that follow each other, with nothing else, are one stretch: agendas whose slots
    last a day at most cut an exhibition so."""
    whole = all(len(one["debut"]) == 10 and len(one) == 1 for one in seances)
    if len(seances) < 2 or not whole:
        return seances
    first, last = seances[0]["debut"], seances[-1]["debut"]
    if (read(last) - read(first)).days != len(seances) - 1:
        return seances
    return [{"debut": first, "fin": last}]
