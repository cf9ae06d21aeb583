"""Dates of agendas, whatever wrote them: other zones, lengths, how many an event may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from portail.agenda.recurrence import MAX_OCCURRENCES, MAX_YEARS, years_after
from portail.clock import portal_zone
from portail.imports.found import Loss
from portail.imports.moments import here

Seance = dict[str, str]
"""``debut``, and ``fin`` and ``etat`` where they are known."""


def from_zone(clock: datetime, zone: tzinfo | None) -> str:
    """What the clock of the portal shows when those of ``zone`` (``None``: ours) show ``clock``; an
    hour that they skip is the one after."""
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
